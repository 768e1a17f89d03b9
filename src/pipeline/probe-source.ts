import { entryMarks } from '../admit/entry-marks.ts';
import { fetchFeed } from '../fetch/fetch-feed.ts';
import { ERRORS, StageError } from '../model/errors.ts';
import type { Feed } from '../model/feed.ts';
import type { Alias, KnownEntry } from '../model/ledger.ts';
import type { Outbound } from '../model/outbound.ts';
import type { Source, SourceState } from '../model/source.ts';
import { parseFeed } from '../parse/parse-feed.ts';
import type { Clock } from '../support/clock.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { describeFeed, type FeedDescription } from './describe-feed.ts';
import { isHeldOff } from './next-check.ts';
import { feedBounds } from './source-limits.ts';
import { suggestSettings, type Looked, type Suggestion } from './suggest-settings.ts';

export type ProbeTools = {
  readonly outbound: Outbound;
  readonly clock: Clock;
  /** What environment variables hold; absent: none is set. */
  readonly secretOf?: (name: string) => string | null;
  readonly limits: { readonly maxFeedBytes: number; readonly timeoutMs: number };
};

/** What is stored already; read alone. */
export type ProbeMemory = {
  stateOf(source: Source): SourceState | null;
  knownEntries(sourceId: string, aliases: readonly Alias[]): Promise<readonly KnownEntry[]>;
};

/** What one source was found to be, asked once. */
export type ProbeReport = { readonly sourceId: string; readonly title: string; readonly url: string } & (
  | {
      readonly outcome: 'well';
      /** Where it has moved for good (301, 308); null: it has not. */
      readonly movedTo: string | null;
      readonly feed: FeedDescription;
      readonly suggestions: readonly Suggestion[];
    }
  | { readonly outcome: 'failed'; readonly code: string; readonly reason: string; readonly advice: string }
  /** Not asked: its server has asked to be left alone. */
  | { readonly outcome: 'waiting'; readonly reason: string }
);

/** Asks each source once, some at a time, and stores nothing: reports in order of completion. */
export function probeSources(
  tools: ProbeTools,
  {
    sources,
    memory,
    atOnce,
  }: {
    readonly sources: readonly Source[];
    readonly memory: ProbeMemory | null;
    readonly atOnce: number;
  },
  signal: AbortSignal,
): AsyncIterable<ProbeReport> {
  return mapConcurrently(sources, atOnce, (source) => probeSource(tools, source, memory, signal));
}

/** Asks a source as a refresh would, but for validators: the whole feed is looked at. */
export async function probeSource(
  tools: ProbeTools,
  source: Source,
  memory: ProbeMemory | null,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const { clock, limits } = tools;
  const { id: sourceId, title, url } = source;
  const state = memory?.stateOf(source) ?? null;
  if (state !== null && isHeldOff(state, clock.now())) {
    const reason = `its server asked us to wait until ${state.retryAfterUntil}`;
    return { sourceId, title, url, outcome: 'waiting', reason };
  }
  try {
    const fetched = await fetchFeed(tools, { source, state: null, ...feedBounds(source, limits) }, signal);
    if (fetched.kind === 'not-modified') throw new StageError('fetch-bad-answer', { url });
    const feed = await parseFeed(fetched.body, fetched);
    const description = describeFeed(feed, fetched);
    const guids = await changedGuids(feed, source, memory);
    const looked: Looked = { feed, description, movedTo: fetched.movedTo, guids, now: clock.now() };
    const suggestions = suggestSettings(source, looked);
    return { sourceId, title, url, outcome: 'well', movedTo: fetched.movedTo, feed: description, suggestions };
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    const { code, message: reason } = error;
    return { sourceId, title, url, outcome: 'failed', code, reason, advice: ERRORS[code].advice };
  }
}

/** Entries that are known by their links, and under another guid. */
async function changedGuids(
  feed: Feed,
  { id, identity }: Source,
  memory: ProbeMemory | null,
): Promise<Looked['guids']> {
  if (memory === null || identity !== 'guid') return { known: 0, changed: 0 };
  const marks = entryMarks(feed.entries, 'guid');
  const known = await memory.knownEntries(
    id,
    marks.flatMap(({ aliases }) => aliases),
  );
  const knownAliases = (kind: Alias['kind']): ReadonlySet<string> =>
    new Set(known.flatMap(({ aliases }) => aliases.filter((alias) => alias.kind === kind).map(({ value }) => value)));
  const [links, guids] = [knownAliases('link'), knownAliases('guid')];
  const met = marks.filter(({ link, ownGuid }) => ownGuid !== null && link !== null && links.has(link));
  return { known: met.length, changed: met.filter(({ ownGuid }) => !guids.has(ownGuid!)).length };
}
