import type { ErrorCode } from '../model/errors.ts';
import type { Alias } from '../model/ledger.ts';
import type { OutboundResponse } from '../model/outbound.ts';
import type { Instant } from '../support/instant.ts';

/** What somebody asked for: a feed, an article's page (or where a redirector leads), a site's robots.txt. */
export type HistoryKind = 'feed' | 'page' | 'robots';

/** By what an answer is asked for. */
export type HistoryQuestion = {
  readonly kind: HistoryKind;
  /** The address that was asked for, before any redirect. */
  readonly url: string;
  /** A digest of the request's own headers, on which its answer may depend; '' where there are none. */
  readonly askedAs: string;
};

/** How an address answered: as it came, unpacked, its headers those that somebody reads; or why it did not. */
export type Outcome =
  | { readonly kind: 'answered'; readonly response: OutboundResponse }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly detail: string | null;
      readonly retryAfterSeconds: number | null;
    };

/** An outcome as it is kept; `at`: when the address last answered so. */
export type KeptAnswer = HistoryQuestion & {
  readonly at: Instant;
  readonly outcome: Outcome;
  /**
   * Of a feed, for its keeping: by what its entries are known; null or absent where nobody has looked, or cannot be sure.
   * It is not kept itself.
   */
  readonly tells?: readonly Alias[] | null;
};

/** One of the bodies of an address, by the number that it can be asked for. `digest`: SHA-256 of the body. */
export type KeptVersion = { readonly number: number; readonly at: Instant; readonly digest: string };

export type HistorySize = { readonly answers: number; readonly bytes: number; readonly oldest: Instant | null };

/**
 * What sources and pages answered, as it came, for some days: what `plan` and `reprocess` read in the place of the network.
 * Nothing else depends on it; each body of an address is kept once, compressed.
 */
export interface HistoryStore {
  /**
   * Answers as they came, but for pages that retracted entries were read from, and feeds that tell of retracted entries
   * (`doubtful`): where such an answer was the last, nothing is kept of its address. A failure takes the place of
   * the one before it, and goes when its address answers again.
   */
  keep(answers: readonly KeptAnswer[]): Promise<void>;
  /** Addresses that said that nothing has changed: their newest body is good as of then, where there is one. */
  keepUnchanged(asked: readonly (HistoryQuestion & { readonly at: Instant })[]): Promise<void>;
  /** How an address answered last; null where that is not kept. */
  latest(question: HistoryQuestion): Promise<KeptAnswer | null>;
  /** Which of these addresses of feeds may tell of what is retracted: their answers are kept only with what they tell of. */
  doubtful(feeds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whether nothing is kept of an address since something that it told was retracted. */
  isWithheld(asked: Pick<HistoryQuestion, 'kind' | 'url'>): Promise<boolean>;
  /** The bodies of an address, the newest first, however they were asked for. */
  versions(asked: Pick<HistoryQuestion, 'kind' | 'url'>): Promise<readonly KeptVersion[]>;
  /** One of these; null where it has gone since. */
  version(number: number): Promise<OutboundResponse | null>;
  /** Drops what nobody answered with since an instant, and then the oldest until no more bytes are left. Gives how many. */
  prune(bounds: { readonly from: Instant; readonly mostBytes: number }): Promise<number>;
  size(): Promise<HistorySize>;
}

/** What is asked of the history by whoever replays it. */
export type ReplayedHistory = Pick<HistoryStore, 'latest' | 'isWithheld'>;
