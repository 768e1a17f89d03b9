import type { EntryFilter, EntryRule, Quota } from '../model/rule.ts';
import type { Place, Site, SiteHub } from '../model/site.ts';
import type { Source } from '../model/source.ts';
import type { FormerTopic, Topic, TopicMatch } from '../model/topic.ts';
import { plainTitle } from '../support/plain-title.ts';
import { faultsOf, pathText, suggestion, type Fault } from './faults.ts';
import { jsonFault } from './json-position.ts';
import { sourcesFileSchema, sourcesJsonSchema, type Judges, type SourcesFile } from './sources-schema.ts';

/** What an operator ordered: the publication, its topics and its sources, defaults filled in. */
export type Order = {
  readonly site: Site;
  /** Those that are open. */
  readonly topics: readonly Topic[];
  readonly formerTopics: readonly FormerTopic[];
  readonly sources: readonly Source[];
};

const MAX_BYTES = 32 * 1024 * 1024;

const SOURCE_DEFAULTS = {
  schedule: '*/15 * * * *',
  content: 'auto',
  remove: [],
  follow: false,
  identity: 'guid',
  filters: [],
  probation: 0,
  weight: 1,
  republish: 'full',
  excerptWords: 60,
  headers: {},
  enabled: true,
  topics: [],
} as const;

/** Reads the bytes of sources.json. All faults are reported at once; with any fault there is no order. */
export function readSourcesFile(
  bytes: Uint8Array,
  judges: Judges,
): { readonly order: Order } | { readonly faults: readonly Fault[] } {
  if (bytes.length > MAX_BYTES) return whole(`is larger than ${MAX_BYTES / 1024 / 1024} MB`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return whole('is not UTF-8 text; save it as UTF-8');
  }
  const broken = jsonFault(text);
  if (broken !== null)
    return { faults: [{ path: `line ${broken.line}, column ${broken.column}`, message: broken.message }] };
  const document: unknown = JSON.parse(text);
  const read = sourcesFileSchema(judges).safeParse(document);
  const faults = read.success ? [] : faultsOf(read.error.issues, document, keysAt);
  const crossed = crossFaults(document);
  if (!read.success || crossed.length > 0) return { faults: [...faults, ...crossed] };
  return { order: orderOf(read.data) };
}

function whole(message: string): { readonly faults: readonly Fault[] } {
  return { faults: [{ path: '', message }] };
}

type JsonSchema = { properties?: Record<string, JsonSchema>; items?: JsonSchema; additionalProperties?: unknown };

/** The keys that the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: JsonSchema | undefined = JSON.parse(sourcesJsonSchema()) as JsonSchema;
  for (const part of path) schema = typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)];
  return Object.keys(schema?.properties ?? {});
}

/** Faults between the parts: the same id twice, a topic or source that does not exist, the same address twice. Reads the raw document, so that they are told beside the schema's. */
function crossFaults(document: unknown): Fault[] {
  const topics = listIn(document, 'topics');
  const sources = listIn(document, 'sources');
  const topicIds = topics.map((topic) => textIn(topic, 'id'));
  const sourceIds = sources.map((source) => textIn(source, 'id'));
  const known = { topics: new Set(topicIds), sources: new Set(sourceIds) };
  const unknown = (path: readonly PropertyKey[], value: unknown, kind: 'topics' | 'sources'): Fault[] => {
    if (typeof value !== 'string' || known[kind].has(value)) return [];
    const names = [...known[kind]].filter((name) => name !== null);
    return [
      {
        path: pathText(path),
        message: `names ${JSON.stringify(value.slice(0, 80))}, but there is no such ${kind.slice(0, -1)}${suggestion(value, names)}`,
      },
    ];
  };
  return [
    ...repeated(topicIds, (at) => `topics[${at}].id`),
    ...namedAgain(topics),
    ...repeated(sourceIds, (at) => `sources[${at}].id`),
    ...repeated(
      sources.map((source) => comparable(textIn(source, 'url'))),
      (at) => `sources[${at}].url`,
    ),
    ...sources.flatMap((source, at) =>
      repeated(
        listIn(source, 'topics').map((topic) => (typeof topic === 'string' ? topic : null)),
        (index) => `sources[${at}].topics[${index}]`,
      ),
    ),
    ...sources.flatMap((source, at) =>
      listIn(source, 'topics').flatMap((name, index) => unknown(['sources', at, 'topics', index], name, 'topics')),
    ),
    ...topics.flatMap((topic, at) =>
      repeated(
        listIn(topic, 'webhooks').map((webhook) => comparable(textIn(webhook, 'url'))),
        (index) => `topics[${at}].webhooks[${index}].url`,
      ),
    ),
    ...listIn(propertyOf(document, 'defaults'), 'topics').flatMap((name, index) =>
      unknown(['defaults', 'topics', index], name, 'topics'),
    ),
    ...topics.flatMap((topic, at) =>
      listIn(propertyOf(topic, 'match'), 'sources').flatMap((name, index) =>
        unknown(['topics', at, 'match', 'sources', index], name, 'sources'),
      ),
    ),
  ];
}

/** A former name may be no topic's name, and no other's former name: its old address can lead to one place only. */
function namedAgain(topics: readonly unknown[]): Fault[] {
  const taken = new Map(topics.map((topic, at) => [textIn(topic, 'id'), `topics[${at}].id`]));
  return topics.flatMap((topic, at) =>
    listIn(topic, 'formerly').flatMap((name, index) => {
      if (typeof name !== 'string') return [];
      const path = `topics[${at}].formerly[${index}]`;
      const before = taken.get(name);
      if (before === undefined) {
        taken.set(name, path);
        return [];
      }
      const message = `is ${JSON.stringify(name.slice(0, 80))}, as ${before} is already; a former name is nobody's any more`;
      return [{ path, message }];
    }),
  );
}

/** @param path of the nth value */
function repeated(values: readonly (string | null)[], path: (at: number) => string): Fault[] {
  const first = new Map<string, number>();
  return values.flatMap((value, at) => {
    if (value === null) return [];
    const before = first.get(value);
    if (before === undefined) {
      first.set(value, at);
      return [];
    }
    const message = `is ${JSON.stringify(value.slice(0, 80))}, as ${path(before)} is already; each must be different`;
    return [{ path: path(at), message }];
  });
}

/** An address as two spellings of it are compared. */
function comparable(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return url;
  const { href, hash } = new URL(url);
  return hash === '' ? href : href.slice(0, -hash.length);
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = propertyOf(value, key);
  return Array.isArray(list) ? list : [];
}

function textIn(value: unknown, key: string): string | null {
  const text = propertyOf(value, key);
  return typeof text === 'string' ? text : null;
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
      hub: hubOf(file.site.hub, siteUrl),
    },
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
        headers: source.headers,
        userAgent: source.userAgent ?? null,
        note: source.note ?? null,
      };
    }),
  };
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

function hubOf(written: SourcesFile['site']['hub'], siteUrl: string): SiteHub | null {
  if (written === undefined) return null;
  return written === true ? { url: `${siteUrl}hub`, isOwn: true } : { url: written, isOwn: false };
}

function placeOf(written: SourcesFile['site']['place']): Place | null {
  if (written === undefined) return null;
  return { name: written.name, latitude: written.latitude ?? null, longitude: written.longitude ?? null };
}
