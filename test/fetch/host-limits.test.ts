import { describe, expect, test } from '@jest/globals';
import { openHostLimits, type HostLimits } from '../../src/fetch/host-limits.ts';
import { handClock, settled } from '../support/hand-clock.ts';

const never = new AbortController().signal;

/** Takes a turn and notes when it began; the turn is held until `end` is called. */
function taker(limits: HostLimits, clock: { elapsedMs(): number }) {
  const began: string[] = [];
  const held: Disposable[] = [];
  return {
    began,
    take: (name: string, host: string, signal = never): Promise<void> =>
      limits.turn(host, signal).then((turn) => {
        began.push(`${name} at ${clock.elapsedMs()}`);
        held.push(turn);
      }),
    endFirst: () => held.shift()![Symbol.dispose](),
  };
}

describe('turns at a host', () => {
  test('are given in order of asking, spaced by their starts', async () => {
    const clock = handClock();
    const { began, take } = taker(openHostLimits({ clock }, { spacingMs: 500, atOnce: 10 }), clock);
    const all = Promise.all(['a', 'b', 'c'].map((name) => take(name, 'news.example')));
    await clock.advance(2_000);
    await all;
    expect(began).toEqual(['a at 0', 'b at 500', 'c at 1000']);
    expect(clock.sleepers()).toBe(0);
  });

  test('are no more at once than the setting says', async () => {
    const clock = handClock();
    const { began, take, endFirst } = taker(openHostLimits({ clock }, { spacingMs: 0, atOnce: 2 }), clock);
    const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => take(name, 'news.example')));
    await settled();
    expect(began).toEqual(['a at 0', 'b at 0']);
    endFirst();
    await settled();
    expect(began).toHaveLength(3);
    endFirst();
    await all;
    expect(began.map((one) => one[0])).toEqual(['a', 'b', 'c', 'd']);
  });

  test('do not wait for other hosts; another port is another host', async () => {
    const clock = handClock();
    const { began, take } = taker(openHostLimits({ clock }, { spacingMs: 500, atOnce: 1 }), clock);
    await Promise.all([take('a', '127.0.0.1:1'), take('b', '127.0.0.1:2'), take('c', 'news.example')]);
    expect(began).toEqual(['a at 0', 'b at 0', 'c at 0']);
  });

  test('are further apart where the host asks for it, and no closer than the setting', async () => {
    const clock = handClock();
    const limits = openHostLimits({ clock }, { spacingMs: 500, atOnce: 10 });
    const { began, take } = taker(limits, clock);
    limits.slowDown('slow.example', 3_000);
    limits.slowDown('quick.example', 1);
    const all = Promise.all(
      ['a', 'b'].flatMap((name) => [take(`${name} slow`, 'slow.example'), take(`${name} quick`, 'quick.example')]),
    );
    await clock.advance(5_000);
    await all;
    expect(began).toEqual(['a slow at 0', 'a quick at 0', 'b quick at 500', 'b slow at 3000']);
  });

  test('of who gives up go to the next, and no timer stays behind', async () => {
    const clock = handClock();
    const { began, take } = taker(openHostLimits({ clock }, { spacingMs: 500, atOnce: 1_000 }), clock);
    const stop = new AbortController();
    await take('a', 'news.example');
    const left = take('b', 'news.example', stop.signal);
    const next = take('c', 'news.example');
    stop.abort('enough');
    await expect(left).rejects.toBe('enough');
    await clock.advance(600);
    await next;
    expect(began).toEqual(['a at 0', 'c at 500']);

    const last = take('d', 'news.example', AbortSignal.abort('never began'));
    await expect(last).rejects.toBe('never began');
    expect(clock.sleepers()).toBe(0);
  });

  test('a lone waiter that leaves ends its timer, and whoever comes then is served', async () => {
    const clock = handClock();
    const { began, take } = taker(openHostLimits({ clock }, { spacingMs: 500, atOnce: 10 }), clock);
    const stop = new AbortController();
    await take('a', 'news.example');
    const left = take('b', 'news.example', stop.signal);
    expect(clock.sleepers()).toBe(1);
    stop.abort('enough');
    const next = take('c', 'news.example');
    await expect(left).rejects.toBe('enough');
    await clock.advance(500);
    await next;
    expect(began).toEqual(['a at 0', 'c at 500']);
    expect(clock.sleepers()).toBe(0);
  });

  test('are refused to all who wait when the program closes', async () => {
    const clock = handClock();
    const limits = openHostLimits({ clock }, { spacingMs: 500, atOnce: 1 });
    const { take } = taker(limits, clock);
    await take('a', 'news.example');
    const waiting = take('b', 'news.example');
    limits.close();
    await expect(waiting).rejects.toMatchObject({ message: 'the program is closing' });
    expect(clock.sleepers()).toBe(0);
  });

  test('given back twice count once', async () => {
    const clock = handClock();
    const limits = openHostLimits({ clock }, { spacingMs: 0, atOnce: 1 });
    const first = await limits.turn('news.example', never);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    const { began, take } = taker(limits, clock);
    const both = Promise.race([take('a', 'news.example'), take('b', 'news.example')]);
    await both;
    await settled();
    expect(began).toEqual(['a at 0']);
  });
});
