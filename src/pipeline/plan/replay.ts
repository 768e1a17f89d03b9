import { StageError } from '../../model/errors.ts';
import type { Outbound, OutboundRequest } from '../../model/outbound.ts';
import type { HistoryKind, KeptAnswer, ReplayedHistory } from '../../store/history-store.ts';
import { historyQuestion } from '../keep-history.ts';

/** An address whose answer nobody knows, and what it was wanted for. */
export type NotKept = {
  readonly kind: HistoryKind;
  readonly url: string;
  /** It was known, and is kept no more since something that it told was retracted. */
  readonly isWithheld?: true;
};

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
export function openReplay(history: ReplayedHistory, anew: Outbound | null): Replay {
  const notKept = new Map<string, NotKept>();
  const askedNow = new Map<string, NotKept>();
  return {
    notKept: () => [...notKept.values()],
    askedNow: () => [...askedNow.values()],
    answering: (kind) => async (request, signal) => {
      signal.throwIfAborted();
      const { url, headers = {} } = request;
      const known = (await latestFor(history, kind, request))?.outcome;
      const [etag, lastModified] = [headers['if-none-match'], headers['if-modified-since']];
      if (known === undefined) {
        if (etag !== undefined || lastModified !== undefined)
          return { url, status: 304, headers: {}, body: NOTHING, redirects: [] };
        if (anew === null) {
          const isWithheld = await history.isWithheld({ kind, url });
          notKept.set(`${kind} ${url}`, { kind, url, ...(isWithheld ? { isWithheld } : {}) });
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

/**
 * Whoever is known at a server may read there what everybody may, and not the other way round. What everybody is refused
 * tells nothing of him.
 */
async function latestFor(
  history: Pick<ReplayedHistory, 'latest'>,
  kind: HistoryKind,
  request: OutboundRequest,
): Promise<KeptAnswer | null> {
  const own = await history.latest(historyQuestion(kind, request));
  if (own !== null || kind !== 'page' || request.secretHeaders === undefined) return own;
  const { url, headers = {} } = request;
  const ofAll = await history.latest(historyQuestion(kind, { url, headers }));
  return ofAll?.outcome.kind === 'answered' ? ofAll : null;
}

const NOTHING = new Uint8Array(0);
