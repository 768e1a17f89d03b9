// The product's curation over the story tasks of ../shared/corpus/stories: see run-stories.mjs for the shapes.
import { openDuplicateIndex, WINDOW_MS, type PrintedDocument } from '../../src/curate/duplicates/duplicate-index.ts';
import { decidePair } from '../../src/curate/duplicates/decide-pair.ts';
import { findDuplicate, TRAINED, weighCandidates } from '../../src/curate/duplicates/find-duplicate.ts';
import { printOf } from '../../src/curate/duplicates/text-print.ts';
import { openTopicTeller } from '../../src/curate/learn/propose-topics.ts';
import { trainTopics } from '../../src/curate/learn/train-topics.ts';
import { indexRelated } from '../../src/curate/stories/related.ts';
import { storyPrintOf } from '../../src/curate/stories/story-print.ts';
import { openStoryWindow } from '../../src/curate/stories/story-window.ts';
import { extractArticle } from '../../src/extract/extract-article.ts';
import type { Article } from '../../src/model/article.ts';
import type { Entry } from '../../src/model/feed.ts';
import { canonicalAddress } from '../../src/support/canonical-address.ts';
import { textOfSanitised } from '../../src/support/html.ts';
import { epochMsOf } from '../../src/support/instant.ts';
import { anEntry, aSource } from '../../test/support/an-entry.ts';

type Row = {
  readonly id: string;
  readonly url?: string;
  readonly guid?: string;
  readonly feed?: string;
  readonly title?: string;
  readonly published?: string;
  readonly html?: string;
  readonly text?: string;
};
type Pair = { readonly pair: string; readonly a: Omit<Row, 'id'>; readonly b: Omit<Row, 'id'> };
type Address = { readonly id: string; readonly in: string; readonly base?: string; readonly origLink?: string };
type Train = {
  readonly documents: readonly Row[];
  readonly gold: readonly { readonly id: string; readonly topic: string }[];
};
type Related = { readonly docs: readonly Row[]; readonly pairs: readonly { readonly a: string; readonly b: string }[] };

export function predict(task: string, documents: unknown, { train }: { train?: unknown } = {}): Iterable<object> {
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
    case 'topics':
      // Without anything to learn from nothing is claimed.
      return train === undefined ? [] : topics(documents as readonly Row[], train as Train);
    default:
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
    rsl: [],
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

function printedOf(row: Omit<Row, 'id'>, id: string): PrintedDocument {
  const { title, contentHtml, published } = articleOf(row, id);
  const print = printOf({ title, text: textOfSanitised(contentHtml) });
  return { id, sourceId: row.feed ?? id, atMs: epochMsOf(published), print };
}

function* duplicates(rows: readonly Row[]): Iterable<object> {
  const index = openDuplicateIndex();
  for (const row of rows) {
    const document = printedOf(row, row.id);
    index.forgetBefore(document.atMs - WINDOW_MS);
    const duplicateOf = findDuplicate(index, document)?.id ?? null;
    index.add(document, duplicateOf);
    yield { id: row.id, duplicateOf };
  }
}

function* pairs(rows: readonly Pair[]): Iterable<object> {
  for (const { pair, a, b } of rows) {
    const index = openDuplicateIndex();
    index.add(printedOf(a, 'a'));
    const [weighed] = weighCandidates(index, printedOf(b, 'b'));
    const score = weighed === undefined ? 0 : decidePair(weighed.features, TRAINED).probability;
    yield { pair, duplicate: score >= TRAINED.threshold, score };
  }
}

/** Plain texts of a row, as they are compared. */
function textsOf(row: Row): { readonly title: string; readonly text: string; readonly language: string | null } {
  const { title, contentHtml, language } = articleOf(row, row.id);
  return { title, text: textOfSanitised(contentHtml), language };
}

/** Online: each text gets its story when it comes, by nothing that comes later. */
function* stories(rows: readonly Row[]): Iterable<object> {
  const window = openStoryWindow();
  for (const row of rows) {
    const print = storyPrintOf(textsOf(row));
    const { storyId } = window.place({ id: row.id, print, atMs: epochMsOf(row.published!) });
    yield { id: row.id, story: storyId };
  }
}

function* related({ docs, pairs: wanted }: Related): Iterable<object> {
  const index = indexRelated(docs.map((row) => ({ id: row.id, ...textsOf(row) })));
  for (const { a, b } of wanted) yield { a, b, score: index.likeness(a, b) };
}

/** The likeliest topic of each text, sure or not: the task wants an answer for each. */
function* topics(rows: readonly Row[], train: Train): Iterable<object> {
  const topicOf = new Map(train.gold.map(({ id, topic }) => [id, topic]));
  const model = trainTopics(train.documents.map((row) => ({ ...textsOf(row), topicIds: [topicOf.get(row.id)!] })));
  const teller = openTopicTeller(model);
  for (const row of rows) yield { id: row.id, topic: teller.weigh(textsOf(row))[0]?.topicId ?? null };
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
