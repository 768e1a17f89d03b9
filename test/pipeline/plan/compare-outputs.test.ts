import { expect, test } from '@jest/globals';
import { compareFeeds, compareFiles } from '../../../src/pipeline/plan/compare-outputs.ts';
import type { FeedState, PublishedState } from '../../../src/pipeline/plan/published-state.ts';

const feed = (topicId: string | null, titles: readonly string[]): FeedState => ({
  topicId,
  isPrivate: false,
  items: new Map(titles.map((title) => [`urn:${title}`, { title, parts: new Map([['title', title]]) }])),
});
/** Topics by their ids, each with the titles of its entries. */
const published = (topics: Readonly<Record<string, readonly string[]>>): PublishedState => ({
  entries: new Map(),
  files: new Map(
    Object.entries(topics).flatMap(([id, titles]) =>
      [`feeds/${id}.atom`, `feeds/${id}.json`, `feeds/${id}/archive/1.atom`].map((path) => [path, titles.join()]),
    ),
  ),
  feeds: new Map(Object.entries(topics).map(([id, titles]) => [`feeds/${id}.json`, feed(id, titles)])),
});
const compared = (before: PublishedState, after: PublishedState, renamed: ReadonlyMap<string, string> = new Map()) =>
  compareFeeds(before, after, { files: compareFiles(before, after), renamed });

test('a feed has the documents of its own name, and not those of a name that begins with it', () => {
  const changes = compared(
    published({ world: ['A'], 'world-news': ['A'] }),
    published({ world: ['A'], 'world-news': ['A', 'B'] }),
  );
  expect(changes).toMatchObject([
    { topicId: 'world-news', is: 'there', appear: [{ title: 'B' }], documents: { added: 0, changed: 3, removed: 0 } },
  ]);
  expect(changes).toHaveLength(1);
});

test('a topic with another name is compared with what it was, one that goes on in another is gone', () => {
  const renamed = compared(published({ old: ['A'] }), published({ new: ['A'] }), new Map([['old', 'new']]));
  expect(renamed).toMatchObject([{ topicId: 'new', formerly: 'old', is: 'there', appear: [], vanish: [] }]);
  const merged = compared(published({ asia: ['A'], world: ['B'] }), published({ world: ['A', 'B'] }));
  expect(merged.map(({ topicId, is, formerly }) => [topicId, is, formerly])).toEqual([
    ['asia', 'gone', null],
    ['world', 'there', null],
  ]);
  expect(merged[1]!.appear.map(({ title }) => title)).toEqual(['A']);
});
