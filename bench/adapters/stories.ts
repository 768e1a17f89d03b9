// The product's curation over the story tasks of ../shared/corpus/stories: see run-stories.mjs for the shapes.
import { keysOf, storySharing } from '../../src/curate/fingerprint.ts';
import { SAME_EVENT } from '../../src/curate/rank-stories.ts';
import { documentOf, indexBySimilarity } from '../../src/curate/similarity.ts';
import { extractArticle } from '../../src/extract/extract-article.ts';
import type { Article } from '../../src/model/article.ts';
import type { Entry } from '../../src/model/feed.ts';
import { canonicalAddress } from '../../src/support/canonical-address.ts';
import { anEntry, aSource } from '../../test/support/an-entry.ts';

type Row = {
  readonly id: string;
  readonly url?: string;
  readonly guid?: string;
  readonly title?: string;
  readonly published?: string;
  readonly html?: string;
  readonly text?: string;
};
type Pair = { readonly pair: string; readonly a: Omit<Row, 'id'>; readonly b: Omit<Row, 'id'> };
type Address = { readonly id: string; readonly in: string; readonly base?: string; readonly origLink?: string };
type Related = { readonly docs: readonly Row[]; readonly pairs: readonly { readonly a: string; readonly b: string }[] };

export function predict(task: string, documents: unknown): Iterable<object> {
  switch (task) {
    case 'neardup':
      return duplicates(documents as readonly Row[]);
    case 'pairs':
      return pairs(documents as readonly Pair[]);
    case 'stories':
      return stories(documents as readonly Row[]);
    case 'related':
      return related(documents as Related);
    case 'urls':
      return addresses(documents as readonly Address[]);
    default:
      // Topics are chosen by the operator's rules alone; nothing is learnt yet, so nothing is claimed.
      return [];
  }
}

function articleOf(row: Omit<Row, 'id'>, id: string): Article {
  const content: Entry['content'] =
    row.html === undefined ? { type: 'text', value: row.text ?? '' } : { type: 'html', value: row.html };
  const entry = anEntry({
    id: row.guid ?? id,
    link: row.url ?? null,
    title: row.title ?? null,
    published: row.published ?? null,
    content,
  });
  const feed = {
    url: row.url ?? 'https://feed.example/',
    title: null,
    link: null,
    language: null,
    rights: null,
    licence: null,
    authors: [],
  };
  const at = row.published ?? '2026-01-01T00:00:00Z';
  return extractArticle({
    entry,
    id,
    entryId: id,
    source: aSource(),
    feed,
    answers: [],
    firstSeenAt: at,
    now: at,
    previous: null,
  });
}

function* duplicates(rows: readonly Row[]): Iterable<object> {
  const firstWith = new Map<string, string>();
  for (const row of rows) {
    const keys = keysOf(articleOf(row, row.id));
    const duplicateOf = storySharing(keys, (key) => firstWith.get(key));
    for (const key of keys) if (!firstWith.has(key)) firstWith.set(key, duplicateOf ?? row.id);
    yield { id: row.id, duplicateOf };
  }
}

function* pairs(rows: readonly Pair[]): Iterable<object> {
  for (const { pair, a, b } of rows) {
    const keys = new Set(keysOf(articleOf(a, 'a')));
    const shared = storySharing(keysOf(articleOf(b, 'b')), (key) => (keys.has(key) ? 'a' : undefined));
    yield { pair, duplicate: shared !== null };
  }
}

/** As the hot list groups reports of one event: each with its likest, if that is like enough. */
function* stories(rows: readonly Row[]): Iterable<object> {
  const index = indexBySimilarity(rows.map((row) => documentOf(row.id, articleOf(row, row.id))));
  const place = new Map(rows.map(({ id }, at) => [id, at]));
  const storyOf = new Map<string, string>();
  for (const { id } of rows) {
    const earlier = index.alike(id).find((other) => place.get(other.id)! < place.get(id)!);
    const story = earlier !== undefined && earlier.likeness >= SAME_EVENT ? storyOf.get(earlier.id)! : id;
    storyOf.set(id, story);
    yield { id, story };
  }
}

function* related({ docs, pairs: wanted }: Related): Iterable<object> {
  const index = indexBySimilarity(docs.map((row) => documentOf(row.id, articleOf(row, row.id))));
  const likeness = new Map(
    docs.map(({ id }) => [id, new Map(index.alike(id).map((other) => [other.id, other.likeness]))]),
  );
  for (const { a, b } of wanted) yield { a, b, score: likeness.get(a)?.get(b) ?? 0 };
}

function* addresses(rows: readonly Address[]): Iterable<object> {
  for (const { id, in: written, base, origLink } of rows) {
    const address = origLink ?? written;
    yield {
      id,
      out: canonicalAddress(
        base !== undefined && URL.canParse(address.trim(), base) ? new URL(address.trim(), base).href : address,
      ),
    };
  }
}
