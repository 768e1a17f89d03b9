import { describe, expect, test } from '@jest/globals';
import { doubtsOf, type DoubtsWorld } from '../../src/config/doubts.ts';
import { readSourcesFile, type OrderRead } from '../../src/config/sources-file.ts';
import type { Source } from '../../src/model/source.ts';

// When, how and by which way a source is asked: adaptive, limits, auth, proxy.

const judges = { scheduleFault: () => null, selectorFault: () => null };
const read = (source: object, defaults: object = {}) =>
  readSourcesFile(
    new TextEncoder().encode(
      JSON.stringify({
        site: { title: 'The Confluence', url: 'https://news.example.org/' },
        defaults,
        topics: [{ id: 'world', title: 'World', match: { any: ['river'] } }],
        sources: [{ id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed.xml', ...source }],
      }),
    ),
    judges,
  );
const rightRead = (source: object, defaults: object = {}): OrderRead => {
  const reading = read(source, defaults);
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading;
};
const sourceOf = (source: object, defaults: object = {}): Source => rightRead(source, defaults).order.sources[0]!;
const faultsOf = (source: object, defaults: object = {}): readonly string[] => {
  const reading = read(source, defaults);
  return 'faults' in reading ? reading.faults.map(({ path, message }) => `${path} ${message}`) : [];
};

describe('an adaptive source', () => {
  const often = { min: '10m', max: '2h' };
  test('has its bounds, of the program where it says none', () => {
    expect(sourceOf({ adaptive: often }).adaptive).toEqual({ minSeconds: 600, maxSeconds: 7200 });
    expect(sourceOf({ adaptive: {} }).adaptive).toEqual({ minSeconds: 900, maxSeconds: 21_600 });
    expect(sourceOf({}).adaptive).toBeNull();
  });

  test('and one with a schedule stand for each other: what a source says itself holds', () => {
    const slow = { schedule: '0 6 * * *' };
    expect(sourceOf({}, { adaptive: often }).adaptive).toEqual({ minSeconds: 600, maxSeconds: 7200 });
    expect(sourceOf(slow, { adaptive: often })).toMatchObject({ ...slow, adaptive: null });
    expect(sourceOf({ adaptive: often }, slow).adaptive).toEqual({ minSeconds: 600, maxSeconds: 7200 });
    const twice = 'adaptive stands in the place of "schedule", which is given as well; take one of the two out';
    expect(faultsOf({ ...slow, adaptive: often })).toEqual([`sources[0].${twice}`]);
    expect(faultsOf({}, { ...slow, adaptive: often })).toEqual([`defaults.${twice}`]);
  });

  test.each([
    [true, 'adaptive is true, but must be an object {…}, as { "min": "10m", "max": "12h" }'],
    [{ min: 15 }, 'adaptive.min is 15, but must be a text in quotes, as "10m"'],
    [{ min: '15' }, 'adaptive.min must be a time, as "15m", "6h" or "2d" (it is "15")'],
    [{ max: '30d' }, 'adaptive.max must be at most "7d" (it is "30d")'],
    [{ max: '99999d' }, 'adaptive.max must be at most "7d" (it is "99999d")'],
    [{ min: '0m' }, 'adaptive.min must be a time, as "15m", "6h" or "2d" (it is "0m")'],
    [{ min: '2h', max: '1h' }, 'adaptive.min must not be longer than "max", which is "1h" (it is "2h")'],
    [{ minimum: '15m' }, 'adaptive.minimum is not a known setting — did you mean "min"?; known here: min, max, note'],
  ])('is refused with %j', (adaptive, fault) => {
    expect(faultsOf({ adaptive })).toEqual([`sources[0].${fault}`]);
  });
});

describe('limits', () => {
  test('are those that a source names, and the program’s otherwise', () => {
    expect(sourceOf({ limits: { timeoutSeconds: 5, entriesPerRefresh: 20 } }).limits).toEqual({
      maxFeedBytes: null,
      maxPageBytes: null,
      timeoutSeconds: 5,
      entriesPerRefresh: 20,
    });
    expect(Object.values(sourceOf({}).limits)).toEqual([null, null, null, null]);
  });

  test.each([
    [5, 'limits is 5, but must be an object {…}, as { "timeoutSeconds": 10, "entriesPerRefresh": 50 }'],
    [{ maxFeedBytes: '2MB' }, 'limits.maxFeedBytes is "2MB", but must be a number, as 2000000'],
    [{ maxFeedBytes: '2000000' }, 'limits.maxFeedBytes is "2000000", but must be a number, without quotation marks'],
    [{ timeoutSeconds: 0 }, 'limits.timeoutSeconds is 0, but must be at least 1'],
    [{ entriesPerRefresh: 1.5 }, 'limits.entriesPerRefresh is 1.5, but must be a whole number, as 50'],
    [
      { timeout: 5 },
      'limits.timeout is not a known setting — did you mean "timeoutSeconds"?; known here: maxFeedBytes, maxPageBytes, timeoutSeconds, entriesPerRefresh, note',
    ],
  ])('are refused with %j', (limits, fault) => {
    expect(faultsOf({ limits })).toEqual([`sources[0].${fault}`]);
  });
});

describe('auth', () => {
  test('is a user and a password, a token, headers, or headers besides', () => {
    const headersEnv = { 'X-Api-Key': 'KEY' };
    expect(sourceOf({}).auth).toBeNull();
    expect(sourceOf({ auth: { userEnv: 'USER', passwordEnv: 'PASSWORD' } }).auth).toEqual({
      scheme: { kind: 'basic', userEnv: 'USER', passwordEnv: 'PASSWORD' },
      headerEnvs: {},
    });
    expect(sourceOf({ auth: { tokenEnv: 'TOKEN', headersEnv } }).auth).toEqual({
      scheme: { kind: 'bearer', tokenEnv: 'TOKEN' },
      headerEnvs: { 'x-api-key': 'KEY' },
    });
    expect(sourceOf({ auth: { headersEnv } }).auth).toEqual({ scheme: null, headerEnvs: { 'x-api-key': 'KEY' } });
  });

  const NAME = 'and never the secret itself (it is not shown)';
  test.each([
    [{}, ['auth must name what is sent, by userEnv and passwordEnv, tokenEnv or headersEnv']],
    [{ userEnv: 'A' }, ['auth must have both userEnv and passwordEnv, or neither']],
    [
      { userEnv: 'A', passwordEnv: 'B', tokenEnv: 'C' },
      ['auth must have userEnv and passwordEnv, or tokenEnv; a request has room for one of them'],
    ],
    [
      { tokenEnv: 'A', headersEnv: { Authorization: 'B' } },
      ['auth sets the header "authorization" twice: by headersEnv, and by what stands beside it'],
    ],
    [
      { userEnv: 'me', passwordEnv: 'hunter2' },
      [
        `auth.userEnv must be the name of an environment variable in capitals, as "HARBOUR_USER", ${NAME}`,
        `auth.passwordEnv must be the name of an environment variable in capitals, as "HARBOUR_PASSWORD", ${NAME}`,
      ],
    ],
    ['hunter2', ['auth must be an object {…}, as { "userEnv": "HARBOUR_USER", "passwordEnv": "HARBOUR_PASSWORD" }']],
    [
      { password: 'hunter2', tokenEnv: 'A' },
      [
        'auth.password is not a known setting — did you mean "passwordEnv"?; known here: userEnv, passwordEnv, tokenEnv, headersEnv, note',
      ],
    ],
    [
      { headersEnv: { 'x y': 'A', Host: 'B', 'x-key': 'hunter2' } },
      [
        `auth.headersEnv.x-key must be the name of an environment variable in capitals, as "HARBOUR_KEY", ${NAME}`,
        'auth.headersEnv."x y" is not the name of a header (it is not shown)',
        'auth.headersEnv.Host is a header that cannot be set here (it is not shown)',
      ],
    ],
  ])('is refused with %j, and no secret is repeated', (auth, faults) => {
    const told = faultsOf({ auth });
    expect(told).toEqual(faults.map((fault) => `sources[0].${fault}`));
    expect(told.join()).not.toContain('hunter2');
  });
});

describe('a proxy', () => {
  test('is the address of one, or none', () => {
    expect(sourceOf({}).proxy).toBeNull();
    for (const proxy of ['none', 'http://proxy.example:3128', 'https://10.0.0.1/'])
      expect(sourceOf({ proxy }).proxy).toBe(proxy);
  });

  test.each([
    ['proxy.example:3128', 'must begin with https:// or http://'],
    ['direct', 'must be a whole address'],
    ['socks5://proxy.example:1080', 'is a SOCKS proxy; only HTTP proxies can be used'],
    ['http://proxy.example/way', 'must end with its port'],
    ['http://me:hunter2@proxy.example:3128', 'must not hold a user name or password; set TRIBUTARY_PROXY'],
  ])('is refused with %s', (proxy, fault) => {
    const [told = '', ...others] = faultsOf({ proxy });
    expect(told.startsWith(`sources[0].proxy ${fault}`) ? fault : told).toBe(fault);
    expect([others, told.includes('hunter2')]).toEqual([[], false]);
  });
});

describe('doubts', () => {
  const world = (given: Partial<DoubtsWorld> = {}): DoubtsWorld => ({
    refusalOfHost: () => null,
    secretOf: (name) => (name === 'SET' ? 'planted' : null),
    ...given,
  });
  const doubtsIn = (source: object, given: Partial<DoubtsWorld> = {}): readonly string[] =>
    doubtsOf(rightRead(source), world(given));

  test('there are none where all is said and set', () => {
    expect(doubtsIn({ auth: { tokenEnv: 'SET' }, republish: 'excerpt' })).toEqual([]);
    expect(doubtsIn({ auth: { tokenEnv: 'NOT_SET' }, republish: 'link', enabled: false })).toEqual([
      'every source is switched off ("enabled": false)',
    ]);
  });

  test('a variable that is not set is named, each once', () => {
    const auth = { userEnv: 'READER', passwordEnv: 'PASSWORD', headersEnv: { 'x-a': 'READER', 'x-b': 'SET' } };
    expect(doubtsIn({ auth, republish: 'link' })).toEqual(
      ['READER', 'PASSWORD'].map(
        (name) =>
          `source "harbour" cannot be asked: the environment variable ${name}, which its "auth" names, is not set; set it where the program is started`,
      ),
    );
  });

  test('what is behind a password is published by default only with a doubt', () => {
    expect(doubtsIn({ auth: { tokenEnv: 'SET' } })).toEqual([
      'source "harbour" is behind "auth", and yet its texts are published by default (full); say "republish" in it, as its publisher has allowed',
    ]);
    expect(doubtsIn({ auth: { tokenEnv: 'SET' }, republish: 'full' })).toEqual([]);
  });

  test('a secret that goes unencrypted is told of', () => {
    const source = { auth: { tokenEnv: 'SET' }, republish: 'link', url: 'http://harbour.example/feed.xml' };
    expect(doubtsIn(source)).toEqual([
      'source "harbour" is sent its "auth" unencrypted, where others on the way can read it; use an https address',
    ]);
  });

  test('a limit beyond the program’s does nothing', () => {
    const limits = { maxFeedBytes: 1000, maxPageBytes: 2000, timeoutSeconds: 30 };
    expect(doubtsIn({ limits: { maxFeedBytes: 1000, timeoutSeconds: 60 } }, { limits })).toEqual([
      'source "harbour" has limits.timeoutSeconds 60, but the program’s own 30 holds, which is less',
    ]);
  });
});
