import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { Clock } from '../support/clock.ts';
import { isSubscriptionDocument } from '../support/feed-documents.ts';
import type { Coding } from './accept-encoding.ts';
import {
  cacheControlFor,
  codingFor,
  contentHead,
  datedMsOf,
  digestIn,
  headFor,
  isShownTo,
  sharedHead,
  tagOf,
  tagsOf,
  type Audience,
  type Head,
} from './answer-head.ts';
import { byteRange, type ByteRange } from './byte-range.ts';
import { isPreconditionFailed, isRangeCurrent, tagsIn, unchangedTag } from './conditional.ts';
import { currentInPlaceOf, currentOfArchive, type FateOf } from './fates.ts';
import { withoutEntries } from './feed-delta.ts';
import { openFeedVersions, type FeedVersions } from './feed-versions.ts';
import { openKeptFiles, type KeptFiles, type PublishedFile } from './kept-files.ts';
import type { Bytes } from './file-versions.ts';
import { pack } from './pack.ts';
import { refusals, type Refuse } from './refusals.ts';
import { addressOfPath, requestedPath } from './requested-path.ts';

// Published files over HTTP, answered in full: negotiation, conditions, parts, deltas, and what became of what is not there.

/** What serving a folder needs, and what it keeps. */
export type Published = {
  readonly outputDir: string;
  readonly clock: Clock;
  readonly files: KeptFiles;
  readonly versions: FeedVersions;
  readonly fateOf: FateOf;
  /** The Link header of a path under output/ (WebSub §4); null for none. */
  readonly linksOf: (path: string) => string | null;
  /** Where the site begins for the world: `/`, or more where a proxy takes the rest off. */
  readonly basePath: string;
  readonly refuse: Refuse;
};

export function openPublished(given: {
  readonly outputDir: string;
  readonly clock: Clock;
  readonly fateOf?: FateOf;
  readonly linksOf?: (path: string) => string | null;
  readonly basePath?: string;
}): Published {
  const versions = openFeedVersions();
  const files = openKeptFiles(given.clock, { onNewVersion: (file) => versions.note(file) });
  const { basePath = '/' } = given;
  const none = { fateOf: () => Promise.resolve(null), linksOf: () => null };
  return { ...none, ...given, files, versions, basePath, refuse: refusals(basePath) };
}

/** One folder of published files, who may read it, and what addresses in it begin with. */
type Room = { readonly root: string; readonly audience: Audience; readonly prefix: string };

/** Answers GET and HEAD of everything under the output folder. */
export function answerPublished(published: Published, context: Context): Promise<Response> {
  return answerWithin(published, context, {
    pathname: context.req.path,
    room: { root: published.outputDir, audience: 'everybody', prefix: published.basePath },
  });
}

/** @param asked.pathname the address within the room, with its leading slash */
export async function answerWithin(
  published: Published,
  context: Context,
  { pathname, room }: { readonly pathname: string; readonly room: Room },
): Promise<Response> {
  const path = requestedPath(pathname);
  if (path === null) return published.refuse(context, 404, room.audience);
  const file = await published.files.find(room.root, path);
  if (file === 'folder') return redirect(context, room, `${room.prefix}${path}/`, 301);
  if (file === null) return answerMiss(published, context, { path, room });
  return answerFile(published, context, { file, room });
}

async function answerMiss(
  published: Published,
  context: Context,
  { path, room }: { readonly path: string; readonly room: Room },
): Promise<Response> {
  const isFile = async (other: string): Promise<boolean> => {
    const found = await published.files.find(room.root, other);
    return found !== null && found !== 'folder';
  };
  const fate = room.audience === 'everybody' ? await published.fateOf(path) : null;
  if (fate?.kind === 'gone') {
    const current = await currentOfArchive(path, isFile);
    const link = current === null ? {} : { link: `<${room.prefix}${current}>; rel="current"` };
    return published.refuse(context, 410, room.audience, link);
  }
  if (fate?.kind === 'withheld') return published.refuse(context, 503, room.audience);
  if (fate?.kind === 'moved')
    return redirect(context, room, /^https?:/.test(fate.to) ? fate.to : `${room.prefix}${addressOfPath(fate.to)}`, 301);
  const current = await currentInPlaceOf(path, isFile);
  if (current !== null) return redirect(context, room, `${room.prefix}${current}`, 307);
  return published.refuse(context, 404, room.audience);
}

function redirect(context: Context, room: Room, to: string, status: 301 | 307): Response {
  return context.body(null, status, {
    location: to,
    'cache-control': cacheControlFor(room.audience, status === 301 ? 'max-age=3600' : 'no-cache'),
    ...headFor(room.audience),
  });
}

async function answerFile(
  published: Published,
  context: Context,
  { file, room }: { readonly file: PublishedFile; readonly room: Room },
): Promise<Response> {
  const asked = (name: string): string | null => context.req.header(name) ?? null;
  const coding = codingFor(file, asked('accept-encoding'));
  if (coding === null) return published.refuse(context, 406, room.audience);
  const form = { coding, isShown: isShownTo(file, asked('sec-fetch-dest')) };
  const tag = tagOf(file, form);
  const now = published.clock.now();
  const head = (of: string): Head =>
    sharedHead(file, of, {
      now,
      audience: room.audience,
      links: room.audience === 'everybody' ? published.linksOf(file.path) : null,
    });
  const current = { tag, tags: tagsOf(file, form), modifiedMs: datedMsOf(file, now) };
  const wanted = { match: asked('if-match'), unmodifiedSince: asked('if-unmodified-since') };
  // That it changed since is certain, also when its date is not told yet.
  if (isPreconditionFailed(wanted, { tag, modifiedMs: file.modifiedMs }))
    return published.refuse(context, 412, room.audience);
  const unchanged = unchangedTag(
    { noneMatch: asked('if-none-match'), modifiedSince: asked('if-modified-since') },
    current,
  );
  if (unchanged !== null) return context.body(null, 304, head(unchanged));

  const headers = {
    ...head(tag),
    ...contentHead(file, form, room.audience),
  };
  const answer = { file, coding, headers, audience: room.audience };
  const isGet = context.req.method === 'GET';
  const range = isGet && coding === 'identity' && isRangeCurrent(asked('if-range'), current) ? asked('range') : null;
  if (range !== null) return answerPart(published, context, { ...answer, part: byteRange(range, file.size) });
  if (asked('a-im') !== null) {
    const delta = await deltaFor(published.versions, file, {
      manipulations: asked('a-im')!,
      noneMatch: asked('if-none-match'),
    });
    if (delta !== null) return answerDelta(context, { ...answer, delta });
  }
  return answerWhole(published, context, answer);
}

type Answer = {
  readonly file: PublishedFile;
  readonly coding: Coding;
  readonly headers: Head;
  readonly audience: Audience;
};

async function answerWhole(published: Published, context: Context, answer: Answer): Promise<Response> {
  const { file, coding, headers } = answer;
  if (file.bytes === null) return answerFromDisk(published, context, { ...answer, status: 200, part: null });
  const body = coding === 'identity' ? file.bytes : await file.pack(coding);
  const whole = { ...headers, 'content-length': String(body.byteLength) };
  return context.req.method === 'HEAD' ? context.body(null, 200, whole) : context.body(body, 200, whole);
}

async function answerPart(
  published: Published,
  context: Context,
  { part, ...answer }: Answer & { readonly part: ByteRange | 'unsatisfiable' | null },
): Promise<Response> {
  const { file, headers } = answer;
  if (part === null) return answerWhole(published, context, answer);
  if (part === 'unsatisfiable') {
    const refused = {
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      'content-range': `bytes */${file.size}`,
    };
    return context.body('The document is not that long\n', 416, refused);
  }
  const partly = { ...headers, 'content-range': `bytes ${part.from}-${part.to}/${file.size}` };
  if (file.bytes === null) return answerFromDisk(published, context, { ...answer, headers: partly, status: 206, part });
  const body = file.bytes.subarray(part.from, part.to + 1);
  return context.body(body, 206, { ...partly, 'content-length': String(body.byteLength) });
}

async function answerFromDisk(
  published: Published,
  context: Context,
  given: Answer & { readonly status: 200 | 206; readonly part: ByteRange | null },
): Promise<Response> {
  const { file, status, part } = given;
  const { from, to } = part ?? { from: 0, to: file.size - 1 };
  const headers = { ...given.headers, 'content-length': String(to - from + 1) };
  if (context.req.method === 'HEAD') return context.body(null, status, headers);
  const opened = await file.open();
  // Replaced a moment ago: whoever asks again gets the new one.
  if (opened === null) return published.refuse(context, 500, given.audience);
  return context.body(
    Readable.toWeb(opened.createReadStream({ start: from, end: to })) as ReadableStream,
    status,
    headers,
  );
}

/** The entries that somebody who has an earlier version lacks; null when that cannot be said. */
async function deltaFor(
  versions: FeedVersions,
  file: PublishedFile,
  asked: { readonly manipulations: string; readonly noneMatch: string | null },
): Promise<Bytes | null> {
  if (file.bytes === null || !isSubscriptionDocument(file.path)) return null;
  if (!asked.manipulations.split(',').some((part) => /^\s*feed\s*(?:;|$)/i.test(part))) return null;
  const had = tagsIn(asked.noneMatch ?? '').map((tag) => versions.marksOf(file.path, digestIn(tag)));
  const marks = had.find((one) => one !== null) ?? null;
  const text = marks === null ? null : withoutEntries(file.path, new TextDecoder().decode(file.bytes), marks);
  return text === null ? null : new TextEncoder().encode(text);
}

/**
 * 226 (RFC 3229 §10.4.1), with the entity tag of the whole. Never stored: a cache that knows nothing of this status
 * would hand what one reader lacked to another, who lacks more.
 */
async function answerDelta(
  context: Context,
  { coding, headers, delta }: Answer & { readonly delta: Bytes },
): Promise<Response> {
  const body = coding === 'identity' ? delta : await pack(delta, coding);
  const isHead = context.req.method === 'HEAD';
  return new Response(isHead ? null : body, {
    status: 226,
    headers: { ...headers, im: 'feed', 'cache-control': 'no-store', 'content-length': String(body.byteLength) },
  });
}
