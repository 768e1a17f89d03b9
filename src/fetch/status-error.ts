import { StageError, type ErrorCode } from '../model/errors.ts';
import type { Instant } from '../support/instant.ts';
import { retryAfterSeconds } from './caching.ts';
import type { Answer } from './fetch-bytes.ts';

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'fetch-forbidden',
  402: 'fetch-forbidden',
  403: 'fetch-forbidden',
  404: 'fetch-not-found',
  407: 'fetch-forbidden',
  410: 'fetch-gone',
  429: 'fetch-too-many-requests',
  451: 'fetch-forbidden',
};

/** A status that is no answer to what was asked, as the error that it stands for. */
export function statusError(url: string, answer: Pick<Answer, 'status' | 'headers'>, now: Instant): StageError {
  const { status, headers } = answer;
  return new StageError(BY_STATUS[status] ?? classOf(status), {
    url,
    // The sentences of these say it already.
    detail: [404, 410, 429].includes(status) ? null : detailOf(status),
    retryAfterSeconds: retryAfterSeconds(headers, now),
  });
}

function detailOf(status: number): string {
  return status >= 300 && status < 400 ? `status ${status}, which is not followed here` : `status ${status}`;
}

function classOf(status: number): ErrorCode {
  if (status >= 500 && status < 600) return 'fetch-server-error';
  return status >= 400 && status < 500 ? 'fetch-client-error' : 'fetch-bad-answer';
}
