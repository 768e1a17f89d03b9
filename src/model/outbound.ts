/** One GET, or one POST where there is a `send`. Redirects are followed and re-checked by the client. */
export type OutboundRequest = {
  readonly url: string;
  /** The body of a POST; its type stands among the headers. A POST is never sent twice, and follows no redirect. */
  readonly send?: Uint8Array;
  /** `none`: an answer that leads elsewhere is an error, `fetch-bad-answer`. */
  readonly redirects?: 'none';
  /** `unread`: only the status is wanted; the body of the answer is empty, whatever was sent. */
  readonly answerBody?: 'unread';
  /** Request headers by lower-case name. `user-agent` and `accept-encoding` have defaults. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Headers that nobody but the host of `url` may see: they go to no other, and are not kept with what is asked for. Looked
   * up when they are sent; may throw StageError.
   */
  readonly secretHeaders?: () => Readonly<Record<string, string>>;
  /** The HTTP proxy to ask through; `none`: no proxy; null or absent: the program's, if there is one. */
  readonly proxy?: string | null;
  /** Cap on the decoded body. What is longer is an error, `fetch-too-large`. */
  readonly maxBodyBytes: number;
  /** From the first byte sent to the last received, redirects and waiting for the host's turn apart. */
  readonly timeoutMs: number;
  /** Statuses besides 2xx and 304 that are answers rather than errors. */
  readonly acceptStatuses?: readonly number[];
  /** Media types that are wanted, in lower case. A body of another is an error, `fetch-wrong-type`, and is not read. */
  readonly contentTypes?: readonly string[];
  /** Asked before each address on the way, the first among them, once it was judged; what it throws ends the request. */
  readonly permit?: (url: string, signal: AbortSignal) => Promise<void>;
};

/** `url` is where the redirect leads to. */
export type Redirect = { readonly status: number; readonly url: string };

/** An answer with its whole body, decoded. Header names in lower case; repeated headers are joined with ", ". */
export type OutboundResponse = {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly redirects: readonly Redirect[];
};

/**
 * The one way out of the program: guarded, polite, capped (built from fetch/ in app/).
 * Throws StageError with a `fetch-…` code for everything that keeps it from an answer.
 */
export type Outbound = (request: OutboundRequest, signal: AbortSignal) => Promise<OutboundResponse>;
