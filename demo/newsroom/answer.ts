import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What a server has to say to a request, before the request's conditions are looked at. */
export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  /** Milliseconds since 1970; null: no validators. */
  readonly lastModified: number | null;
  readonly validators: 'strong' | 'weak';
  /** What the body may be packed with. */
  readonly compression: 'gzip' | 'br' | null;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What goes over the wire. */
export type Reply = {
  readonly status: number;
  readonly headers: Record<string, string | number>;
  readonly body: Buffer;
};

const COMPRESSIBLE = /^(text\/|application\/(.+\+)?(xml|json))/;

/**
 * The answer as this request gets it: packed, if both sides can, and 304 without a body if the client has it already
 * (RFC 9110 §13). The validators follow from the bytes and the newest change in them, never from the clock.
 */
export function replyTo(request: IncomingHttpHeaders, answer: Answer): Reply {
  const packing = acceptedPacking(request, answer);
  const headers: Record<string, string | number> = { 'Content-Type': answer.type, ...answer.headers };
  if (answer.compression !== null) headers['Vary'] = 'Accept-Encoding';
  if (answer.lastModified !== null) {
    headers['ETag'] = entityTag(answer, packing);
    headers['Last-Modified'] = new Date(answer.lastModified).toUTCString();
    headers['Cache-Control'] = 'no-cache';
    if (clientHasIt(request, answer)) return { status: 304, headers, body: Buffer.alloc(0) };
  }
  const body = pack(answer.body, packing);
  if (packing !== null) headers['Content-Encoding'] = packing;
  headers['Content-Length'] = body.length;
  return { status: answer.status, headers, body };
}

function acceptedPacking(request: IncomingHttpHeaders, answer: Answer): 'gzip' | 'br' | null {
  if (answer.compression === null || !COMPRESSIBLE.test(answer.type)) return null;
  const accepted = (request['accept-encoding'] ?? '').split(',');
  const named = accepted.find((coding) => coding.split(';')[0]!.trim() === answer.compression);
  return named === undefined || /;\s*q=0(\.0*)?\s*$/.test(named) ? null : answer.compression;
}

/** A strong tag names the very bytes, so a packed body has one of its own. */
function entityTag(answer: Answer, packing: 'gzip' | 'br' | null): string {
  const digest = createHash('sha256').update(answer.body).digest('base64url').slice(0, 20);
  return answer.validators === 'weak' ? `W/"${digest}"` : `"${digest}${packing === null ? '' : `-${packing}`}"`;
}

function clientHasIt(request: IncomingHttpHeaders, answer: Answer): boolean {
  const tags = request['if-none-match'];
  if (tags !== undefined) {
    // Any packing of the same text will do: the comparison for If-None-Match is the weak one (RFC 9110 §13.1.2).
    const ours = [null, 'gzip', 'br'].map((packing) => opaque(entityTag(answer, packing as 'gzip' | 'br' | null)));
    return tags.split(',').some((tag) => tag.trim() === '*' || ours.includes(opaque(tag)));
  }
  const since = Date.parse(request['if-modified-since'] ?? '');
  return since >= Math.floor(answer.lastModified! / 1000) * 1000;
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}

function pack(body: Buffer, packing: 'gzip' | 'br' | null): Buffer {
  if (packing === 'gzip') return gzipSync(body);
  if (packing === 'br') return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return body;
}
