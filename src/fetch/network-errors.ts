import { StageError, type ErrorCode } from '../model/errors.ts';

/** How far a request had come when it failed. */
export type Progress = {
  readonly url: string;
  /** Its bytes were handed to a connection. */
  readonly sent: boolean;
  /** The first line of the answer had come. */
  readonly answered: boolean;
};

const BY_CODE: Readonly<Record<string, readonly [code: ErrorCode, detail: string | null]>> = {
  ECONNREFUSED: ['fetch-no-connection', 'refused'],
  EHOSTUNREACH: ['fetch-no-connection', 'no way to the host'],
  EHOSTDOWN: ['fetch-no-connection', 'the host is down'],
  ENETUNREACH: ['fetch-no-connection', 'no way to the network'],
  ENETDOWN: ['fetch-no-connection', 'the network is down'],
  EADDRNOTAVAIL: ['fetch-no-connection', 'no local address for it'],
  ENOTFOUND: ['fetch-no-such-host', null],
  EAI_AGAIN: ['fetch-no-such-host', 'the name servers do not answer'],
  ETIMEDOUT: ['fetch-timed-out', 'no connection'],
  EPROTO: ['fetch-tls', null],
  UND_ERR_CONNECT_TIMEOUT: ['fetch-timed-out', 'no connection'],
  UND_ERR_HEADERS_TIMEOUT: ['fetch-timed-out', 'no headers came'],
  UND_ERR_BODY_TIMEOUT: ['fetch-timed-out', 'the body stood still'],
  UND_ERR_HEADERS_OVERFLOW: ['fetch-bad-answer', 'its headers are too large'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['fetch-broken-off', 'it is not as long as was said'],
  UND_ERR_DESTROYED: ['fetch-no-connection', 'the program is closing'],
  UND_ERR_CLOSED: ['fetch-no-connection', 'the program is closing'],
};

/** Codes of a connection that ended without asking us. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);

/** OpenSSL's verdicts on certificates have no common beginning. */
const CERTIFICATE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_|CRL_|ERROR_IN_CERT)/;

/** What went wrong on the way, as a StageError. What is not of the network (a bug) comes back as it is. */
export function networkError(error: unknown, progress: Progress): unknown {
  const { url } = progress;
  if (error instanceof StageError) {
    if (error.url !== null) return error;
    return new StageError(error.code, { url, detail: error.detail, cause: error.cause });
  }
  const code = codeOf(error);
  const known = BY_CODE[code];
  if (known !== undefined) return new StageError(known[0], { url, detail: known[1] ?? code, cause: error });
  if (BROKEN.has(code)) return brokenOff(error, progress);
  if ((error as { name?: unknown }).name === 'HTTPParserError')
    return new StageError('fetch-bad-answer', { url, detail: messageOf(error), cause: error });
  if (CERTIFICATE.test(code)) return new StageError('fetch-tls', { url, detail: messageOf(error), cause: error });
  return error;
}

/**
 * Whether to ask once more: a connection kept open may have been closed by the server just when we wrote to it, and a
 * GET that got no byte of an answer may be repeated (RFC 9110 §9.2.2). A connection that never gave a byte was new.
 */
export function mayAskAgain(error: unknown, { sent, answered }: Progress): boolean {
  if (!sent || answered || !BROKEN.has(codeOf(error))) return false;
  const socket = (error as { socket?: { bytesRead?: number } | null }).socket;
  return socket?.bytesRead !== 0;
}

function brokenOff(cause: unknown, { url, sent, answered }: Progress): StageError {
  if (!sent) return new StageError('fetch-no-connection', { url, detail: 'closed while connecting', cause });
  return new StageError('fetch-broken-off', { url, detail: answered ? null : 'before it began', cause });
}

function codeOf(error: unknown): string {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  // Node's AggregateError when every address of a host failed: the first says as much as all.
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : '';
}

function messageOf(error: unknown): string {
  return String((error as { message?: unknown }).message).slice(0, 300);
}
