import { StageError } from '../../model/errors.ts';
import type { Outbound } from '../../model/outbound.ts';
import type { HistoryKind, HistoryStore } from '../../store/history-store.ts';
import { historyQuestion } from '../keep-history.ts';

/** An address whose answer nobody knows, and what it was wanted for. */
export type NotKept = { readonly kind: HistoryKind; readonly url: string };

export type Replay = {
  answering(kind: HistoryKind): Outbound;
  /** What was asked for in vain, each once, in the order of asking. */
  notKept(): readonly NotKept[];
  /** What was asked for anew. */
  askedNow(): readonly NotKept[];
};

/**
 * An outbound that answers from the history alone, each address as it answered last. Whoever names an earlier version of
 * what is not kept is told that it is still that. What is not kept otherwise is asked of `anew`, or (null) fails.
 */
export function openReplay(history: Pick<HistoryStore, 'latest'>, anew: Outbound | null): Replay {
  const notKept = new Map<string, NotKept>();
  const askedNow = new Map<string, NotKept>();
  return {
    notKept: () => [...notKept.values()],
    askedNow: () => [...askedNow.values()],
    answering: (kind) => async (request, signal) => {
      signal.throwIfAborted();
      const { url, headers = {} } = request;
      const known = (await history.latest(historyQuestion(kind, request)))?.outcome;
      const [etag, lastModified] = [headers['if-none-match'], headers['if-modified-since']];
      if (known === undefined) {
        if (etag !== undefined || lastModified !== undefined)
          return { url, status: 304, headers: {}, body: NOTHING, redirects: [] };
        if (anew === null) {
          notKept.set(`${kind} ${url}`, { kind, url });
          throw new StageError('fetch-not-kept', { url });
        }
        askedNow.set(`${kind} ${url}`, { kind, url });
        return anew(request, signal);
      }
      if (known.kind === 'failed') {
        const { code, detail, retryAfterSeconds } = known;
        throw new StageError(code, { url, detail, retryAfterSeconds });
      }
      const { response } = known;
      await request.permit?.(url, signal);
      for (const hop of response.redirects) await request.permit?.(hop.url, signal);
      const isSame =
        (etag !== undefined || lastModified !== undefined) &&
        etag === response.headers['etag'] &&
        lastModified === response.headers['last-modified'];
      return isSame ? { ...response, status: 304, body: NOTHING } : response;
    },
  };
}

const NOTHING = new Uint8Array(0);
