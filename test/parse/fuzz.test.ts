import { expect, test } from '@jest/globals';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { ABOUT, parseCases } from './cases.ts';
import { breachesOf } from './invariants.ts';
import { damaged, seededRandom } from './mutations.ts';

// A few hundred rounds here; a hundred thousand with bench/fuzz-feeds.ts --rounds 100000 --seed 1.

const ROUNDS = 600;
const SEED = 20261124;

test('damaged documents give a sound feed or a word on why not, never anything else', async () => {
  const random = seededRandom(SEED);
  const sound = parseCases().map(({ bytes }) => bytes);
  const faults: string[] = [];
  let feeds = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = damaged(sound[random.whole(sound.length)]!, random);
    try {
      const feed = await parseFeed(bytes, ABOUT);
      faults.push(...breachesOf(feed).map((breach) => `round ${round}: ${breach}`));
      feeds++;
    } catch (error) {
      if (!Error.isError(error) || error.name !== 'StageError') faults.push(`round ${round}: ${String(error)}`);
    }
  }
  expect(faults).toEqual([]);
  expect(feeds).toBeGreaterThan(ROUNDS / 2);
});

test('every feed of the cases keeps to the same', async () => {
  for (const { bytes, about, feed, sentence } of parseCases())
    if (feed !== null) expect([sentence, ...breachesOf(await parseFeed(bytes, about))]).toEqual([sentence]);
});

test('the invariants see a feed that breaks them', async () => {
  const [one] = parseCases().filter(({ feed }) => feed !== null);
  const good = await parseFeed(one!.bytes, one!.about);
  expect(breachesOf({ ...good, title: '', link: 'javascript:x', updated: 'soon', subtitle: '\u0000' })).toHaveLength(4);
});
