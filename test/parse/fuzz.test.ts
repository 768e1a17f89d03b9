import { expect, test } from '@jest/globals';
import { drawDamages, inflict, NAMED_DAMAGES } from '../../bench/fuzz/draw-damages.ts';
import { BYTE_DAMAGES } from '../../bench/fuzz/byte-damages.ts';
import { seededRandom } from '../../bench/fuzz/random.ts';
import { soundOf, tryDamaged } from '../../bench/fuzz/try-damaged.ts';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { parseCases } from './cases.ts';
import { breachesOf } from './invariants.ts';

// A few hundred rounds here; a hundred thousand with bench/fuzz-feeds.ts --rounds 100000 --seed 1.

const ROUNDS = 600;
const SEED = 20261124;

const documents = (): Promise<Awaited<ReturnType<typeof soundOf>>[]> =>
  Promise.all(
    parseCases()
      .filter(({ bytes }) => bytes.length > 0)
      .map(({ sentence, bytes }) => soundOf(sentence, bytes)),
  );

test('damaged documents give a sound feed or a word on why not, never anything else', async () => {
  const random = seededRandom(SEED);
  const sound = await documents();
  const faults: string[] = [];
  let feeds = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const base = random.oneOf(sound);
    const damaged = drawDamages(base.bytes, random);
    const trial = await tryDamaged(damaged, base);
    faults.push(...trial.faults.map((fault) => `seed ${SEED} round ${round} (${base.name}): ${fault}`));
    if (trial.refusal === null) feeds++;
  }
  expect(faults).toEqual([]);
  expect(feeds).toBeGreaterThan(ROUNDS / 2);
});

test.each([...NAMED_DAMAGES, ...BYTE_DAMAGES])('the damage $kind keeps what it promises', async (damage) => {
  const random = seededRandom(SEED);
  const faults: string[] = [];
  let suffered = 0;
  for (const base of await documents()) {
    const damaged = inflict(base.bytes, [damage], random);
    suffered += damaged.kinds.length;
    faults.push(...(await tryDamaged(damaged, base)).faults.map((fault) => `${base.name}: ${fault}`));
  }
  expect(faults).toEqual([]);
  expect(suffered).toBeGreaterThan(0);
});

test('a feed that lost an entry to a damage that promised to keep it is told apart', async () => {
  const base = await soundOf(
    'two',
    new TextEncoder().encode('<rss><channel><item><guid>1</guid></item></channel></rss>'),
  );
  const damaged = { bytes: base.bytes, kinds: ['double-bom'], promises: 'kept' } as const;
  expect((await tryDamaged(damaged, base)).faults).toEqual([]);
  expect((await tryDamaged(damaged, { ...base, entries: 2 })).faults).toEqual([
    '1 entries and 0 skipped of 2 after double-bom',
  ]);
  const empty = { ...damaged, bytes: new TextEncoder().encode('no feed') };
  expect((await tryDamaged(empty, base)).faults).toEqual(['refused (feed-not-a-feed) after double-bom']);
});

test('every feed of the cases keeps to the same', async () => {
  for (const { bytes, about, feed, sentence } of parseCases())
    if (feed !== null) expect([sentence, ...breachesOf(await parseFeed(bytes, about))]).toEqual([sentence]);
});

test('the invariants see a feed that breaks them', async () => {
  const [one] = parseCases().filter(({ feed }) => feed !== null);
  const good = await parseFeed(one!.bytes, one!.about);
  expect(breachesOf({ ...good, title: '', link: 'javascript:x', updated: 'soon', subtitle: '\u0000' })).toHaveLength(4);
  expect(breachesOf({ ...good, title: 'x'.repeat(3000), ttlMinutes: -1 })).toHaveLength(2);
});
