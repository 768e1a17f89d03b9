import { describe, expect, test } from '@jest/globals';
import { openRobots, type Robots } from '../../src/fetch/robots.ts';
import { StageError } from '../../src/model/errors.ts';
import type { Outbound, OutboundResponse } from '../../src/model/outbound.ts';
import { handClock, settled } from '../support/hand-clock.ts';

const never = new AbortController().signal;
const HOUR = 3_600_000;

function file(text: string, status = 200): OutboundResponse {
  return { url: 'https://news.example/robots.txt', status, headers: {}, body: Buffer.from(text), redirects: [] };
}

type Outcome = OutboundResponse | StageError;

/** Robots over a net that answers as told, one answer after the other. */
function openOver(...outcomes: readonly Outcome[]) {
  const clock = handClock();
  const asked: string[] = [];
  const slowed: unknown[] = [];
  const outbound: Outbound = async ({ url, acceptStatuses }) => {
    const outcome = outcomes[Math.min(asked.push(url), outcomes.length) - 1]!;
    await Promise.resolve();
    if (outcome instanceof StageError) throw outcome;
    if (outcome.status >= 300 && acceptStatuses?.includes(outcome.status) !== true) {
      throw new StageError('fetch-server-error', { detail: `status ${outcome.status}` });
    }
    return outcome;
  };
  const slowDown = (host: string, ms: number): number => slowed.push([host, ms]);
  const robots = openRobots({ outbound, clock, slowDown }, { userAgent: 'Tributary/0.1 (+https://a.example/)' });
  return { robots, clock, asked, slowed };
}

async function isAllowed(robots: Robots, path: string): Promise<boolean> {
  try {
    await robots.permit(`https://news.example${path}`, never);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'fetch-robots' });
    return false;
  }
}

describe('robots.txt', () => {
  test('is followed where it names us, else where it names all', async () => {
    const { robots } = openOver(
      file('User-agent: *\nDisallow: /\n\nUser-agent: TRIBUTARY\nDisallow: /private\nAllow: /private/open$\n'),
    );
    expect(await isAllowed(robots, '/story')).toBe(true);
    expect(await isAllowed(robots, '/private/story')).toBe(false);
    expect(await isAllowed(robots, '/private/open')).toBe(true);
    const all = openOver(file('User-agent: *\nDisallow: /*.php\n'));
    expect(await isAllowed(all.robots, '/a.php?b')).toBe(false);
    expect(await isAllowed(all.robots, '/a.html')).toBe(true);
  });

  test('is asked for once an origin and day', async () => {
    const { robots, clock, asked } = openOver(file('User-agent: *\nDisallow: /a'), file('User-agent: *\nDisallow: /b'));
    expect(await isAllowed(robots, '/a')).toBe(false);
    await clock.advance(23 * HOUR);
    expect(await isAllowed(robots, '/a')).toBe(false);
    await clock.advance(2 * HOUR);
    expect(await isAllowed(robots, '/a')).toBe(true);
    expect(await isAllowed(robots, '/b')).toBe(false);
    await robots.permit('http://news.example:8080/a', never);
    expect(asked).toEqual([
      'https://news.example/robots.txt',
      'https://news.example/robots.txt',
      'http://news.example:8080/robots.txt',
    ]);
  });

  test('is asked for once by all who ask at the same time', async () => {
    const { robots, asked } = openOver(file('User-agent: *\nDisallow: /a'));
    const all = await Promise.all(['/a', '/b', '/c'].map((path) => isAllowed(robots, path)));
    expect(all).toEqual([false, true, true]);
    expect(asked).toHaveLength(1);
  });

  test.each([400, 401, 403, 404, 410, 451])('that answers %i has no rules', async (status) => {
    const { robots, asked } = openOver(file('User-agent: *\nDisallow: /', status));
    expect(await isAllowed(robots, '/story')).toBe(true);
    expect(await isAllowed(robots, '/other')).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test('that redirects without end has no rules', async () => {
    const { robots } = openOver(new StageError('fetch-redirect-loop'));
    expect(await isAllowed(robots, '/story')).toBe(true);
  });

  test.each([
    ['fetch-server-error', file('', 503)],
    ['fetch-timed-out', new StageError('fetch-timed-out')],
    ['fetch-too-many-requests', new StageError('fetch-too-many-requests', { retryAfterSeconds: 60 })],
  ])('that ends in %s allows nothing for an hour, and the reason is told', async (code, outcome) => {
    const { robots, clock, asked } = openOver(outcome, file(''));
    const refusal = { code, url: 'https://news.example/robots.txt', detail: expect.stringContaining('robots.txt') };
    await expect(robots.permit('https://news.example/a', never)).rejects.toMatchObject(refusal);
    await clock.advance(HOUR - 1);
    await expect(robots.permit('https://news.example/b', never)).rejects.toMatchObject(refusal);
    expect(asked).toHaveLength(1);
    await clock.advance(2);
    expect(await isAllowed(robots, '/a')).toBe(true);
  });

  test('that asks for rest is left alone for so long', async () => {
    const busy = new StageError('fetch-server-error', { retryAfterSeconds: 7_200 });
    const { robots, clock, asked } = openOver(busy, file(''));
    await expect(robots.permit('https://news.example/a', never)).rejects.toMatchObject({ code: 'fetch-server-error' });
    await clock.advance(HOUR + 1);
    await expect(robots.permit('https://news.example/a', never)).rejects.toMatchObject({ code: 'fetch-server-error' });
    expect(asked).toHaveLength(1);
  });

  test('that is a web page has no rules', async () => {
    const { robots } = openOver(file('<!doctype html><title>Not found</title>'));
    expect(await isAllowed(robots, '/story')).toBe(true);
  });

  test.each([
    ['User-agent: *\nCrawl-delay: 10', [['news.example', 10_000]]],
    ['User-agent: *\nCrawl-delay: 86400', [['news.example', 30_000]]],
    ['User-agent: *\nCrawl-delay: -5', []],
    ['User-agent: other\nCrawl-delay: 10', []],
  ])('hands on how often its site wants to be asked: %j', async (text, expected) => {
    const { robots, slowed } = openOver(file(text));
    await isAllowed(robots, '/story');
    expect(slowed).toEqual(expected);
  });

  test('is read to its first 500 KiB', async () => {
    const padding = `# ${'x'.repeat(97)}\n`.repeat(5_200);
    const { robots } = openOver(file(`User-agent: *\nDisallow: /a\n${padding}Disallow: /b\n`));
    expect(await isAllowed(robots, '/a')).toBe(false);
    expect(await isAllowed(robots, '/b')).toBe(true);
  });

  test('that is made to keep us busy does not', async () => {
    const { robots } = openOver(file(`User-agent: *\n${`Disallow: /${'*a'.repeat(2_000)}\n`.repeat(100)}`));
    expect(await isAllowed(robots, `/${'a'.repeat(7_000)}b`)).toBe(true);
  });
});

describe('waiting for robots.txt', () => {
  function openSlow() {
    const clock = handClock();
    const asked: { readonly answer: (text: string) => void; readonly signal: AbortSignal }[] = [];
    const outbound: Outbound = (_request, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ answer: (text) => resolve(file(text)), signal });
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    return { robots: openRobots({ outbound, clock }, { userAgent: 'Tributary/0.1' }), asked };
  }

  test('ends for who leaves, and goes on for the others', async () => {
    const { robots, asked } = openSlow();
    const stop = new AbortController();
    const leaving = robots.permit('https://news.example/a', stop.signal);
    const staying = robots.permit('https://news.example/a', never);
    stop.abort('enough');
    await expect(leaving).rejects.toBe('enough');
    asked[0]!.answer('');
    await expect(staying).resolves.toBeUndefined();
  });

  test('ends the request when the last has left, and who comes then asks anew', async () => {
    const { robots, asked } = openSlow();
    const stop = new AbortController();
    const leaving = robots.permit('https://news.example/a', stop.signal);
    stop.abort('enough');
    await expect(leaving).rejects.toBe('enough');
    expect(asked[0]!.signal.aborted).toBe(true);
    const next = robots.permit('https://news.example/a', never);
    await settled();
    expect(asked).toHaveLength(2);
    asked[1]!.answer('');
    await expect(next).resolves.toBeUndefined();
  });
});
