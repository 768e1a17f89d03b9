import { expect, test } from '@jest/globals';
import { openNearReader, packNear } from '../../../src/curate/stories/near-text.ts';
import { uuidUrn } from '../../../src/support/hash.ts';
import { digestOf } from './digest-of.ts';

const IDS = ['urn:uuid:cb818ceb-99b2-8a42-90c8-5686d43e2f16', 'urn:uuid:f92ab2ff-33e7-84f3-b8e8-6f6ae9c7a3d1'];
const NEAR = [
  { id: IDS[0]!, likeness: 0.5 },
  { id: IDS[1]!, likeness: 0.25 },
];
const READ = NEAR.map(({ id, likeness }) => [...digestOf(id), likeness]);

function read(stored: string): (readonly [low: number, high: number, likeness: number])[] {
  const found: (readonly [number, number, number])[] = [];
  openNearReader(8)(stored, (...one) => found.push(one));
  return found;
}

test('neighbours are read in the order in which they were packed', () => {
  expect(read(packNear(NEAR))).toEqual(READ);
  expect(read(packNear([]))).toEqual([]);
});

test('the packed form stays as it is for ever: it is stored', () => {
  expect(packNear(NEAR)).toBe('1ZV3qsR53mtkAAAA/qTfL9PylAyYAAIA+');
});

test('neighbours that an earlier version has spelled out are read as if they were packed', () => {
  expect(read(JSON.stringify(NEAR))).toEqual(READ);
  expect(read('[]')).toEqual([]);
});

test('of a form that is not known nothing is read, and of one that was cut off what is whole', () => {
  expect(read(`2${packNear(NEAR).slice(1)}`)).toEqual([]);
  expect(read('')).toEqual([]);
  expect(read(packNear(NEAR).slice(0, -2))).toEqual(READ.slice(0, 1));
});

test('no more neighbours are told than are asked for, and none of the text before', () => {
  const readOne = openNearReader(1);
  const found: number[] = [];
  for (const stored of [packNear(NEAR), packNear([]), packNear(NEAR.slice(1))])
    readOne(stored, (_low, _high, likeness) => found.push(likeness));
  expect(found).toEqual([0.5, 0.25]);
});

test('hundred thousand ids have digests that are all different, in each half evenly spread', () => {
  const ids = Array.from({ length: 100_000 }, (_, number) => uuidUrn('article', 'harbour', String(number)));
  expect(new Set(ids.map((id) => digestOf(id).join(' '))).size).toBe(ids.length);
  for (const half of [0, 1] as const) {
    // By chance one in a hundred thousand ids is taken for another in 32 bits.
    expect(new Set(ids.map((id) => digestOf(id)[half])).size).toBeGreaterThan(ids.length - 10);
    const lots = new Map<number, number>();
    for (const lot of ids.map((id) => digestOf(id)[half] & 0xff)) lots.set(lot, (lots.get(lot) ?? 0) + 1);
    expect(lots.size).toBe(256);
    expect(Math.max(...lots.values())).toBeLessThan(500);
  }
});

test('ids that are nearly alike, and those of a few letters, have digests of their own', () => {
  const short = Array.from({ length: 26 ** 3 }, (_, at) => at.toString(26).padStart(3, '0'));
  const ids = [...short, ...short.map((end) => `urn:t${end}`), ...short.map((start) => `${start}:article`)];
  for (const half of [0, 1] as const)
    expect(new Set(ids.map((id) => digestOf(id)[half])).size).toBeGreaterThan(ids.length - 5);
  // What one half takes for the same the other tells apart.
  expect(new Set(ids.map((id) => digestOf(id).join(' '))).size).toBe(ids.length);
});
