import { createHash } from 'node:crypto';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context, Handler } from 'hono';

// output/ over HTTP: the right media types, strong validators, 304, compression. Errors are plain text.

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  opml: 'text/x-opml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};
const COMPRESSED = new Set(['atom', 'rss', 'json', 'html', 'css', 'xml', 'opml', 'txt', 'svg']);
/** A path that publishing may have made; everything else is not there. */
const PATH = /^\/(?:[a-z0-9][a-z0-9._-]*\/)*(?:[a-z0-9][a-z0-9._-]*)?$/;
/** Kept in memory up to so many bytes; then all of it is forgotten and read again. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
const FEED_SECONDS = 300;
const ASSET_SECONDS = 3600;

type Coding = 'br' | 'gzip' | 'identity';
type Published = {
  readonly version: string;
  readonly modified: Date;
  readonly etag: string;
  readonly bodies: Map<Coding, Uint8Array<ArrayBuffer>>;
};

/** Handles GET and HEAD of everything under the output folder. */
export function publishedHandler(outputDir: string): Handler {
  const kept = { files: new Map<string, Published>(), bytes: 0 };
  return async (context) => {
    const { path } = context.req;
    if (!PATH.test(path)) return notFound(context);
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const published = await read(outputDir, file, kept);
    if (published === 'folder') return context.redirect(`${path}/`, 301);
    return published === null ? notFound(context) : answer(context, file, published);
  };
}

function notFound(context: Context): Response {
  return context.text('Not found\n', 404, { 'cache-control': 'no-cache' });
}

function answer(context: Context, file: string, published: Published): Response {
  const ending = file.slice(file.lastIndexOf('.') + 1);
  const coding = COMPRESSED.has(ending) ? acceptedCoding(context.req.header('accept-encoding') ?? '') : 'identity';
  const etag = `"${published.etag}${coding === 'identity' ? '' : `-${coding}`}"`;
  const headers: Record<string, string> = {
    etag,
    'last-modified': published.modified.toUTCString(),
    'cache-control': `public, max-age=${file.startsWith('/assets/') ? ASSET_SECONDS : FEED_SECONDS}, stale-while-revalidate=600, stale-if-error=86400`,
    ...(COMPRESSED.has(ending) ? { vary: 'Accept-Encoding' } : {}),
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  };
  if (isUnchanged(context, published, etag)) return context.body(null, 304, headers);
  headers['content-type'] = MEDIA_TYPES[ending] ?? 'application/octet-stream';
  if (coding !== 'identity') headers['content-encoding'] = coding;
  if (ending === 'html') {
    headers['content-security-policy'] =
      "default-src 'none'; img-src 'self' https: http:; media-src https: http:; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    headers['referrer-policy'] = 'strict-origin-when-cross-origin';
  }
  const body = bodyIn(published, coding);
  headers['content-length'] = String(body.byteLength);
  return context.req.method === 'HEAD' ? context.body(null, 200, headers) : context.body(body, 200, headers);
}

/** If-None-Match wins over If-Modified-Since (RFC 9110 §13.2.2); lists, weak comparison and `*`. */
function isUnchanged(context: Context, published: Published, etag: string): boolean {
  const noneMatch = context.req.header('if-none-match');
  if (noneMatch !== undefined) {
    const opaque = (tag: string): string =>
      tag
        .trim()
        .replace(/^W\//, '')
        .replace(/-(?:br|gzip)"$/, '"');
    return noneMatch.trim() === '*' || noneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
  }
  const since = Date.parse(context.req.header('if-modified-since') ?? '');
  return !Number.isNaN(since) && Math.floor(published.modified.getTime() / 1000) * 1000 <= since;
}

/** The best coding that the client takes (RFC 9110 §12.5.3); `q=0` refuses one. */
function acceptedCoding(header: string): Coding {
  const takes = (coding: string): boolean =>
    header.split(',').some((part) => {
      const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      return name === coding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
    });
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : 'identity';
}

function bodyIn(published: Published, coding: Coding): Uint8Array<ArrayBuffer> {
  const known = published.bodies.get(coding);
  if (known !== undefined) return known;
  const plain = published.bodies.get('identity')!;
  const packed =
    coding === 'br' ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : gzipSync(plain);
  const body = new Uint8Array(packed);
  published.bodies.set(coding, body);
  return body;
}

async function read(
  outputDir: string,
  file: string,
  kept: { files: Map<string, Published>; bytes: number },
): Promise<Published | 'folder' | null> {
  const path = join(outputDir, file);
  let handle;
  try {
    // A link that somebody laid into output/ leads nowhere.
    if (!(await realpath(path)).startsWith((await realpath(outputDir)) + sep)) return null;
    handle = await open(path);
  } catch (error) {
    if (isCode(error, ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG'])) return null;
    throw error;
  }
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) return 'folder';
    const version = `${stats.ino}:${stats.size}:${stats.mtimeMs}`;
    const before = kept.files.get(file);
    if (before?.version === version) return before;
    const bytes = new Uint8Array(await handle.readFile());
    const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    const published: Published = { version, modified: stats.mtime, etag, bodies: new Map([['identity', bytes]]) };
    kept.bytes += bytes.byteLength * 2;
    if (kept.bytes > MOST_KEPT_BYTES) {
      kept.files.clear();
      kept.bytes = bytes.byteLength * 2;
    }
    kept.files.set(file, published);
    return published;
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
