import { expect, test } from '@jest/globals';
import { openBell } from '../../src/support/bell.ts';
import { oneAtATime } from '../../src/support/one-at-a-time.ts';
import { settled } from './hand-clock.ts';

const never = new AbortController().signal;

test('a bell that was rung before anybody waited wakes the next one who does, once', async () => {
  const bell = openBell();
  bell.ring();
  bell.ring();
  await bell.rung(never);
  const woken: string[] = [];
  const waiting = bell.rung(never).then(() => woken.push('again'));
  await settled();
  expect(woken).toEqual([]);
  bell.ring();
  await waiting;
  expect(woken).toEqual(['again']);
});

test('whoever stops waiting is waked no more, and takes no ring from the next one', async () => {
  const bell = openBell();
  const stop = new AbortController();
  const left = bell.rung(stop.signal);
  stop.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  await expect(bell.rung(stop.signal)).rejects.toThrow('left');
  bell.ring();
  await expect(bell.rung(never)).resolves.toBeUndefined();
});

test('works in turn run one after the other, and one that fails keeps none from its turn', async () => {
  const inTurn = oneAtATime();
  const done: string[] = [];
  const work = (name: string) => async (): Promise<string> => {
    done.push(`${name} begins`);
    await settled();
    if (name === 'b') throw new Error('b fails');
    done.push(`${name} ends`);
    return name;
  };
  const all = await Promise.allSettled([inTurn(work('a')), inTurn(work('b')), inTurn(work('c'))]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(done).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'c ends']);
});
