import { expect, test } from '@jest/globals';
import { openIdSerials, type IdSerials } from '../../../src/curate/stories/id-serials.ts';
import { digestOf } from './digest-of.ts';
import { numbersFrom } from './numbers-from.ts';

type Steps = { added: number; forgotten: number; asked: number; again: number };

/** Texts come and go, some of them again after they have left; what differs from a plain map is told. */
function differences(serials: IdSerials, steps: Steps): string[] {
  const random = numbersFrom(3);
  const plain = new Map<string, number>();
  const faults: string[] = [];
  let oldest = 0;
  for (let serial = 0; serial < 30_000; serial++) {
    let id = `t${serial}`;
    if (serial > 9000 && random(5) === 0) id = `t${random(serial - 9000)}`;
    if ((plain.get(id) ?? -1) >= oldest) id = `new ${serial}`;
    if (plain.has(id)) steps.again++;
    plain.set(id, serial);
    serials.add(id, serial);
    steps.added++;
    if (random(100) === 0) {
      steps.forgotten += Math.max(0, serial - 8000 - oldest);
      oldest = Math.max(oldest, serial - 8000);
      serials.forgetBefore(oldest);
    }
    const asked = `t${random(serial + 2)}`;
    const known = plain.get(asked) ?? -1;
    const expected = known < oldest ? -1 : known;
    if (serials.find(asked) !== expected) faults.push(`${asked} after ${serial}`);
    if (serials.findDigest(...digestOf(asked)) !== expected) faults.push(`digest of ${asked}`);
    steps.asked++;
  }
  return faults;
}

test('texts are found by their ids and by what was stored of these, while texts come and go', () => {
  const steps: Steps = { added: 0, forgotten: 0, asked: 0, again: 0 };
  expect(differences(openIdSerials(), steps)).toEqual([]);
  expect(steps.added).toBe(30_000);
  expect(steps.asked).toBe(30_000);
  expect(steps.forgotten).toBeGreaterThan(20_000);
  expect(steps.again).toBeGreaterThan(500);
});

test.each<readonly [string, (serials: IdSerials) => IdSerials]>([
  ['nothing is forgotten', (serials) => ({ ...serials, forgetBefore: () => {} })],
  ['a text is not added', (serials) => ({ ...serials, add: (id, at) => at % 100 > 0 && serials.add(id, at) })],
  ['an id is known by half its digest', (serials) => ({ ...serials, findDigest: (low) => serials.findDigest(low, 0) })],
])('that is seen to fail when %s', (_fault, broken) => {
  const steps: Steps = { added: 0, forgotten: 0, asked: 0, again: 0 };
  expect(differences(broken(openIdSerials()), steps)).not.toEqual([]);
});
