import type { Article } from '../../model/article.ts';
import type { PublishedVersion } from '../../model/published-entry.ts';
import type { Site } from '../../model/site.ts';
import type { Extent, Source } from '../../model/source.ts';
import { sha256 } from '../../support/hash.ts';
import type { ComposeContext } from '../compose-edition.ts';
import { extentFor } from '../extent-for.ts';

// An archive is closed, but it never holds more of a text than may be shown today.

const RANK = { full: 0, excerpt: 1, link: 2 } as const satisfies Record<Extent, number>;

/** Whether less of an article may be shown by now than was shown of it. */
export function isNarrowed(
  shown: Pick<PublishedVersion, 'extent' | 'words' | 'characters'>,
  article: Article,
  { sources, site }: Pick<ComposeContext, 'sources' | 'site'>,
): boolean {
  const allowed = extentFor(article, sources.get(article.sourceId) ?? null, site);
  if (allowed.extent !== shown.extent) return RANK[allowed.extent] > RANK[shown.extent];
  if (isLess(allowed.characters, shown.characters)) return true;
  // Where a length in characters was declared, the words go by the text, and are fewer in another one.
  return allowed.characters === null && isLess(allowed.words, shown.words);
}

/** Whether more or less of an article may be shown by now than was shown of it. */
export function isAllowedOtherwise(
  shown: Pick<PublishedVersion, 'extent' | 'words' | 'characters'>,
  article: Article,
  { sources, site }: Pick<ComposeContext, 'sources' | 'site'>,
): boolean {
  const { extent, words, characters } = extentFor(article, sources.get(article.sourceId) ?? null, site);
  return extent !== shown.extent || words !== shown.words || characters !== shown.characters;
}

/** Null: as much as one likes. */
function isLess(now: number | null, before: number | null): boolean {
  return now !== null && (before === null || now < before);
}

/** All that the operator says of rights: as long as it stays, no archive need be looked at. */
export function digestOfRights(
  { commercial, optOut }: Pick<Site, 'commercial' | 'optOut'>,
  sources: readonly Source[],
): string {
  const ofSources = sources.map(({ id, url, republish, excerptWords, remove }) => [
    id,
    url,
    republish,
    excerptWords,
    remove.length > 0,
  ]);
  return sha256(JSON.stringify([commercial, optOut, ofSources.toSorted(([a], [b]) => (a! < b! ? -1 : 1))]));
}
