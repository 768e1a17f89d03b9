import type { DocumentPart, SourcesDocument } from '../../config/edit/edit-file.ts';
import { makesId, openIds } from '../../config/edit/new-id.ts';
import { isId } from '../../config/schema/values.ts';
import type { OpmlFeed } from '../../parse/opml/opml-list.ts';
import { canonicalAddress } from '../../support/canonical-address.ts';
import { carriedSettings } from './carried-settings.ts';
import { openFolders, type ImportedTopic } from './folder-topics.ts';
import { fullAddress } from './new-source.ts';

/** What becomes of the feeds of an OPML list. */
export type ImportReport = {
  readonly added: readonly DocumentPart[];
  /** Topics that were made for folders. */
  readonly topics: readonly ImportedTopic[];
  /** Of both, those whose titles make no id: they have one of the address, or a counted one. */
  readonly unnamed: readonly { readonly id: string; readonly title: string }[];
  /** Sources that were in sources.json before, in whatever spelling of their address. */
  readonly already: readonly { readonly line: number; readonly url: string; readonly id: string }[];
  /** Feeds that the list names again; `line` is where it does. In other folders: those count. */
  readonly repeated: readonly { readonly line: number; readonly url: string; readonly firstLine: number }[];
  readonly unusable: readonly { readonly line: number; readonly name: string | null; readonly why: string }[];
};

export type ImportOptions = {
  /** All go into this topic, and folders make none; null: folders become topics. */
  readonly topicId: string | null;
  /** Null, or what is wrong with a source. */
  readonly faultOf: (source: unknown) => string | null;
};

type Wanted = { readonly feed: OpmlFeed; readonly url: string; readonly paths: OpmlFeed['paths'][number][] };

/** sources.json with the feeds of a list added, each once, and the topics that their folders become. */
export function withFeeds(
  document: SourcesDocument,
  feeds: readonly OpmlFeed[],
  { topicId, faultOf }: ImportOptions,
): { readonly document: SourcesDocument; readonly report: ImportReport } {
  const { sources = [], topics = [] } = document;
  const known = new Map(sources.map((source) => [canonicalAddress(String(source['url'])), source.id]));
  const { wanted, already, repeated } = sortOut(feeds, known);
  const ids = new Set(sources.map(({ id }) => id));
  const newId = openIds(ids, 'source');
  const folders = openFolders(
    topics,
    wanted.flatMap(({ paths }) => paths),
  );
  const added: DocumentPart[] = [];
  const unnamed: ImportReport['unnamed'][number][] = [];
  const unusable: ImportReport['unusable'][number][] = [];
  for (const { feed, url, paths } of wanted) {
    const settings = settingsIn(feed.settings);
    const host = URL.parse(url)?.hostname.replace(/^www\./, '') ?? '';
    const title = feed.title ?? host;
    const fault = faultOf({ ...settings, id: 'x', title, url });
    if (fault !== null) {
      unusable.push({ line: feed.line, name: feed.title, why: `it cannot be added: ${fault}` });
      continue;
    }
    const own = feed.id !== null && isId(feed.id) && !ids.has(feed.id) ? feed.id : null;
    const id = own ?? newId(title, host);
    if (own === null && !makesId(title)) unnamed.push({ id, title });
    ids.add(id);
    const topicIds = topicId === null ? folders.topicsOf(paths) : [topicId];
    added.push({ id, title, url, ...(topicIds.length === 0 ? {} : { topics: topicIds }), ...settings });
  }
  const made = folders.made();
  return {
    document: {
      ...document,
      ...(made.length === 0 ? {} : { topics: [...topics, ...made] }),
      ...(added.length === 0 ? {} : { sources: [...sources, ...added] }),
    },
    report: { added, topics: made, unnamed: [...unnamed, ...folders.unnamed()], already, repeated, unusable },
  };
}

/** Each address once, with all folders that it stands in: readers name a feed in each of them. */
function sortOut(
  feeds: readonly OpmlFeed[],
  known: ReadonlyMap<string, string>,
): { readonly wanted: readonly Wanted[] } & Pick<ImportReport, 'already' | 'repeated'> {
  const byAddress = new Map<string, Wanted>();
  const already = new Map<string, ImportReport['already'][number]>();
  const repeated: ImportReport['repeated'][number][] = [];
  for (const feed of feeds) {
    const url = fullAddress(feed.url);
    const address = canonicalAddress(url);
    const id = known.get(address);
    const before = byAddress.get(address);
    if (id !== undefined) {
      if (!already.has(address)) already.set(address, { line: feed.line, url, id });
    } else if (before === undefined) byAddress.set(address, { feed, url, paths: [...feed.paths] });
    else {
      const fresh = feed.paths.filter((path) => !before.paths.some((known) => isSame(path, known)));
      if (fresh.length === 0) repeated.push({ line: feed.line, url, firstLine: before.feed.line });
      else before.paths.push(...fresh);
    }
  }
  return { wanted: [...byAddress.values()], already: [...already.values()], repeated };
}

function isSame(one: OpmlFeed['paths'][number], other: OpmlFeed['paths'][number]): boolean {
  return (
    one.length === other.length && one.every(({ title, id }, at) => title === other[at]!.title && id === other[at]!.id)
  );
}

/** What an export says of a source besides; none of it where that is no object. */
function settingsIn(written: string | null): Readonly<Record<string, unknown>> {
  if (written === null) return {};
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return carriedSettings(value);
}
