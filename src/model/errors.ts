/** What an operator is told of a kind of error: what happened, what to do, and whether trying again may help. */
export type ErrorKind = { readonly says: string; readonly advice: string; readonly retry: boolean };

/** Every code that a stage may throw. A code is stable: scripts compare it. */
export const ERRORS = {
  'fetch-bad-address': {
    says: 'the address is not an http or https address',
    advice: 'correct the address',
    retry: false,
  },
  'fetch-refused-address': {
    says: 'the address belongs to a private or local network',
    advice: 'if that is meant, allow the network with --allow-network',
    retry: false,
  },
  'fetch-no-such-host': {
    says: 'the host name cannot be found',
    advice: 'check the address; tried again by itself',
    retry: true,
  },
  'fetch-no-connection': { says: 'the server does not take connections', advice: 'tried again by itself', retry: true },
  'fetch-tls': {
    says: 'no secure connection could be made',
    advice: 'the certificate is wrong or too old; tell the publisher',
    retry: true,
  },
  'fetch-timed-out': { says: 'the server did not answer in time', advice: 'tried again by itself', retry: true },
  'fetch-broken-off': {
    says: 'the connection ended in the middle of the answer',
    advice: 'tried again by itself',
    retry: true,
  },
  'fetch-bad-answer': { says: 'the answer is not proper HTTP', advice: 'tried again by itself', retry: true },
  'fetch-bad-encoding': { says: 'the body cannot be decompressed', advice: 'tried again by itself', retry: true },
  'fetch-too-large': {
    says: 'the answer is larger than is allowed',
    advice: 'raise the limit if the source is trusted',
    retry: false,
  },
  'fetch-redirect-loop': {
    says: 'the redirects do not come to an end',
    advice: 'find the feed’s present address',
    retry: false,
  },
  'fetch-no-secret': {
    says: 'what the source knows us by is not set',
    advice: 'set the environment variable where the program is started, and start it again',
    retry: true,
  },
  'fetch-proxy': {
    says: 'the proxy does not let us through',
    advice: 'check the proxy’s address, and what it allows; tried again by itself',
    retry: true,
  },
  'fetch-not-kept': {
    says: 'its answer is not in the history',
    advice: 'with --fetch it is asked now',
    retry: true,
  },
  'fetch-gone': {
    says: 'the server says the document is gone (410)',
    advice: 'find its new address or remove the source',
    retry: false,
  },
  'fetch-not-found': {
    says: 'the server knows no such document (404)',
    advice: 'check the address; tried again by itself',
    retry: true,
  },
  'fetch-forbidden': {
    says: 'the server refuses the document',
    advice: 'the publisher asks for a login or turns robots away',
    retry: true,
  },
  'fetch-too-many-requests': {
    says: 'the server asks for fewer requests (429)',
    advice: 'asked again when the server allows it',
    retry: true,
  },
  'fetch-client-error': { says: 'the server refuses the request', advice: 'check the address', retry: true },
  'fetch-server-error': {
    says: 'the server reports an error of its own',
    advice: 'tried again by itself',
    retry: true,
  },
  'fetch-wrong-type': {
    says: 'the document is of another kind than was asked for',
    advice: 'the feed’s own text is used',
    retry: false,
  },
  'fetch-robots': {
    says: 'the site’s robots.txt asks not to fetch the page',
    advice: 'the feed’s own text is used',
    retry: false,
  },
  'image-unshowable': {
    says: 'it is no picture that every browser shows',
    advice: 'it is shown from where it is',
    retry: false,
  },
  'image-not-to-be-kept': {
    says: 'its publisher asks that nobody keeps a copy of it',
    advice: 'it is shown from where it is',
    retry: false,
  },
  'page-unlike': {
    says: 'the source’s pages no longer look as they did',
    advice: 'the feed’s own text is used until they look right again, or `select` is set anew',
    retry: false,
  },
  'page-not-its-article': {
    says: 'the page shows something else in its article’s place',
    advice: 'the feed’s own text is used; tried again by itself',
    retry: true,
  },
  'feed-empty': { says: 'the document is empty', advice: 'tried again by itself', retry: true },
  'feed-cut-short': {
    says: 'the document ends in the middle, before its first entry',
    advice: 'tried again by itself',
    retry: true,
  },
  'feed-is-html': {
    says: 'the document is a web page, not a feed',
    advice: 'use the address of the feed that the page names',
    retry: false,
  },
  'feed-is-login': {
    says: 'the document is a login or consent page, not a feed',
    advice: 'the publisher does not serve the feed to us',
    retry: true,
  },
  'feed-is-bot-wall': {
    says: 'the document is a check for robots, not a feed',
    advice: 'ask the publisher to let this reader in',
    retry: true,
  },
  'feed-is-json': { says: 'the document is JSON, but no JSON Feed', advice: 'check the address', retry: false },
  'feed-is-binary': {
    says: 'the document is an image or another binary file, not a feed',
    advice: 'check the address',
    retry: false,
  },
  'feed-not-a-feed': { says: 'the document holds no feed', advice: 'check the address', retry: false },
  'gate-refused': {
    says: 'the rendered document is not what was meant',
    advice: 'the last good file stays, unless anything was taken back since; report this as a fault',
    retry: true,
  },
  'mail-not-sent': {
    says: 'the e-mail could not be sent',
    advice: 'tried again by itself; check the mail server’s address',
    retry: true,
  },
  'output-damaged': {
    says: 'a published file is not as it was written',
    advice: 'remove it; the next publication writes it anew',
    retry: false,
  },
  'output-unwritable': {
    says: 'the file cannot be written',
    advice: 'check the folder’s rights and the disk’s space',
    retry: true,
  },
  'backup-unusable': {
    says: 'the backup cannot be used',
    advice: 'nothing was changed; use another one',
    retry: false,
  },
  'store-in-use': {
    says: 'another program works on the database',
    advice: 'stop it first (tributary start, worker or web)',
    retry: true,
  },
  'store-unusable': {
    says: 'the database cannot be used',
    advice: 'check the path, its rights and the disk’s space',
    retry: false,
  },
  'store-too-new': {
    says: 'the database was made by a newer version',
    advice: 'use that version, or another --data folder',
    retry: false,
  },
  'server-cannot-listen': {
    says: 'the server cannot listen',
    advice: 'end the other program, or choose another --port or --host',
    retry: false,
  },
  'demo-cannot-start': {
    says: 'the demo’s newsroom did not start',
    advice: 'its ports are fixed, so another --port does not help',
    retry: false,
  },
  'config-faulty': { says: 'the settings or sources.json are faulty', advice: 'mend what is listed', retry: false },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

export type StageErrorDetails = {
  /** The address or path concerned. */
  readonly url?: string | null;
  /** What exactly was seen, in words, after the code's sentence. */
  readonly detail?: string | null;
  /** Seconds that the server asks to wait. */
  readonly retryAfterSeconds?: number | null;
  readonly cause?: unknown;
};

/** What a stage throws when it cannot go on; caught once, in pipeline/refresh-source.ts. */
export class StageError extends Error {
  readonly code: ErrorCode;
  readonly url: string | null;
  readonly detail: string | null;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, details: StageErrorDetails = {}) {
    const { url = null, detail = null, retryAfterSeconds = null, cause } = details;
    super(
      detail === null ? ERRORS[code].says : `${ERRORS[code].says} (${detail})`,
      cause === undefined ? {} : { cause },
    );
    this.name = 'StageError';
    this.code = code;
    this.url = url;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A failure of fetching: what the other side, or the way to it, is to blame for. */
export function isOfNetwork(error: unknown): error is StageError {
  return error instanceof StageError && error.code.startsWith('fetch-');
}
