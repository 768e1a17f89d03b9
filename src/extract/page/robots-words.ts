import type { Declaration } from '../../model/article.ts';

/**
 * What a page asks of all robots by words like `noarchive`, `nosnippet`, `max-snippet:N` (-1: as much as one likes), as one
 * declaration; null where none of them says a thing of how much may be shown. Of several lengths the least holds.
 */
export function robotsWords(written: readonly string[]): Declaration | null {
  const words = written.map((word) => word.trim().toLowerCase());
  const noArchive = words.some((word) => word === 'noarchive' || word === 'nocache');
  const lengths = words.flatMap((word) => {
    if (word === 'nosnippet') return 0;
    const most = /^max-snippet\s*[:=]\s*(\d{1,9})$/.exec(word)?.[1];
    return most === undefined ? [] : Number(most);
  });
  const mostCharacters = lengths.length === 0 ? null : Math.min(...lengths);
  return noArchive || mostCharacters !== null ? { by: 'page', kind: 'robots', noArchive, mostCharacters } : null;
}
