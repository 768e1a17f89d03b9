import type { Dispatcher } from 'undici';
import { StageError } from '../model/errors.ts';
import type { Clock } from '../support/clock.ts';
import { codingsOf, decodeAtOnce, openDecoder, tooLarge, type Coding, type Decoder } from './decode-body.ts';
import { mayAskAgain, networkError, type Progress } from './network-errors.ts';
import { proxyError } from './proxy-routes.ts';

/** Header names in lower case, repeated ones joined with ", ". */
export type Headers = Readonly<Record<string, string>>;

/** One GET, or a POST, at one address: no redirects are followed here. */
export type Ask = {
  readonly url: URL;
  readonly headers: Headers;
  /** The body of a POST; null: it is a GET. */
  readonly send: Uint8Array | null;
  /** Cap on the body, on the wire and decoded. */
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
  /** Looks at status and headers: whether the body is wanted. What it throws ends the exchange at once. */
  readonly wants: (status: number, headers: Headers) => boolean;
};

/** `body` is empty where it was not wanted. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Uint8Array };

export type FetchTools = {
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  /** The proxy that the dispatcher leads through; absent: none. */
  readonly proxy?: string;
};

/** Bodies of so few bytes on the wire are decoded in one go at their end: see docs on decodeAtOnce. */
const AT_ONCE_BYTES = 128 * 1024;
/** So much of an unwanted body (a redirect's, an error's) is read to keep its connection; more costs the connection. */
const UNWANTED_BYTES = 64 * 1024;
/** Interim answers (103 Early Hints) before the real one. */
const MOST_INTERIM = 10;

const EMPTY = new Uint8Array(0);
const SETTLED = 'settled';

/**
 * Asks once (a second time if a kept connection turned out to be closed) and reads the answer to its end, within its
 * time and its caps. Throws StageError; or the signal's reason when it was aborted. In every case the connection is
 * free again, or closed, when this settles.
 */
export async function fetchBytes(tools: FetchTools, ask: Ask, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const exchange = new Exchange(tools, ask);
  const onAbort = (): void => exchange.abandon(signal.reason);
  signal.addEventListener('abort', onAbort);
  tools.clock.sleep(ask.timeoutMs, settled.signal).then(
    () => exchange.expire(),
    () => {},
  );
  try {
    return await exchange.run();
  } finally {
    settled.abort(SETTLED);
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * The handler of one request, directly on undici's dispatcher: no streams between the socket and our counters, and half
 * the work of its `request`.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #dispatcher: Dispatcher;
  readonly #proxy: string | null;
  readonly #ask: Ask;
  readonly #outcome = Promise.withResolvers<Answer>();
  #controller: Dispatcher.DispatchController | null = null;
  #settled = false;
  #askedAgain = false;
  #sent = false;
  #interim = 0;
  #status = 0;
  #headers: Headers = {};
  #wanted = false;
  #codings: readonly Coding[] = [];
  #wireBytes = 0;
  #chunks: Uint8Array[] = [];
  #decoder: Decoder | null = null;

  constructor({ dispatcher, proxy }: FetchTools, ask: Ask) {
    this.#dispatcher = dispatcher;
    this.#proxy = proxy ?? null;
    this.#ask = ask;
  }

  run(): Promise<Answer> {
    this.#dispatch();
    return this.#outcome.promise;
  }

  /** The caller wants it no longer. */
  abandon(reason: unknown): void {
    this.#settle(() => this.#outcome.reject(reason));
  }

  /** The time is over. */
  expire(): void {
    this.#fail(
      new StageError('fetch-timed-out', { url: this.#ask.url.href, detail: `after ${this.#ask.timeoutMs / 1000} s` }),
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#sent = true;
    if (this.#settled) controller.abort(new Error(SETTLED));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, raw: RawHeaders): void {
    if (status < 200) {
      if (++this.#interim > MOST_INTERIM) this.#fail(badAnswer(this.#ask.url, 'too many interim answers'));
      return;
    }
    this.#status = status;
    this.#headers = joined(raw);
    try {
      this.#wanted = this.#ask.wants(status, this.#headers);
      // 304 has no body, whatever its headers say.
      if (!this.#wanted || status === 304) return;
      this.#codings = codingsOf(this.#headers['content-encoding']);
      if (Number(this.#headers['content-length']) > this.#ask.maxBodyBytes) throw tooLarge(this.#ask.maxBodyBytes);
    } catch (error) {
      this.#wanted = true;
      this.#fail(error);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    this.#wireBytes += chunk.length;
    if (!this.#wanted) {
      if (this.#wireBytes > UNWANTED_BYTES) this.#succeed(EMPTY);
    } else if (this.#wireBytes > this.#ask.maxBodyBytes) {
      this.#fail(tooLarge(this.#ask.maxBodyBytes));
    } else if (this.#decoder !== null) {
      if (!this.#decoder.write(chunk)) controller.pause();
    } else {
      this.#chunks.push(chunk);
      if (this.#codings.length > 0 && this.#wireBytes > AT_ONCE_BYTES) this.#startDecoder();
    }
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    // A decoder reports by itself; the exchange is over, so there is nothing left to abort.
    this.#controller = null;
    if (this.#decoder !== null) this.#decoder.end();
    else if (!this.#wanted || this.#chunks.length === 0) this.#succeedLater(EMPTY);
    else {
      const [first] = this.#chunks;
      const body = this.#chunks.length === 1 ? first! : Buffer.concat(this.#chunks, this.#wireBytes);
      try {
        this.#succeedLater(decodeAtOnce(body, this.#codings, this.#ask.maxBodyBytes));
      } catch (error) {
        this.#fail(error);
      }
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#controller = null;
    if (this.#settled) return;
    // What was posted may have been taken although no answer came: whoever sends it decides on sending it again.
    if (!this.#askedAgain && this.#ask.send === null && mayAskAgain(error, this.#progress())) {
      this.#askedAgain = true;
      this.#dispatch();
    } else this.#fail(error);
  }

  #dispatch(): void {
    const { url, headers, send } = this.#ask;
    const where = { origin: url.origin, path: url.pathname + url.search, headers };
    if (send === null) this.#dispatcher.dispatch({ ...where, method: 'GET' }, this);
    else this.#dispatcher.dispatch({ ...where, method: 'POST', body: Buffer.from(send) }, this);
  }

  #startDecoder(): void {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#decoder = openDecoder(
      { codings: this.#codings, start: chunks[0]!, maxBytes: this.#ask.maxBodyBytes },
      {
        drained: () => this.#controller?.resume(),
        done: (body) => this.#succeed(body),
        failed: (error) => this.#fail(error),
      },
    );
    for (const chunk of chunks) if (!this.#decoder.write(chunk)) this.#controller?.pause();
  }

  /**
   * undici takes the connection back in the next round of the event loop; who asks before that gets a new one. The
   * microtask puts us behind it.
   */
  #succeedLater(body: Uint8Array): void {
    queueMicrotask(() => setImmediate(() => this.#succeed(body)));
  }

  #succeed(body: Uint8Array): void {
    this.#settle(() => this.#outcome.resolve({ status: this.#status, headers: this.#headers, body }));
  }

  #fail(error: unknown): void {
    // An answer whose body nobody wants is an answer, however its body ends.
    if (this.#status > 0 && !this.#wanted) this.#succeed(EMPTY);
    else this.#settle(() => this.#outcome.reject(this.#told(error)));
  }

  #told(error: unknown): unknown {
    const failure = networkError(error, this.#progress());
    return this.#proxy === null ? failure : proxyError(failure, { url: this.#ask.url.href, proxy: this.#proxy });
  }

  #settle(tell: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#decoder?.close();
    this.#chunks = [];
    tell();
    // Does nothing to an exchange that has ended; else it closes the connection.
    this.#controller?.abort(new Error(SETTLED));
  }

  #progress(): Progress {
    return { url: this.#ask.url.href, sent: this.#sent, answered: this.#status > 0 || this.#interim > 0 };
  }
}

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Cookies are left out: none is kept, none is shown. */
function joined(raw: RawHeaders): Headers {
  const headers: Record<string, string> = Object.create(null);
  for (const name in raw) {
    const value = raw[name];
    if (value === undefined || name === 'set-cookie') continue;
    headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

function badAnswer(url: URL, detail: string): StageError {
  return new StageError('fetch-bad-answer', { url: url.href, detail });
}
