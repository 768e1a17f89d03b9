import type { DocumentPart } from '../../config/edit/edit-file.ts';
import { makesId, openIds, plainId } from '../../config/edit/new-id.ts';
import { isId } from '../../config/schema/values.ts';
import type { OpmlFolder, OpmlPath } from '../../parse/opml/opml-list.ts';

export type ImportedTopic = { readonly id: string; readonly title: string };

const LONGEST_TITLE = 300;
/** As many as a source may name (config/schema/source.ts). */
const MOST_OF_A_SOURCE = 100;

/**
 * Which topics folders are: one of that id or title, if there is one, else a new one. Of folders within folders the
 * innermost counts; where the list has two of one title in different places, the whole way is the title
 * (`Germany / Politics`). `unnamed`: those of `made` whose titles make no id.
 */
export function openFolders(
  topics: readonly DocumentPart[],
  paths: readonly OpmlPath[],
): {
  topicsOf(paths: readonly OpmlPath[]): string[];
  made(): readonly ImportedTopic[];
  unnamed(): readonly ImportedTopic[];
} {
  const there = openNames(topics);
  const ids = new Set(topics.flatMap((topic) => [topic.id, ...formerIds(topic)]));
  const newId = openIds(ids, 'topic');
  const doubled = doubledTitles(paths);
  // An export of ours tells the titles of its topics' ids in folders, and names them in `category` by the ids alone.
  const exported = new Map(
    paths.flatMap((path) => path.flatMap(({ id, title }) => (id === null ? [] : [[id, title]]))),
  );
  const made: ImportedTopic[] = [];
  const unnamed: ImportedTopic[] = [];
  const madeBefore = new Map<string, string>();
  const topicOf = (path: OpmlPath): string => {
    const folder = path.at(-1)!;
    const own = folder.id ?? (exported.has(folder.title) ? folder.title : null);
    const written = doubled.has(folded(folder.title)) ? wayTo(path) : folder.title;
    const title = (own === null ? written : exported.get(own)!).slice(0, LONGEST_TITLE).trim();
    const key = own === null ? `title ${folded(title)}` : `id ${own}`;
    const known = there(own, title) ?? madeBefore.get(key);
    if (known !== undefined) return known;
    const isOwn = own !== null && isId(own) && !ids.has(own);
    const id = isOwn ? own : newId(title);
    if (!isOwn && !makesId(title)) unnamed.push({ id, title });
    ids.add(id);
    made.push({ id, title });
    madeBefore.set(key, id);
    return id;
  };
  return {
    topicsOf: (own) => [...new Set(own.map(topicOf))].slice(0, MOST_OF_A_SOURCE),
    made: () => made,
    unnamed: () => unnamed,
  };
}

/** Finds a topic that there is by an id, or by a title, or by a title that is written as its id. */
function openNames(topics: readonly DocumentPart[]): (id: string | null, title: string) => string | undefined {
  const byId = new Map<string, string>();
  const byTitle = new Map<string, string>();
  for (const topic of topics.toReversed()) {
    for (const id of [...formerIds(topic), topic.id]) byId.set(id, topic.id);
    byTitle.set(folded(String(topic['title'])), topic.id);
  }
  return (id, title) =>
    (id === null ? undefined : byId.get(id)) ??
    byTitle.get(folded(title)) ??
    byId.get(title) ??
    byId.get(plainId(title));
}

/** Titles that folders in different places have. */
function doubledTitles(paths: readonly OpmlPath[]): ReadonlySet<string> {
  const ways = new Map<string, string>();
  const doubled = new Set<string>();
  for (const path of paths) {
    const title = folded(path.at(-1)!.title);
    const way = folded(wayTo(path));
    if ((ways.get(title) ?? way) !== way) doubled.add(title);
    ways.set(title, way);
  }
  return doubled;
}

function wayTo(path: readonly OpmlFolder[]): string {
  return path.map(({ title }) => title).join(' / ');
}

function folded(title: string): string {
  return title.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function formerIds(topic: DocumentPart): readonly string[] {
  const former = topic['formerly'];
  return Array.isArray(former) ? former.map(String) : [];
}
