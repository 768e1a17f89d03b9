import { epochMsOf } from '../support/instant.ts';
import type { Coding } from './accept-encoding.ts';
import { codingFor, contentHead, sharedHead, tagOf, tagsOf, type Head } from './answer-head.ts';
import type { Bytes } from './file-versions.ts';
import type { PublishedFile } from './kept-files.ts';
import type { Published } from './published.ts';

/** The answers of a version in a coding, as they are sent. */
export type PreparedAnswers = {
  readonly tag: string;
  readonly tags: readonly string[];
  readonly modifiedMs: number;
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
/** So many ways of saying what codings one takes; others are read each time. */
const MOST_WAYS = 32;

/** Null for a file that is not packed yet as it is wished for, or cannot be had so. */
export type AnswersOf = (file: PublishedFile, acceptEncoding: string | null) => PreparedAnswers | null;

export function openPreparedAnswers(
  { clock, linksOf }: Published,
  { betweenMs }: { readonly betweenMs: number },
): AnswersOf {
  const keepAlive: Head = { connection: 'keep-alive', 'keep-alive': `timeout=${Math.floor(betweenMs / 1000)}` };
  let made = new Map<PublishedFile, Map<string | null, PreparedAnswers>>();
  let madeAtMs = clock.elapsedMs();

  const make = (file: PublishedFile, coding: Coding, body: Bytes): PreparedAnswers => {
    const now = clock.now();
    const date = new Date(epochMsOf(now)).toUTCString();
    const given = { now, audience: 'everybody', links: linksOf(file.path) } as const;
    const shared = (tag: string): Head => ({ ...sharedHead(file, tag, given), date, ...keepAlive });
    const tag = tagOf(file, coding);
    const length = { 'content-length': String(body.byteLength) };
    const content = contentHead(file, coding, { audience: 'everybody', destination: null });
    const head = written('200 OK', { ...shared(tag), ...content, ...length });
    return {
      tag,
      tags: tagsOf(file, coding),
      modifiedMs: file.modifiedMs,
      head,
      whole: body.byteLength <= MOST_IN_ONE_PIECE ? Buffer.concat([Buffer.from(head, 'latin1'), body]) : null,
      body,
      unchanged: written('304 Not Modified', shared(tag)),
      unchangedAs: (other) => written('304 Not Modified', shared(other)),
    };
  };

  return (file, acceptEncoding) => {
    const nowMs = clock.elapsedMs();
    if (nowMs - madeAtMs >= KEPT_MS) {
      made = new Map();
      madeAtMs = nowMs;
    }
    const ofFile = made.get(file) ?? new Map<string | null, PreparedAnswers>();
    const known = ofFile.get(acceptEncoding);
    if (known !== undefined) return known;
    const coding = codingFor(file, acceptEncoding);
    const body = coding === 'identity' ? file.bytes : ((coding && file.packed.get(coding)) ?? null);
    if (coding === null || body === null) return null;
    const answers = make(file, coding, body);
    if (ofFile.size < MOST_WAYS) made.set(file, ofFile.set(acceptEncoding, answers));
    return answers;
  };
}

function written(status: string, head: Head): string {
  const fields = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${fields.join('')}\r\n`;
}
