import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context, Handler } from 'hono';
import type { ListEntries } from '../pipeline/list-entries.ts';
import { chooseCoding, type Coding } from './accept-encoding.ts';
import { headFor, type Head } from './answer-head.ts';
import entriesSchema from './api/entries.schema.json' with { type: 'json' };
import openApi from './api/openapi.json' with { type: 'json' };
import { unchangedTag } from './conditional.ts';
import { problem } from './problems.ts';

// The API for sites that take over a topic's entries: what has become of them since they asked last, and the contract.

const MOST = 100;
const USUAL = 50;
const FRESH_SECONDS = 60;
const CONTRACT_FRESH_SECONDS = 3600;

const CODINGS: readonly Coding[] = ['br', 'gzip', 'identity'];
const LEAST_PACKED_BYTES = 256;
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
/** As published files are packed; these answers are packed for one client each. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const GZIP = { level: 5 };

export type ApiTools = {
  readonly listEntries: ListEntries;
  /** Where the site begins for the world. */
  readonly basePath: string;
};

/** GET of `/api/topics/<id>/entries`. */
export function entriesHandler({ listEntries, basePath }: ApiTools): Handler {
  return async (context) => {
    const { searchParams, search } = new URL(context.req.url);
    const limit = limitIn(searchParams.get('limit'));
    if (limit === null) return problem(context, 'bad-limit');
    const topicId = context.req.param('topic') ?? '';
    const answer = await listEntries({ topicId, since: searchParams.get('since'), limit });
    if (answer.kind === 'moved')
      return context.body(null, 301, {
        location: `${basePath}api/topics/${answer.to}/entries${search}`,
        'cache-control': 'public, max-age=3600',
        ...headFor('everybody'),
      });
    if (answer.kind !== 'listed') return problem(context, answer.kind);
    const link = { link: `<${basePath}api/entries.schema.json>; rel="describedby"; type="application/schema+json"` };
    const type = 'application/json; charset=utf-8';
    return tell(context, jsonText(answer.list), { type, freshForSeconds: FRESH_SECONDS, head: link });
  };
}

/** What the answers look like, and how to ask. */
export function contractHandler(which: 'entries' | 'everything'): Handler {
  const text = jsonText(which === 'entries' ? entriesSchema : openApi);
  const type = which === 'entries' ? 'application/schema+json' : 'application/vnd.oai.openapi+json;version=3.1';
  return (context) => tell(context, text, { type, freshForSeconds: CONTRACT_FRESH_SECONDS, head: {} });
}

/** Whatever else is asked for below `/api/`. */
export function noSuchCall(): Handler {
  return (context) => problem(context, 'no-such-call');
}

function limitIn(text: string | null): number | null {
  if (text === null) return USUAL;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= MOST ? limit : null;
}

/** JSON whose brackets are no markup to whoever pastes it into a page. */
function jsonText(data: unknown): string {
  return `${JSON.stringify(data).replaceAll('<', '\\u003c')}\n`;
}

async function tell(
  context: Context,
  text: string,
  given: { readonly type: string; readonly freshForSeconds: number; readonly head: Head },
): Promise<Response> {
  const bytes = Buffer.from(text);
  const asked = (name: string): string | null => context.req.header(name) ?? null;
  const codings: readonly Coding[] = bytes.byteLength < LEAST_PACKED_BYTES ? ['identity'] : CODINGS;
  const coding = chooseCoding(asked('accept-encoding'), codings);
  if (coding === null) return problem(context, 'no-such-coding');
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  const tagIn = (each: Coding): string => (each === 'identity' ? `"${digest}"` : `"${digest}-${each}"`);
  const head = (tag: string): Head => ({
    etag: tag,
    'cache-control': `public, max-age=${given.freshForSeconds}`,
    vary: 'Accept-Encoding',
    ...headFor('everybody'),
    ...given.head,
  });
  const tags = [coding, ...CODINGS.filter((each) => each !== coding)].map(tagIn);
  const unchanged = unchangedTag(
    { noneMatch: asked('if-none-match'), modifiedSince: null },
    { tags, modifiedMs: null },
  );
  if (unchanged !== null) return context.body(null, 304, head(unchanged));
  const body = await packed(bytes, coding);
  const headers = {
    ...head(tags[0]!),
    'content-type': given.type,
    'content-length': String(body.byteLength),
    ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
  };
  return context.req.method === 'HEAD' ? context.body(null, 200, headers) : context.body(body, 200, headers);
}

async function packed(bytes: Buffer<ArrayBuffer>, coding: Coding): Promise<Uint8Array<ArrayBuffer>> {
  if (coding === 'br') return brotli(bytes, BROTLI);
  return coding === 'gzip' ? gzipped(bytes, GZIP) : bytes;
}
