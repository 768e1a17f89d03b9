import { bodyOf, lineOf, type Reading } from './element-text.ts';
import type { Gathered, RawBody } from './gathered.ts';

// Which of the many elements for text is an entry's body and which its summary.

const BODIES = ['content:encoded', 'content', 'atom:content', 'xhtml:body', 'body', 'fullitem', 'xhtml:div'];
const SUMMARIES = [
  'description',
  'summary',
  'atom:summary',
  'dc:description',
  'itunes:summary',
  'googleplay:description',
  'media:description',
  'media:text',
  'itunes:subtitle',
  'subtitle',
  'dcterms:abstract',
  'abstract',
];
const SUBTITLES = [
  'subtitle',
  'tagline',
  'description',
  'atom:subtitle',
  'itunes:summary',
  'itunes:subtitle',
  'googleplay:description',
  'dc:description',
  'info',
  'summary',
];

export type EntryBodies = { readonly content: RawBody | null; readonly summary: RawBody | null };

/** The fullest kind of text is the content. RSS with both `summary` and `description` means the latter as its body. */
export function entryBodies(reading: Reading, gathered: Gathered): EntryBodies {
  const { bodies } = gathered;
  const content = firstBody(reading, gathered, BODIES);
  if (content === null && bodies.has('description') && bodies.has('summary')) {
    return {
      content: firstBody(reading, gathered, ['description']),
      summary: firstBody(reading, gathered, ['summary']),
    };
  }
  return { content, summary: firstBody(reading, gathered, SUMMARIES) };
}

/** What a feed says of itself, as plain text. */
export function feedSubtitle(reading: Reading, { bodies }: Gathered): string | null {
  for (const name of SUBTITLES) {
    const element = bodies.get(name);
    const line = element === undefined ? null : lineOf(reading, element);
    if (line !== null) return line;
  }
  return null;
}

function firstBody(reading: Reading, { bodies }: Gathered, names: readonly string[]): RawBody | null {
  for (const name of names) {
    const element = bodies.get(name);
    const body = element === undefined ? null : bodyOf(reading, element);
    if (body !== null) return { ...body, base: element!.base, hasOwnBase: element!.hasOwnBase };
  }
  return null;
}
