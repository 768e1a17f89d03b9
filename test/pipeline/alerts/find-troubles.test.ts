import { describe, expect, test } from '@jest/globals';
import { DEFAULT_ALERTS, type AlertState } from '../../../src/model/alert.ts';
import type { Source, SourceState } from '../../../src/model/source.ts';
import { absenceIn, findTroubles, type AlertFacts } from '../../../src/pipeline/alerts/find-troubles.ts';
import { silenceOf } from '../../../src/pipeline/alerts/silence.ts';
import { plusSeconds, type Instant } from '../../../src/support/instant.ts';

const NOW = '2026-11-25T06:00:00Z';
const ago = (hours: number): Instant => plusSeconds(NOW, -hours * 3600);
/** Moments so many hours before now, the oldest first. */
const arrived = (...hours: readonly number[]): Instant[] => hours.toSorted((a, b) => b - a).map(ago);

describe('a source is silent', () => {
  test('after twice its longest usual pause, nights and weekends among them', () => {
    // Every two hours by day, for two weeks; nothing in the last hours.
    const days = Array.from({ length: 14 }, (_, day) => [0, 2, 4, 6, 8].map((hour) => 24 * day + hour + 30)).flat();
    expect(silenceOf(arrived(...days), NOW, 2)).toBeNull();
    const later = plusSeconds(NOW, 4 * 3600);
    expect(silenceOf(arrived(...days), later, 2)).toEqual({ silentMs: 34 * 3_600_000, usualMs: 16 * 3_600_000 });
  });

  test('not sooner because it was once away for long, nor later', () => {
    const usual = [100, 110, 120, 130, 140, 150, 160].map((hours) => hours - 70);
    expect(silenceOf(arrived(...usual, 1000), NOW, 2)).toEqual({ silentMs: 30 * 3_600_000, usualMs: 10 * 3_600_000 });
    expect(silenceOf(arrived(...usual, 1000), NOW, 4)).toBeNull();
  });

  test('not while too little is known of it', () => {
    expect(silenceOf(arrived(500, 499, 498, 497, 496), NOW, 2)).toBeNull();
    expect(silenceOf([], NOW, 2)).toBeNull();
  });
});

const source = (id: string, more: Partial<Source> = {}): Source =>
  ({ id, title: `The ${id}`, enabled: true, content: 'auto', ...more }) as Source;
const failing = { failures: 3, lastFailure: { code: 'fetch-gone', message: 'the server says it is gone', at: NOW } };
const facts = (given: Partial<AlertFacts>): AlertFacts => ({
  sources: [],
  states: new Map(),
  drifts: new Map(),
  arrivals: new Map(),
  refused: [],
  listFaults: 0,
  deadWebhooks: 0,
  disks: [],
  ...given,
});
const keys = (given: Partial<AlertFacts>, settings = DEFAULT_ALERTS): string[] =>
  findTroubles(facts(given), settings, NOW).map(({ key }) => key);

describe('of troubles', () => {
  test('each source has its own, and what is muted or not asked has none', () => {
    const sources = [source('a'), source('b'), source('c', { enabled: false }), source('d', { content: 'feed' })];
    const states = new Map(['a', 'b', 'c'].map((id) => [id, failing as SourceState]));
    const drifts = new Map(['d', 'a'].map((id) => [id, {} as never]));
    expect(keys({ sources, states, drifts }, { ...DEFAULT_ALERTS, mute: ['b'] })).toEqual(['failing a', 'drifted a']);
  });

  test('of many sources at once one is told', () => {
    const sources = Array.from({ length: 12 }, (_, at) => source(`s${at}`));
    const states = new Map(sources.slice(0, 6).map(({ id }) => [id, failing as SourceState]));
    expect(keys({ sources, states })).toEqual(['many-failing']);
    expect(keys({ sources: [...sources, source('one-more')], states })).toHaveLength(6);
  });

  test('the service has its own', () => {
    const given = {
      refused: [{ path: 'feeds/a.atom', reason: 'an entry is missing' }],
      listFaults: 2,
      deadWebhooks: 1,
      disks: [
        { folder: '/data', usedShare: 0.95 },
        { folder: '/output', usedShare: 0.2 },
      ],
    };
    expect(keys(given)).toEqual(['gate', 'list', 'dead-letters', 'disk /data']);
    expect(keys(given, { ...DEFAULT_ALERTS, diskPercent: 96 })).not.toContain('disk /data');
  });
});

describe('that a remembered trouble is not found means', () => {
  const state = (kind: 'failing' | 'silent' | 'drifted' | 'gate', subject: string | null): AlertState => ({
    key: `${kind} ${subject}`,
    kind,
    subject,
    says: '',
    seenFrom: ago(24),
    seenLast: ago(1),
    raisedAt: ago(24),
  });
  const sources = Array.from({ length: 10 }, (_, at) => source(`s${at}`));
  const few = facts({ sources, states: new Map([['s1', failing as SourceState]]) });
  const many = facts({ sources, states: new Map(sources.slice(0, 6).map(({ id }) => [id, failing as SourceState])) });

  test('that it is over, for what is looked at', () => {
    expect(absenceIn(few, DEFAULT_ALERTS)(state('failing', 's0'))).toBe('over');
    expect(absenceIn(few, DEFAULT_ALERTS)(state('gate', null))).toBe('over');
  });

  test('nothing, while many sources fail', () => {
    expect(absenceIn(many, DEFAULT_ALERTS)(state('failing', 's0'))).toBe('unknown');
    expect(absenceIn(many, DEFAULT_ALERTS)(state('drifted', 's0'))).toBe('over');
  });

  test('of a silence that it is over only when something has come', () => {
    const after = (arrivals: readonly Instant[]): string =>
      absenceIn({ ...few, arrivals: new Map([['s0', arrivals]]) }, DEFAULT_ALERTS)(state('silent', 's0'));
    expect([after([]), after(arrived(100, 90)), after(arrived(100, 2))]).toEqual(['unknown', 'unknown', 'over']);
  });

  test('that nobody looks for it, where its source is muted, off or gone', () => {
    const muted = { ...DEFAULT_ALERTS, mute: ['s0'] };
    expect(absenceIn(few, muted)(state('silent', 's0'))).toBe('dropped');
    expect(absenceIn(few, DEFAULT_ALERTS)(state('failing', 'gone'))).toBe('dropped');
  });
});
