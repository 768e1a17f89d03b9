import type { AlertSettings } from '../model/alert.ts';
import type { EntryFilter, EntryRule, Quota } from '../model/rule.ts';
import type { Place, Site, SiteHub } from '../model/site.ts';
import type { Source } from '../model/source.ts';
import type { FormerTopic, Topic, TopicMatch } from '../model/topic.ts';
import { plainTitle } from '../support/plain-title.ts';
import { crossFaults } from './cross-faults.ts';
import { withOwner } from './fault-owner.ts';
import { faultsOf, toldFaults, type Fault } from './faults.ts';
import { adaptiveOf, authOf, limitsOf } from './how-asked.ts';
import { jsonFault } from './json-position.ts';
import { repeatedFaults } from './repeated-faults.ts';
import { openSchema } from './schema-at.ts';
import { SOURCE_DEFAULTS } from './schema/source-defaults.ts';
import { sourcesFileSchema, type Judges, type SourcesFile } from './sources-schema.ts';

/** What an operator ordered: the publication, its topics and its sources, defaults filled in. */
export type Order = {
  readonly site: Site;
  /** Those that are open. */
  readonly topics: readonly Topic[];
  readonly formerTopics: readonly FormerTopic[];
  readonly sources: readonly Source[];
  /** How long entries are kept of sources that are not listed any more; absent: for good. */
  readonly retentionDays?: number;
  /** Absent: as they are by default. */
  readonly alerts?: AlertSettings;
};

/** A closed topic as a source names it that is yet to bring it something; null: the defaults of all sources name it. */
export type ClosedName = { readonly topicId: string; readonly sourceId: string | null };

/** The order, and what it does not tell any more of the file that it was read from. */
export type OrderRead = {
  readonly order: Order;
  readonly closedNames: readonly ClosedName[];
  /** Ids of the sources that do not say themselves how much of them may be published. */
  readonly silentOnRepublish: readonly string[];
};

const MAX_BYTES = 32 * 1024 * 1024;

/** Reads the bytes of sources.json. All faults are reported at once; with any fault there is no order. */
export function readSourcesFile(bytes: Uint8Array, judges: Judges): OrderRead | { readonly faults: readonly Fault[] } {
  if (bytes.length > MAX_BYTES) return whole(`is larger than ${MAX_BYTES / 1024 / 1024} MB`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return whole('is not UTF-8 text; save it as UTF-8');
  }
  const broken = jsonFault(text);
  if (broken !== null) {
    const { line, column, message } = broken;
    return { faults: [{ path: '', place: { line, column }, message }] };
  }
  const document: unknown = JSON.parse(text);
  const read = sourcesFileSchema(judges).safeParse(document);
  const faults = [
    ...(read.success ? [] : faultsOf(read.error.issues, document, openSchema())),
    ...crossFaults(document),
  ];
  const told = [...toldFaults(faults, text), ...repeatedFaults(text)].map((fault) => withOwner(fault, document));
  if (!read.success || told.length > 0) return { faults: told };
  const silentOnRepublish = read.data.sources.flatMap(({ id, republish }) => (republish === undefined ? [id] : []));
  return { order: orderOf(read.data), closedNames: closedNamesIn(read.data), silentOnRepublish };
}

function whole(message: string): { readonly faults: readonly Fault[] } {
  return { faults: [{ path: '', place: null, message }] };
}

/**
 * A name as it can be shown anywhere: what is pasted into a file may hold characters that nobody sees, that turn the reading
 * of a whole line, or that no feed may hold. Null where nothing else is in it.
 */
function shown(text: string | undefined): string | null {
  const plain = plainTitle(text ?? '');
  return plain === '' ? null : plain;
}

function orderOf(file: SourcesFile): Order {
  const defaults = { ...SOURCE_DEFAULTS, ...file.defaults };
  const open = file.topics.filter(({ closed }) => !closed);
  const openIds = new Set(open.map(({ id }) => id));
  const siteUrl = file.site.url.endsWith('/') ? file.site.url : `${file.site.url}/`;
  return {
    site: {
      title: shown(file.site.title) ?? new URL(siteUrl).hostname,
      url: siteUrl,
      language: file.site.language,
      timeZone: file.site.timeZone,
      place: placeOf(file.site.place),
      description: shown(file.site.description),
      contact: file.site.contact ?? null,
      commercial: file.site.commercial,
      optOut: file.site.optOut,
      images: file.site.images,
      hub: hubOf(file.site.hub, siteUrl),
    },
    ...(file.alerts === undefined ? {} : { alerts: alertsOf(file.alerts) }),
    ...(defaults.retentionDays === undefined ? {} : { retentionDays: defaults.retentionDays }),
    topics: open.map((topic) => ({
      id: topic.id,
      foundedAs: topic.formerly[0] ?? topic.id,
      title: shown(topic.title) ?? topic.id,
      description: shown(topic.description),
      match: matchOf(topic.match),
      filters: topic.filters.map(filterOf),
      quota: quotaOf(topic.quota),
      maxEntries: topic.maxEntries,
      group: topic.group,
      learn: topic.learn,
      updates: topic.updates,
      retentionDays: topic.retentionDays ?? null,
      webhooks: topic.webhooks.map(({ url, secretEnv }) => ({ url, secretEnv })),
      private: topic.private,
      note: topic.note ?? null,
    })),
    formerTopics: file.topics.flatMap(({ id, formerly, closed, private: isPrivate }) => {
      const hidden = isPrivate ? { private: true as const } : {};
      return [
        ...formerly.map((name) => ({ id: name, movedTo: closed ? null : id, ...hidden })),
        ...(closed ? [{ id, movedTo: null, ...hidden }] : []),
      ];
    }),
    sources: file.sources.map((written) => {
      const source = { ...defaults, ...written };
      return {
        id: source.id,
        title: shown(source.title) ?? source.id,
        url: source.url,
        topicIds: source.topics.filter((id) => openIds.has(id)),
        enabled: source.enabled,
        schedule: source.schedule,
        adaptive: adaptiveOf(written, file.defaults),
        language: source.language ?? null,
        content: source.content,
        select: source.select ?? null,
        remove: source.remove,
        follow: source.follow,
        identity: source.identity,
        filters: source.filters.map(filterOf),
        quota: quotaOf(source.quota),
        probation: source.probation,
        weight: source.weight,
        republish: source.republish,
        excerptWords: source.excerptWords,
        rights: source.rights ?? null,
        retentionDays: source.retentionDays ?? null,
        headers: source.headers,
        userAgent: source.userAgent ?? null,
        auth: authOf(source.auth),
        proxy: source.proxy ?? null,
        limits: limitsOf(source.limits),
        note: source.note ?? null,
      };
    }),
  };
}

function closedNamesIn({ topics, defaults, sources }: SourcesFile): ClosedName[] {
  const closed = new Set(topics.filter((topic) => topic.closed).map(({ id }) => id));
  const named = (sourceId: string | null, names: readonly string[] = []): ClosedName[] =>
    names.filter((id) => closed.has(id)).map((topicId) => ({ topicId, sourceId }));
  return [...named(null, defaults.topics), ...sources.flatMap((source) => named(source.id, source.topics))];
}

type WrittenTopic = SourcesFile['topics'][number];
type WrittenFilter = WrittenTopic['filters'][number];

function matchOf(written: WrittenTopic['match']): TopicMatch | null {
  return written === undefined ? null : { ...ruleOf(written), sources: written.sources };
}

function filterOf(written: WrittenFilter): EntryFilter {
  return {
    ...ruleOf(written),
    maxWords: written.maxWords ?? null,
    does: written.then,
    note: written.note ?? null,
  };
}

function ruleOf(written: Omit<WrittenFilter, 'then'>): EntryRule {
  return {
    any: written.any,
    all: written.all,
    none: written.none,
    phrases: written.phrases,
    categories: written.categories,
    language: written.language ?? null,
    author: written.author ?? null,
    address: written.address ?? null,
    minWords: written.minWords ?? null,
  };
}

function quotaOf(written: WrittenTopic['quota']): Quota | null {
  return written === undefined ? null : { most: written.most, hours: written.hours };
}

function alertsOf(written: NonNullable<SourcesFile['alerts']>): AlertSettings {
  const { webhook, mail, silentFactor, failingHours, diskPercent, mute } = written;
  return {
    webhook: webhook === undefined ? null : { url: webhook.url, secretEnv: webhook.secretEnv },
    mail: mail === undefined ? null : { from: mail.from, to: mail.to, serverEnv: mail.serverEnv },
    silentFactor,
    failingHours,
    diskPercent,
    mute,
  };
}

function hubOf(written: SourcesFile['site']['hub'], siteUrl: string): SiteHub | null {
  if (written === undefined) return null;
  return written === true ? { url: `${siteUrl}hub`, isOwn: true } : { url: written, isOwn: false };
}

function placeOf(written: SourcesFile['site']['place']): Place | null {
  if (written === undefined) return null;
  return { name: written.name, latitude: written.latitude ?? null, longitude: written.longitude ?? null };
}
