import type { FeedDescription } from '../../pipeline/describe-feed.ts';
import { oneLine } from '../terminal.ts';

export const FORMATS: Readonly<Record<FeedDescription['format'], string>> = {
  atom: 'Atom',
  rss: 'RSS',
  rdf: 'RSS 1.0',
  json: 'JSON Feed',
};

export const BODIES: Readonly<Record<FeedDescription['bodies'], string>> = {
  whole: 'whole texts',
  excerpts: 'excerpts',
  both: 'some whole texts',
  none: 'no texts',
};

/** What a feed is, in one line: `Atom, 20 entries, newest 2026-11-24, en, whole texts`. */
export function describedFeed({ format, entries, newest, language, bodies }: FeedDescription): string {
  return [
    FORMATS[format],
    entries === 1 ? 'one entry' : `${entries} entries`,
    ...(newest === null ? [] : [`newest ${newest.slice(0, 10)}`]),
    ...(language === null ? [] : [oneLine(language, 20)]),
    ...(entries === 0 ? [] : [BODIES[bodies]]),
  ].join(', ');
}
