import { describe, expect, test } from '@jest/globals';
import { entryMarks } from '../../src/admit/entry-marks.ts';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { uuidUrn } from '../../src/support/hash.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { aTopic } from '../support/a-topic.ts';
import { aSource } from '../support/an-entry.ts';
import { atomDocument, type AtomItem } from '../support/atom-document.ts';
import { ask, editionsOf, openWorld, orderOf, sort, type FeedWorld } from '../support/feed-world.ts';
import { inventedSentences, inventedTitle } from '../support/invented-text.ts';
import { MUTATIONS, NAMES, SITE, type Said } from './identity-mutations.ts';

const NOON = '2026-11-24T12:00:00Z';
const harbour = aSource({ topicIds: ['world'], content: 'feed' });
const order = orderOf([harbour], [aTopic()]);

/** The words of an entry that a test does not give otherwise. */
function itemOf([name, told]: Said[number]): AtomItem {
  const seed = NAMES.indexOf(name) + 1;
  return {
    title: inventedTitle(seed),
    text: inventedSentences(seed, 8).join(' '),
    published: plusSeconds('2026-11-24T06:00:00Z', seed * 600),
    author: 'Ada Harbour',
    image: null,
    via: null,
    originalLink: null,
    ...told,
  };
}

/** After a poll: the article that each entry of the document is, by what the ledger remembers of it. */
async function articlesOf({ store }: FeedWorld, document: string): Promise<(string | undefined)[]> {
  const bytes = new TextEncoder().encode(document);
  const feed = await parseFeed(bytes, { url: harbour.url, contentType: null });
  const marked = entryMarks(feed.entries, harbour.identity);
  const known = await store.knownEntries(
    harbour.id,
    marked.flatMap(({ aliases }) => aliases),
  );
  return marked.map(({ digest }) => known.find((entry) => entry.digest === digest)?.articleId);
}

describe('what publishers do to guids and addresses', () => {
  test('is a dozen things, at the least', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(12);
  });

  test.each(MUTATIONS)('$name', async ({ ids, polls }) => {
    await using store = await openMemoryStore();
    const world = openWorld(store, NOON);
    const named = new Map<string, string>();
    const nameOf = (id: string | undefined): string => [...named].find(([, its]) => its === id)?.[0] ?? String(id);
    for (const [name, from] of Object.entries(ids))
      if (from !== null) named.set(name, uuidUrn('article', harbour.id, ...from));
    for (const { says, are, publishes } of polls) {
      const head = { title: 'Harbour News', id: `${SITE}/feed`, site: `${SITE}/` };
      const document = atomDocument(head, says.map(itemOf));
      await ask(world, [harbour], { documentOf: () => document, pageAt: () => null });
      const found = await articlesOf(world, document);
      // An id that cannot be worked out beforehand must be one that nobody else has, and stays the same from then on.
      for (const [at, name] of are.entries()) {
        const id = found[at];
        if (!named.has(name) && id !== undefined && ![...named.values()].includes(id)) named.set(name, id);
      }
      expect(found.map(nameOf)).toEqual(are);
      await sort(world, order);
      const [edition] = await editionsOf(world, order);
      expect(edition!.entries.map(({ id }) => nameOf(id)).toSorted()).toEqual(publishes);
      world.now = plusSeconds(world.now, 3600);
    }
  });
});
