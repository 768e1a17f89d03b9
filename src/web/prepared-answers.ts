import { epochMsOf } from '../support/instant.ts';
import type { Coding } from './accept-encoding.ts';
import { codingFor, contentHead, datedMsOf, sharedHead, tagOf, tagsOf, type Head } from './answer-head.ts';
import type { Bytes } from './file-versions.ts';
import type { PublishedFile } from './kept-files.ts';
import type { Published } from './published.ts';

/** The answers of a version in a coding, as they are sent. */
export type PreparedAnswers = {
  readonly tag: string;
  readonly tags: readonly string[];
  /** As Last-Modified tells it. */
  readonly modifiedMs: number | null;
  readonly head: string;
  /** Null when the head and the body together are too large to be kept in one piece. */
  readonly whole: Buffer | null;
  readonly body: Bytes;
  readonly unchanged: string;
  readonly unchangedAs: (tag: string) => string;
};

/** Answers tell the time: they are made anew in each second, and those of the last second are forgotten. */
const KEPT_MS = 1000;
const MOST_IN_ONE_PIECE = 64 * 1024;
/** Tags, names and what a map takes of an entry, roundly. */
const OVERHEAD_BYTES = 1000;
/** All that is kept of a second; further answers are made for each request, and sent in two pieces. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Of the ways to ask for a coding, of which there is no end, those that were met are read but once. */
type OfFile = {
  readonly byCoding: Map<Coding, PreparedAnswers>;
  readonly byWish: Map<string | null, PreparedAnswers>;
};

/** Null for a file that is not packed yet as it is wished for, or cannot be had so. */
export type AnswersOf = (file: PublishedFile, acceptEncoding: string | null) => PreparedAnswers | null;

export function openPreparedAnswers(
  { clock, linksOf }: Published,
  { betweenMs, mostBytes = MOST_BYTES }: { readonly betweenMs: number; readonly mostBytes?: number },
): AnswersOf {
  const keepAlive: Head = { connection: 'keep-alive', 'keep-alive': `timeout=${Math.floor(betweenMs / 1000)}` };
  let made = new Map<PublishedFile, OfFile>();
  let madeAtMs = clock.elapsedMs();
  let bytesKept = 0;

  const make = (file: PublishedFile, coding: Coding, body: Bytes): PreparedAnswers => {
    const now = clock.now();
    const date = new Date(epochMsOf(now)).toUTCString();
    const given = { now, audience: 'everybody', links: linksOf(file.path) } as const;
    const shared = (tag: string): Head => ({ ...sharedHead(file, tag, given), date, ...keepAlive });
    const form = { coding, isShown: false };
    const tag = tagOf(file, form);
    const length = { 'content-length': String(body.byteLength) };
    return {
      tag,
      tags: tagsOf(file, form),
      modifiedMs: datedMsOf(file, now),
      head: written('200 OK', { ...shared(tag), ...contentHead(file, form, 'everybody'), ...length }),
      whole: null,
      body,
      unchanged: written('304 Not Modified', shared(tag)),
      unchangedAs: (other) => written('304 Not Modified', shared(other)),
    };
  };
  const keep = (file: PublishedFile, coding: Coding, answers: PreparedAnswers): PreparedAnswers => {
    const { head, body, unchanged } = answers;
    const isInOnePiece = body.byteLength <= MOST_IN_ONE_PIECE;
    const bytes = OVERHEAD_BYTES + head.length + unchanged.length + (isInOnePiece ? head.length + body.byteLength : 0);
    if (bytesKept + bytes > mostBytes) return answers;
    bytesKept += bytes;
    const whole = isInOnePiece ? Buffer.concat([Buffer.from(head, 'latin1'), body]) : null;
    const kept = { ...answers, whole };
    const ofFile = made.get(file) ?? { byCoding: new Map(), byWish: new Map() };
    ofFile.byCoding.set(coding, kept);
    made.set(file, ofFile);
    return kept;
  };
  const answersIn = (file: PublishedFile, coding: Coding): PreparedAnswers | null => {
    const known = made.get(file)?.byCoding.get(coding);
    if (known !== undefined) return known;
    const body = coding === 'identity' ? file.bytes : (file.packed.get(coding) ?? null);
    return body === null ? null : keep(file, coding, make(file, coding, body));
  };

  return (file, acceptEncoding) => {
    const nowMs = clock.elapsedMs();
    if (nowMs - madeAtMs >= KEPT_MS) {
      made = new Map();
      madeAtMs = nowMs;
      bytesKept = 0;
    }
    const known = made.get(file)?.byWish.get(acceptEncoding);
    if (known !== undefined) return known;
    const coding = codingFor(file, acceptEncoding);
    const answers = coding === null ? null : answersIn(file, coding);
    const bytes = OVERHEAD_BYTES + (acceptEncoding?.length ?? 0);
    if (answers !== null && bytesKept + bytes <= mostBytes) {
      const byWish = made.get(file)?.byWish.set(acceptEncoding, answers);
      if (byWish !== undefined) bytesKept += bytes;
    }
    return answers;
  };
}

function written(status: string, head: Head): string {
  const fields = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${fields.join('')}\r\n`;
}
