import { describe, expect, test } from '@jest/globals';
import { entryMarks } from '../../src/admit/entry-marks.ts';
import { StageError } from '../../src/model/errors.ts';
import type { Entry } from '../../src/model/feed.ts';
import type { Source } from '../../src/model/source.ts';
import { probeSource, probeSources, type ProbeMemory, type ProbeReport } from '../../src/pipeline/probe-source.ts';
import { newState } from '../../src/pipeline/source-state.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { aSource, anEntry } from '../support/an-entry.ts';
import { openAnswers, type Answers } from '../support/answers.ts';

const NOW = '2026-11-24T12:00:00Z';
const URL = 'https://harbour.example/feed.xml';
const signal = new AbortController().signal;
const WORDS = 'The ferry leaves the harbour at noon and comes back in the evening with the post. '.repeat(10);
const HOUR_S = 3600;

/** So many entries, one every so many hours, the newest now. */
function feed(
  count: number,
  everyHours: number,
  more: (at: number) => { readonly guid?: string; readonly text?: string } = () => ({}),
): string {
  const entries = Array.from({ length: count }, (_, at) => {
    const { guid = `urn:n:${at}`, text = WORDS } = more(at);
    return `<entry><id>${guid}</id><link href="https://harbour.example/${at}"/><title>Story ${at}</title><updated>${plusSeconds(NOW, -at * everyHours * HOUR_S)}</updated><content>${text}</content></entry>`;
  });
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title>${entries.join('')}</feed>`;
}

async function probe(
  answer: Answers[string],
  source: Partial<Source> = {},
  memory: ProbeMemory | null = null,
): Promise<ProbeReport> {
  const { outbound } = openAnswers({ [URL]: answer });
  const tools = { outbound, clock: stoppedClock(NOW), limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 } };
  return await probeSource(tools, aSource({ schedule: '0 * * * *', ...source }), memory, signal);
}

const settings = async (...given: Parameters<typeof probe>): Promise<readonly string[]> => {
  const report = await probe(...given);
  return report.outcome === 'well' ? report.suggestions.map(({ setting }) => setting) : [report.outcome];
};

test('a source that answers is told with what it holds', async () => {
  expect(await probe(feed(10, 2).replace('<title>Story 3</title>', '<title>Tom & Co</title>'))).toEqual({
    sourceId: 'harbour',
    title: 'Harbour News',
    url: URL,
    outcome: 'well',
    movedTo: null,
    feed: expect.objectContaining({
      format: 'atom',
      entries: 10,
      newest: NOW,
      bodies: 'whole',
      repairs: ['an ampersand is not escaped'],
    }),
    suggestions: [],
  });
});

test('a source that fails is told with its reason and what would help', async () => {
  expect(await probe(new StageError('fetch-gone', { url: URL }))).toMatchObject({
    outcome: 'failed',
    code: 'fetch-gone',
    reason: expect.stringContaining('410'),
    advice: expect.stringContaining('remove the source'),
  });
  expect(await probe('<html><title>Welcome</title></html>')).toMatchObject({ outcome: 'failed', code: 'feed-is-html' });
});

test('a source whose server wants to be left alone is not asked', async () => {
  const memory = {
    stateOf: (source: Source) => ({ ...newState(source), retryAfterUntil: '2026-11-24T13:00:00Z' }),
    knownEntries: async () => [],
  };
  const { outbound, asked } = openAnswers({});
  const tools = { outbound, clock: stoppedClock(NOW), limits: { maxFeedBytes: 1000, timeoutMs: 1000 } };
  const reports: ProbeReport[] = [];
  for await (const report of probeSources(tools, { sources: [aSource()], memory, atOnce: 2 }, signal))
    reports.push(report);
  expect(reports).toMatchObject([{ outcome: 'waiting', reason: expect.stringContaining('2026-11-24T13:00:00Z') }]);
  expect(asked).toEqual([]);
});

describe('what would suit better', () => {
  test('is the address to which it has moved for good, and not one for today', async () => {
    const moved = (status: number): Answers[string] => ({
      text: feed(10, 2),
      url: 'https://new.example/feed',
      redirects: [{ status, url: 'https://new.example/feed' }],
    });
    expect(await settings(moved(301))).toEqual(['url=https://new.example/feed']);
    expect(await settings(moved(302))).toEqual([]);
  });

  test('is the page where the feed holds excerpts, the feed where it holds all', async () => {
    const excerpts = feed(10, 2, () => ({ text: 'The beginning of it …' }));
    expect(await settings(excerpts, { content: 'feed' })).toEqual(['content=page']);
    expect(await settings(excerpts, { content: 'auto' })).toEqual([]);
    expect(await settings(feed(10, 2), { content: 'page' })).toEqual(['content=feed']);
    expect(await settings(feed(10, 2), { content: 'page', select: 'main' })).toEqual([]);
    expect(await settings(feed(10, 2), { content: 'feed' })).toEqual([]);
  });

  test('is the link where entries share a guid', async () => {
    const shared = feed(10, 2, (at) => (at < 4 ? { guid: 'urn:same' } : {}));
    expect(await settings(shared)).toEqual(['identity=link']);
    expect(await settings(shared, { identity: 'link' })).toEqual([]);
    expect(await settings(shared.replaceAll(/<link [^>]*>/g, ''))).toEqual(['identity=title']);
  });

  test('is the link where the guids of known entries have changed', async () => {
    const known = (guid: (at: number) => string): ProbeMemory => {
      const entries: Entry[] = Array.from({ length: 10 }, (_, at) =>
        anEntry({ id: guid(at), link: `https://harbour.example/${at}`, title: `Story ${at}` }),
      );
      const ledger = entryMarks(entries, 'guid').map(({ aliases, entryId, digest }) => ({
        articleId: entryId,
        sourceId: 'harbour',
        entryId,
        digest,
        aliases,
        firstSeenAt: NOW,
        state: 'published' as const,
      }));
      return { stateOf: () => null, knownEntries: async () => ledger };
    };
    expect(
      await settings(
        feed(10, 2),
        {},
        known((at) => `urn:n:${at}`),
      ),
    ).toEqual([]);
    expect(
      await settings(
        feed(10, 2),
        {},
        known((at) => `urn:session:${at}`),
      ),
    ).toEqual(['identity=link']);
  });

  test('is a schedule after its rhythm, each source at a minute of its own', async () => {
    expect(await settings(feed(10, 24), { schedule: '*/15 * * * *' })).toEqual([
      expect.stringMatching(/^schedule=\d+ \*\/3 \* \* \*$/),
    ]);
    expect(await settings(feed(10, 24), { schedule: '0 */6 * * *' })).toEqual([]);
    const adaptive = { minSeconds: 300, maxSeconds: 86_400 };
    expect(await settings(feed(10, 24), { schedule: '*/15 * * * *', adaptive })).toEqual([]);
    expect(await settings(feed(10, 12), { schedule: '*/15 * * * *' })).toEqual([]);
    expect(await settings(feed(10, 24 * 7), { schedule: '0 * * * *' })).toEqual([
      expect.stringMatching(/^schedule=\d+ 4,16 \* \* \*$/),
    ]);
    expect(await settings(feed(3, 24), { schedule: '*/15 * * * *' })).toEqual([]);
    // Twenty entries in two hours: after a day most are gone. Five may be all that there ever were.
    expect(await settings(feed(20, 0.1), { schedule: '0 4 * * *' })).toEqual(['schedule=*/15 * * * *']);
    expect(await settings(feed(5, 0.1), { schedule: '0 4 * * *' })).toEqual([]);
    expect(await settings(feed(20, 0.1), { schedule: '*/15 * * * *' })).toEqual([]);
  });
});
