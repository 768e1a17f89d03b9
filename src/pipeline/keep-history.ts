import { StageError } from '../model/errors.ts';
import type { Outbound, OutboundRequest, OutboundResponse } from '../model/outbound.ts';
import type { HistoryKind, HistoryQuestion, HistoryStore, KeptAnswer, Outcome } from '../store/history-store.ts';
import type { Clock } from '../support/clock.ts';
import { sha256 } from '../support/hash.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { entriesTold } from './entries-told.ts';

/** Listens to what is asked for and answered, and keeps it, some at a time. */
export type HistoryKeeper = {
  listening(kind: HistoryKind, outbound: Outbound): Outbound;
  /** Keeps what was heard since. Throws StageError where the store does; then it waits for the next flush. */
  flush(): Promise<void>;
  /** Drops what is too old or too much. */
  prune(): Promise<void>;
};

export type HistoryBounds = { readonly days: number; readonly megabytes: number };

/** So many answers, or so many bytes, wait to be kept; a kill loses no more. */
const MOST_WAITING = 32;
const MOST_WAITING_BYTES = 4 * 1024 * 1024;
/** What a database refuses waits beside what is new; so many times as much in all, then the oldest goes. */
const MOST_REFUSED_TIMES = 4;

/** Headers that somebody reads: what an answer is made of, and how it is asked for again. */
const KEPT_HEADERS = ['content-type', 'content-location', 'link', 'x-robots-tag', 'etag', 'last-modified'];
/** Headers that say nothing of what is asked for: what we know of it, and how fresh it has to be. */
const NOT_ASKED_BY = new Set(['accept', 'cache-control', 'if-none-match', 'if-modified-since']);

/** That it was asked for with secrets, of which nothing is kept. No header has such a name. */
const AS_SUBSCRIBER = 'as a subscriber';

type Heard = HistoryQuestion & { readonly at: Instant; readonly outcome: Outcome | 'unchanged' };

/** @param bounds of no days or no megabytes: nothing is kept, and what was is dropped. */
export function openHistoryKeeper(
  { history, clock }: { readonly history: HistoryStore; readonly clock: Clock },
  bounds: HistoryBounds,
): HistoryKeeper {
  const inTurn = oneAtATime();
  let waiting: readonly Heard[] = [];
  let fresh = { count: 0, bytes: 0 };
  const isOff = bounds.days === 0 || bounds.megabytes === 0;

  const flush = (): Promise<void> =>
    inTurn(async () => {
      const some = waiting;
      waiting = [];
      fresh = { count: 0, bytes: 0 };
      try {
        const answers = some.flatMap((one) => (one.outcome === 'unchanged' ? [] : [{ ...one, outcome: one.outcome }]));
        const outdone = saidAnew(some);
        await history.keepUnchanged(some.filter((one) => outdone.has(one)));
        await history.keep(await withWhatTheyTell(history, answers));
        await history.keepUnchanged(some.filter((one) => one.outcome === 'unchanged' && !outdone.has(one)));
      } catch (error) {
        waiting = newestOf([...some, ...waiting]);
        throw error;
      }
    });
  const noted = async (question: HistoryQuestion, outcome: Heard['outcome']): Promise<void> => {
    const one = { ...question, at: clock.now(), outcome };
    waiting = newestOf([...waiting, one]);
    fresh = { count: fresh.count + 1, bytes: fresh.bytes + bytesOf(one) };
    if (fresh.count < MOST_WAITING && fresh.bytes < MOST_WAITING_BYTES) return;
    try {
      await flush();
    } catch (error) {
      // It waits for the next turn; that the history cannot be kept makes no answer a worse one.
      if (!(error instanceof StageError)) throw error;
    }
  };

  return {
    listening(kind, outbound) {
      if (isOff) return outbound;
      return async (request, signal) => {
        const question = historyQuestion(kind, request);
        let response: OutboundResponse;
        try {
          response = await outbound(request, signal);
        } catch (error) {
          if (!signal.aborted && error instanceof StageError) await noted(question, failureOf(error));
          throw error;
        }
        const isUnchanged = response.status === 304;
        await noted(question, isUnchanged ? 'unchanged' : { kind: 'answered', response: kept(response) });
        return response;
      };
    },
    flush,
    async prune() {
      const from = isOff ? '9999' : plusSeconds(clock.now(), -bounds.days * 86_400);
      await history.prune({ from, mostBytes: isOff ? 0 : bounds.megabytes * 1024 * 1024 });
    },
  };
}

/** Works on the history; that the store refuses it is told, and no more: nothing else depends on the history. */
export async function historyOrTell(log: Log, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    log.warn('the history could not be kept', { code: error.code, reason: error.message });
  }
}

/** Of those who said that nothing has changed, those who said or failed otherwise later on. */
function saidAnew(heard: readonly Heard[]): ReadonlySet<Heard> {
  const later = new Set<string>();
  const outdone = new Set<Heard>();
  for (const one of heard.toReversed()) {
    const question = JSON.stringify([one.kind, one.url, one.askedAs]);
    if (one.outcome !== 'unchanged') later.add(question);
    else if (later.has(question)) outdone.add(one);
  }
  return outdone;
}

/** Looks into the feeds that may tell of what is retracted: these alone, as to read a feed costs more than to keep it. */
async function withWhatTheyTell(history: HistoryStore, answers: readonly KeptAnswer[]): Promise<readonly KeptAnswer[]> {
  const feeds = answers.flatMap(({ kind, url, outcome }) =>
    kind === 'feed' && outcome.kind === 'answered' ? [url] : [],
  );
  const doubtful = feeds.length === 0 ? new Set() : await history.doubtful(feeds);
  if (doubtful.size === 0) return answers;
  return Promise.all(
    answers.map(async (one) =>
      one.kind === 'feed' && one.outcome.kind === 'answered' && doubtful.has(one.url)
        ? { ...one, tells: await entriesTold(one.outcome.response) }
        : one,
    ),
  );
}

/** By what the answer to a request is kept, and found again. */
export function historyQuestion(
  kind: HistoryKind,
  { url, headers = {}, secretHeaders }: Pick<OutboundRequest, 'url' | 'headers' | 'secretHeaders'>,
): HistoryQuestion {
  const own = Object.entries(headers).filter(([name]) => !NOT_ASKED_BY.has(name));
  own.sort(([a], [b]) => (a < b ? -1 : 1));
  // A page may be asked for by other sources too: what subscribers read is not theirs. A feed's address is one source's.
  if (kind === 'page' && secretHeaders !== undefined) own.push(['', AS_SUBSCRIBER]);
  return { kind, url, askedAs: own.length === 0 ? '' : sha256(JSON.stringify(own)) };
}

/** As many of the last as may wait. */
function newestOf(heard: readonly Heard[]): readonly Heard[] {
  let from = heard.length;
  let bytes = 0;
  for (; from > 0 && heard.length - from < MOST_REFUSED_TIMES * MOST_WAITING; from--) {
    bytes += bytesOf(heard[from - 1]!);
    if (bytes > MOST_REFUSED_TIMES * MOST_WAITING_BYTES && from < heard.length) break;
  }
  return heard.slice(from);
}

function bytesOf({ outcome }: Heard): number {
  return outcome !== 'unchanged' && outcome.kind === 'answered' ? outcome.response.body.byteLength : 0;
}

function failureOf({ code, detail, retryAfterSeconds }: StageError): Outcome {
  return { kind: 'failed', code, detail, retryAfterSeconds };
}

function kept(response: OutboundResponse): OutboundResponse {
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...response, headers: Object.fromEntries(headers) };
}
