import type { EntryFilter } from '../model/rule.ts';
import type { Site } from '../model/site.ts';
import { variablesOf, type Source } from '../model/source.ts';
import type { Topic } from '../model/topic.ts';
import { isMailServer } from '../support/mail-address.ts';
import type { ClosedName, OrderRead } from './sources-file.ts';

/** What doubts are measured by besides the file. */
export type DoubtsWorld = {
  /** Why the outbound client would never ask a host; null: it would. */
  readonly refusalOfHost: (hostname: string) => string | null;
  /** A secret by its name in the environment; null where it is not set. */
  readonly secretOf: (name: string) => string | null;
  /** What the program allows of what a source may bound for itself; absent: it is not known. */
  readonly limits?: Readonly<Record<'maxFeedBytes' | 'maxPageBytes' | 'timeoutSeconds', number>>;
};

/** What is allowed in sources.json and yet hardly meant: one sentence each, with what would help. */
export function doubtsOf({ order, closedNames, silentOnRepublish }: OrderRead, world: DoubtsWorld): string[] {
  const { site, topics, sources } = order;
  const doubts: string[] = [];
  const enabled = sources.filter((source) => source.enabled);
  if (sources.length === 0) doubts.push('there are no sources, so nothing is ever fetched');
  else if (enabled.length === 0) doubts.push('every source is switched off ("enabled": false)');
  if (topics.length === 0) doubts.push('there are no topics, so nothing is ever published');
  for (const [at, { id, url, enabled: isAsked }] of sources.entries()) {
    const refusal = world.refusalOfHost(new URL(url).hostname);
    if (isAsked && refusal !== null)
      doubts.push(`sources[${at}].url: source "${id}" is never asked: ${refusal}; ${ALLOW}`);
  }
  for (const { id, match } of topics) {
    const fed = match !== null || enabled.some(({ topicIds }) => topicIds.includes(id));
    if (!fed) doubts.push(`topic "${id}" stays empty: it has no "match", and no source names it in "topics"`);
  }
  doubts.push(...doubtsOfClosed(closedNames), ...topics.flatMap((topic) => doubtsOfWebhooks(topic, world)));
  doubts.push(...doubtsOfHub(site, world), ...doubtsOfAlerts(order, world));
  const silent = new Set(silentOnRepublish);
  for (const source of enabled)
    doubts.push(...doubtsOfAuth(source, silent.has(source.id), world), ...doubtsOfLimits(source, world));
  for (const { id, filters } of sources) doubts.push(...doubtsOfFilters(filters, `the source "${id}"`));
  for (const { id, filters } of topics) doubts.push(...doubtsOfFilters(filters, `the topic "${id}"`));
  if (/^https?:\/\/(?:localhost|127\.|\[::1\])/i.test(site.url)) {
    doubts.push(
      `site.url is ${site.url}: feeds that others read would point to their own machine; put the public address there`,
    );
  }
  return doubts;
}

function doubtsOfAlerts({ alerts, sources }: OrderRead['order'], { refusalOfHost, secretOf }: DoubtsWorld): string[] {
  if (alerts === undefined) return [];
  const { webhook, mail, mute } = alerts;
  const unset = (name: string): string[] =>
    secretOf(name) === null ? [`the environment variable ${name} is not set; set it where the program is started`] : [];
  const known = new Set(sources.map(({ id }) => id));
  const refusal = webhook === null ? null : refusalOfHost(new URL(webhook.url).hostname);
  return [
    ...(webhook === null
      ? []
      : [...(refusal === null ? [] : [`${refusal}; ${ALLOW}`]), ...unset(webhook.secretEnv)]
    ).map((reason) => `alerts.webhook is told nothing: ${reason}`),
    ...(mail === null ? [] : [...unset(mail.serverEnv), ...noServer(mail.serverEnv, secretOf)]).map(
      (reason) => `alerts.mail is sent nothing: ${reason}`,
    ),
    ...mute.filter((id) => !known.has(id)).map((id) => `alerts.mute names "${id}", but there is no such source`),
  ];
}

/** What it is instead is not shown: it may hold a password. */
function noServer(name: string, secretOf: DoubtsWorld['secretOf']): string[] {
  const server = secretOf(name);
  return server === null || isMailServer(server)
    ? []
    : [`the environment variable ${name} is not of the form smtps://user:password@mail.example.org`];
}

const ALLOW = 'if that is meant, add --allow-network';
const MOST_NAMED = 3;

/** One sentence for each closed topic, however many name it. */
function doubtsOfClosed(names: readonly ClosedName[]): string[] {
  return [...Map.groupBy(names, ({ topicId }) => topicId)].map(([topicId, by]) => {
    const all = by.map(({ sourceId }) => (sourceId === null ? '"defaults"' : `source "${sourceId}"`));
    const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : '';
    return `topic "${topicId}" is closed, so nothing comes into it; yet it is named in "topics" by ${all.slice(0, MOST_NAMED).join(', ')}${more}`;
  });
}

/** A webhook's address is not for everybody's eyes: its host tells which one it is. */
function doubtsOfWebhooks({ id, webhooks }: Topic, { refusalOfHost, secretOf }: DoubtsWorld): string[] {
  return webhooks.flatMap(({ url, secretEnv }, at) => {
    const { host, hostname } = new URL(url);
    const refusal = refusalOfHost(hostname);
    const says = `webhook ${at + 1} of topic "${id}" (${host}) is told nothing`;
    return [
      ...(refusal === null ? [] : [`${says}: ${refusal}; ${ALLOW}`]),
      ...(secretOf(secretEnv) === null
        ? [
            `${says}: the environment variable ${secretEnv}, its secret, is not set; set it where the program is started`,
          ]
        : []),
    ];
  });
}

function doubtsOfHub({ hub, url }: Site, { refusalOfHost }: DoubtsWorld): string[] {
  if (hub === null) return [];
  if (hub.isOwn) {
    const refusal = refusalOfHost(new URL(url).hostname);
    return refusal === null ? [] : [`site.hub is true, but no other can reach ${url}: ${refusal}; ${ALLOW}`];
  }
  if (withoutEnd(hub.url) === withoutEnd(`${url}hub`))
    return [`site.hub is ${hub.url}, a place of your own site, where a hub is only with "hub": true`];
  const refusal = refusalOfHost(new URL(hub.url).hostname);
  return refusal === null ? [] : [`site.hub is never told of anything: ${refusal}; ${ALLOW}`];
}

/** An address as two spellings of it are compared. */
function withoutEnd(address: string): string {
  return new URL(address).href.replace(/[?#].*$/, '').replace(/\/$/, '');
}

/** `minWords` is the least that a filter fits, and not the least that an entry is to have. */
function doubtsOfFilters(filters: readonly EntryFilter[], of: string): string[] {
  return filters.flatMap(({ does, note, minWords, maxWords, ...rule }, at) => {
    const asksForMore = Object.values(rule).some((asked) => asked !== null && asked.length > 0);
    if (does !== 'drop' || minWords === null || maxWords !== null || asksForMore) return [];
    const name = note === null ? `filter ${at + 1}` : `the filter "${note}"`;
    return [`${name} of ${of} drops entries of ${minWords} words and more; if short ones are meant, say "maxWords"`];
  });
}

/** What is let in by a password is seldom meant for all. */
function doubtsOfAuth(source: Source, isSilentOnRepublish: boolean, { secretOf }: DoubtsWorld): string[] {
  const { id, url, auth, republish } = source;
  if (auth === null) return [];
  const unset = variablesOf(auth).filter((name) => (secretOf(name) ?? '') === '');
  return [
    ...unset.map(
      (name) =>
        `source "${id}" cannot be asked: the environment variable ${name}, which its "auth" names, is not set; set it where the program is started`,
    ),
    ...(isSilentOnRepublish && republish !== 'link'
      ? [
          `source "${id}" is behind "auth", and yet its texts are published by default (${republish}); say "republish" in it, as its publisher has allowed`,
        ]
      : []),
    ...(url.startsWith('http:')
      ? [`source "${id}" is sent its "auth" unencrypted, where others on the way can read it; use an https address`]
      : []),
  ];
}

function doubtsOfLimits({ id, limits }: Source, { limits: program }: DoubtsWorld): string[] {
  if (program === undefined) return [];
  return (['maxFeedBytes', 'maxPageBytes', 'timeoutSeconds'] as const).flatMap((name) => {
    const own = limits[name];
    return own === null || own <= program[name]
      ? []
      : [`source "${id}" has limits.${name} ${own}, but the program’s own ${program[name]} holds, which is less`];
  });
}
