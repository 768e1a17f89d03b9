import { feedTypeOf } from '../support/feed-documents.ts';

/** What a published file is, by the ending of its name. */
export type MediaKind = {
  readonly type: string;
  /** Packing makes it smaller. */
  readonly isText: boolean;
};

const text = (type: string): MediaKind => ({ type: `${type}; charset=utf-8`, isText: true });
const binary = (type: string): MediaKind => ({ type, isText: false });

export const XML = text('application/xml');

const KINDS: Readonly<Record<string, MediaKind>> = {
  json: text('application/json'),
  opml: text('text/x-opml'),
  xml: XML,
  html: text('text/html'),
  css: text('text/css'),
  txt: text('text/plain'),
  vtt: text('text/vtt'),
  svg: { type: 'image/svg+xml', isText: true },
  png: binary('image/png'),
  jpg: binary('image/jpeg'),
  gif: binary('image/gif'),
  webp: binary('image/webp'),
  avif: binary('image/avif'),
  ico: binary('image/vnd.microsoft.icon'),
  mp3: binary('audio/mpeg'),
  m4a: binary('audio/mp4'),
  ogg: binary('audio/ogg'),
  mp4: binary('video/mp4'),
  webm: binary('video/webm'),
};
const UNKNOWN = binary('application/octet-stream');

/** @param path under output/, as publishing made it */
export function mediaKindOf(path: string): MediaKind {
  const feedType = feedTypeOf(path);
  if (feedType !== null) return { type: feedType, isText: true };
  const ending = endingOf(path);
  return Object.hasOwn(KINDS, ending) ? KINDS[ending]! : UNKNOWN;
}

/** The ending without its dot; empty when there is none. */
export function endingOf(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? path.slice(dot + 1) : '';
}

/** A feed that browsers can show by its style sheet. */
export function isXmlFeed(path: string): boolean {
  return /^feeds\/.*\.(?:atom|rss)$/.test(path);
}

/** `feeds/world/archive/3.atom`: a closed document, whose bytes never change (RFC 5005 §4). */
export function isArchive(path: string): boolean {
  return /^feeds\/[^/]+\/archive\/[^/]+$/.test(path);
}

/** `images/0a/1b….jpg`: a copy of a picture, which is named after its bytes. */
export function isImageCopy(path: string): boolean {
  return path.startsWith('images/');
}
