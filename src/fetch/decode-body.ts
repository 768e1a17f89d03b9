import type { Duplex } from 'node:stream';
import * as zlib from 'node:zlib';
import { StageError } from '../model/errors.ts';

// Content codings (RFC 9110 §8.4): read with a cap on what comes out, which is the only size that counts.

/** What we can decode, and therefore ask for. */
export const ACCEPT_ENCODING = 'gzip, br, zstd, deflate';

export type Coding = 'gzip' | 'br' | 'zstd' | 'deflate';

/** Longer chains are of no use but to multiply a bomb. */
const LONGEST_CHAIN = 2;

/** The codings of a Content-Encoding header in the order they were applied. Throws StageError `fetch-bad-encoding`. */
export function codingsOf(header: string | undefined): readonly Coding[] {
  if (header === undefined || header === '') return NONE;
  const codings = header
    .split(',', 10)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
    .map(codingOf);
  if (codings.length > LONGEST_CHAIN) throw broken(`more than ${LONGEST_CHAIN} codings, one over the other`);
  return codings;
}

const NONE: readonly Coding[] = [];

function codingOf(name: string): Coding {
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  if (name === 'br' || name === 'zstd' || name === 'deflate') return name;
  throw broken(`the coding ${JSON.stringify(name.slice(0, 40))} is not known`);
}

/**
 * Decodes a whole body in one go, which for small ones costs less than half of streaming.
 * Throws StageError `fetch-too-large` as soon as more than `maxBytes` come out, `fetch-bad-encoding` for broken data.
 */
export function decodeAtOnce(body: Uint8Array, codings: readonly Coding[], maxBytes: number): Uint8Array {
  let decoded = body;
  for (const coding of codings.toReversed()) {
    if (decoded.length === 0) return decoded;
    try {
      decoded = SYNCHRONOUS[kindOf(coding, decoded)](decoded, { maxOutputLength: maxBytes });
    } catch (error) {
      throw decodingError(error, coding, maxBytes);
    }
  }
  return decoded;
}

/** What the data is by its first bytes: "deflate" is zlib or raw (RFC 9110 §8.4.1.2), and some "gzip" is not packed. */
type Kind = 'gzip' | 'br' | 'zstd' | 'zlib' | 'raw' | 'plain';

function kindOf(coding: Coding, start: Uint8Array): Kind {
  if (coding === 'gzip') return start[0] === 0x1f && (start[1] ?? 0x8b) === 0x8b ? 'gzip' : 'plain';
  if (coding === 'deflate') return (start[0]! & 0x0f) === 8 && start[0]! >> 4 <= 7 ? 'zlib' : 'raw';
  return coding;
}

const SYNCHRONOUS: Readonly<Record<Kind, (data: Uint8Array, options: { maxOutputLength: number }) => Uint8Array>> = {
  gzip: zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  zstd: zlib.zstdDecompressSync,
  zlib: zlib.inflateSync,
  raw: zlib.inflateRawSync,
  plain: (data) => data,
};

const STREAMING: Readonly<Record<Exclude<Kind, 'plain'>, () => Duplex>> = {
  gzip: zlib.createGunzip,
  br: zlib.createBrotliDecompress,
  zstd: zlib.createZstdDecompress,
  zlib: zlib.createInflate,
  raw: zlib.createInflateRaw,
};

export type Decoder = {
  /** False when the writer has to wait for `drained`. */
  write(chunk: Uint8Array): boolean;
  /** No more is coming: leads to `done` or `failed`. */
  end(): void;
  /** Lets go of everything; nothing is reported any more. */
  close(): void;
};

export type DecoderEvents = {
  drained(): void;
  done(body: Uint8Array): void;
  /** Once at most, with the StageErrors of decodeAtOnce. */
  failed(error: StageError): void;
};

/**
 * Decodes a body as it comes in, off the main thread. What comes out is counted at each step of a chain, and decoding
 * ends as soon as a step has given more than `maxBytes`.
 * @param start the first bytes, not yet written: they tell what kind of data it is
 */
export function openDecoder(
  { codings, start, maxBytes }: { codings: readonly Coding[]; start: Uint8Array; maxBytes: number },
  events: DecoderEvents,
): Decoder {
  const steps = codings.toReversed().flatMap((coding, index) => {
    // Only the outermost data is known already; what lies beneath is taken by its name.
    const kind = index === 0 ? kindOf(coding, start) : kindNamed(coding);
    return kind === 'plain' ? [] : [{ coding, stream: STREAMING[kind]() }];
  });
  const chunks: Uint8Array[] = [];
  let open = true;
  const close = (): void => {
    open = false;
    for (const { stream } of steps) stream.destroy();
  };
  const fail = (error: StageError): void => {
    if (!open) return;
    close();
    events.failed(error);
  };
  const finish = (): void => {
    if (!open) return;
    close();
    events.done(Buffer.concat(chunks));
  };
  steps.forEach(({ coding, stream }, index) => {
    const next = steps[index + 1]?.stream;
    let bytes = 0;
    stream.on('error', (error) => fail(decodingError(error, coding, maxBytes)));
    stream.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes > maxBytes) fail(tooLarge(maxBytes));
      else if (next === undefined) chunks.push(chunk);
      else if (!next.write(chunk)) stream.pause();
    });
    stream.on('end', () => (next === undefined ? finish() : next.end()));
    if (index === 0) stream.on('drain', () => open && events.drained());
    else stream.on('drain', () => steps[index - 1]!.stream.resume());
  });
  const first = steps[0]?.stream;
  return {
    write(chunk) {
      if (first !== undefined) return first.write(chunk);
      chunks.push(chunk);
      return true;
    },
    end: () => (first === undefined ? finish() : first.end()),
    close,
  };
}

function kindNamed(coding: Coding): Exclude<Kind, 'plain'> {
  return coding === 'deflate' ? 'zlib' : coding;
}

/** The cap on the decoded body was passed. */
export function tooLarge(maxBytes: number): StageError {
  return new StageError('fetch-too-large', { detail: `more than ${maxBytes} bytes` });
}

function decodingError(error: unknown, coding: Coding, maxBytes: number): StageError {
  if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(maxBytes);
  return new StageError('fetch-bad-encoding', { detail: `${coding}: ${(error as Error).message}`, cause: error });
}

function broken(detail: string): StageError {
  return new StageError('fetch-bad-encoding', { detail });
}
