import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openQuotas, type PublishedDates, type Quotas } from '../../../src/curate/holds/quotas.ts';
import type { Quota } from '../../../src/model/rule.ts';
import { instantFrom } from '../../../src/support/instant.ts';

type Asked = Parameters<Quotas['admit']>[0];

const at = (hour: number): string => instantFrom(Date.UTC(2026, 10, 20) + hour * 3_600_000);
const reasons = (...topicIds: readonly string[]): { topicId: string; reason: string }[] =>
  topicIds.map((topicId) => ({ topicId, reason: 'it has the word' }));

function quotasOf(given: {
  readonly topics?: Readonly<Record<string, Quota | null>>;
  readonly sources?: Readonly<Record<string, Quota | null>>;
  readonly published?: Partial<PublishedDates>;
}): { readonly ask: (given: Partial<Asked>) => string; readonly why: (given: Partial<Asked>) => string } {
  const quotas = openQuotas({
    topics: Object.entries(given.topics ?? {}).map(([id, quota]) => ({ id, title: id.toUpperCase(), quota })),
    sources: new Map(Object.entries(given.sources ?? {}).map(([id, quota]) => [id, { quota }])),
    published: { topics: new Map(), sources: new Map(), ...given.published },
  });
  const admit = (asked: Partial<Asked>): ReturnType<Quotas['admit']> =>
    quotas.admit({
      topics: reasons('world'),
      before: [],
      leadSourceId: 'harbour',
      published: at(0),
      approved: false,
      ...asked,
    });
  return {
    ask: (asked) =>
      admit(asked)
        .topics.map(({ topicId }) => topicId)
        .join(),
    why: (asked) =>
      admit(asked)
        .without.map(({ topicId, reason }) => `${topicId}: ${reason}`)
        .join('; '),
  };
}

describe('a quota', () => {
  test('of a topic lets so many stories in, and says why no more', () => {
    const { ask, why } = quotasOf({ topics: { world: { most: 2, hours: 24 } } });
    expect([1, 2, 3].map((hour) => ask({ published: at(hour) }))).toEqual(['world', 'world', '']);
    expect(why({ published: at(4) })).toBe('world: the topic "WORLD" has its 2 in 24 hours already');
  });

  test('of a source lets so many of its stories be published, whatever topics they go to', () => {
    const { ask, why } = quotasOf({ sources: { harbour: { most: 2, hours: 1 } } });
    expect(['world', 'sport', 'city'].map((topic) => ask({ topics: reasons(topic) }))).toEqual(['world', 'sport', '']);
    expect(why({ topics: reasons('world', 'city') })).toBe(
      'world: its source has its 2 in one hour already; city: its source has its 2 in one hour already',
    );
    expect(ask({ leadSourceId: 'wire' })).toBe('world');
  });

  test('counts what was published before', () => {
    const published = { topics: new Map([['world', [at(20), at(1)]]]), sources: new Map([['harbour', [at(30)]]]) };
    expect(quotasOf({ topics: { world: { most: 2, hours: 24 } }, published }).ask({ published: at(21) })).toBe('');
    expect(quotasOf({ topics: { world: { most: 2, hours: 24 } }, published }).ask({ published: at(25) })).toBe('world');
    expect(quotasOf({ sources: { harbour: { most: 1, hours: 4 } }, published }).ask({ published: at(33) })).toBe('');
    expect(quotasOf({ sources: { harbour: { most: 1, hours: 4 } }, published }).ask({ published: at(34) })).toBe(
      'world',
    );
  });

  test('counts by the dates of stories, so that a week that comes at once comes whole', () => {
    const { ask } = quotasOf({ topics: { world: { most: 1, hours: 24 } } });
    expect([0, 24, 48, 72, 80, 96].map((hour) => ask({ published: at(hour) }))).toEqual([
      'world',
      'world',
      'world',
      'world',
      '',
      'world',
    ]);
  });

  test('counts what comes late among what was before it and behind it', () => {
    const { ask } = quotasOf({ topics: { world: { most: 2, hours: 24 } } });
    expect([10, 30, 20, 35, 7].map((hour) => ask({ published: at(hour) }))).toEqual([
      'world',
      'world',
      '',
      'world',
      '',
    ]);
  });

  test('never takes back a topic that a story is in, and does not count it twice', () => {
    const published = { topics: new Map([['world', [at(1), at(2), at(3)]]]) };
    const { ask } = quotasOf({ topics: { world: { most: 1, hours: 24 } }, published });
    expect(ask({ published: at(2), before: reasons('world') })).toBe('world');
    const wider = quotasOf({ topics: { world: { most: 4, hours: 24 } }, published });
    expect(wider.ask({ published: at(2), before: reasons('world') })).toBe('world');
    expect([wider.ask({ published: at(4) }), wider.ask({ published: at(5) })]).toEqual(['world', '']);
  });

  test('of a source says nothing to a story that is published already, where it comes into one more topic', () => {
    const published = { sources: new Map([['harbour', [at(1)]]]) };
    const { ask } = quotasOf({ sources: { harbour: { most: 1, hours: 24 } }, published });
    expect(ask({ published: at(1), before: reasons('world'), topics: reasons('world', 'city') })).toBe('world,city');
  });

  test('keeps a story out of one topic and lets it into another; then its source’s quota counts it', () => {
    const { ask } = quotasOf({
      topics: { world: { most: 1, hours: 24 }, city: null },
      sources: { harbour: { most: 2, hours: 24 } },
    });
    expect(ask({})).toBe('world');
    expect(ask({ topics: reasons('world', 'city') })).toBe('city');
    expect(ask({ topics: reasons('city') })).toBe('');
  });

  test('of a source does not count a story that its topics’ quotas keep out', () => {
    const { ask } = quotasOf({
      topics: { world: { most: 1, hours: 24 } },
      sources: { harbour: { most: 2, hours: 24 } },
    });
    expect([ask({}), ask({}), ask({ topics: reasons('city') })]).toEqual(['world', '', 'city']);
  });

  test('gives way to the operator’s approval, which counts', () => {
    const { ask } = quotasOf({
      topics: { world: { most: 1, hours: 24 } },
      sources: { harbour: { most: 1, hours: 24 } },
    });
    expect([{ approved: true }, { approved: true }, {}].map(ask)).toEqual(['world', 'world', '']);
  });

  test('that is not there keeps nothing out', () => {
    const { ask } = quotasOf({ topics: { world: null }, sources: { harbour: null } });
    expect(Array.from({ length: 50 }, () => ask({}))).toEqual(Array.from({ length: 50 }, () => 'world'));
    expect(ask({ topics: [] })).toBe('');
  });
});

test('whatever the order of dates, no span of hours holds more than it may, and nothing is kept out without need', () => {
  const seen = { taken: 0, refused: 0 };
  const fullest = (hours: readonly number[], span: number): number =>
    Math.max(0, ...hours.map((from) => hours.filter((hour) => hour >= from && hour - from < span).length));
  fc.assert(
    fc.property(
      fc.record({
        most: fc.integer({ min: 1, max: 5 }),
        hours: fc.integer({ min: 1, max: 30 }),
        stored: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 }),
        dates: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 40 }),
      }),
      ({ most, hours, stored, dates }) => {
        const held: number[] = stored.filter(
          (hour, place) => fullest([...stored.slice(0, place), hour], hours) <= most,
        );
        const published = { topics: new Map([['world', held.map(at)]]) };
        const { ask } = quotasOf({ topics: { world: { most, hours } }, published });
        for (const hour of dates) {
          const fits = fullest([...held, hour], hours) <= most;
          expect(ask({ published: at(hour) })).toBe(fits ? 'world' : '');
          if (fits) held.push(hour);
          seen[fits ? 'taken' : 'refused']++;
        }
      },
    ),
    { numRuns: 200, seed: 5 },
  );
  expect(seen.taken).toBeGreaterThan(500);
  expect(seen.refused).toBeGreaterThan(500);
});
