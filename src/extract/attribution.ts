import type { Article, Publisher, Rights, SourceLink } from '../model/article.ts';
import type { Entry, FeedFacts, Person } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { cleanAddress } from '../support/canonical-address.ts';
import { siteOf } from '../support/site-of.ts';
import type { PageMetadata } from './page/page-metadata.ts';
import { personName } from './page/person-name.ts';
import { plainTitle } from './page/plain-title.ts';
import type { PageAnswer } from './page-wishes.ts';

// Whose a text is: who publishes it, who wrote it, and on what terms it may be passed on.

type Given = { readonly entry: Entry; readonly source: Source; readonly feed: FeedFacts };

/** Who publishes it: the source; for what an aggregator passes on, the true source if its name is known. */
export function publisherOf({ entry, source, feed }: Given, sourceLink: SourceLink | null): Publisher {
  const home = feed.link === null ? null : cleanAddress(feed.link);
  const sites = [source.url, feed.url, home, entry.link].map((url) => (url === null ? null : siteOf(url)));
  const foreign = sourceLink !== null && !sites.includes(siteOf(sourceLink.url));
  const name = plainTitle(sourceLink?.name ?? entry.source?.title ?? '');
  if (name !== '' && (foreign || entry.source?.title !== undefined) && name !== plainTitle(feed.title ?? ''))
    return { name, url: foreign ? `${new URL(sourceLink.url).origin}/` : null };
  return { name: source.title, url: home };
}

/** Who publishes a text that was taken from the true source's page: as that page says, else by its address. */
export function publisherOfPage({ page, reading }: PageAnswer, sourceLink: SourceLink | null): Publisher {
  const { origin, hostname } = new URL(page.url);
  const name = reading?.metadata.publisher?.name ?? sourceLink?.name ?? hostname.replace(/^www\./, '');
  return { name: plainTitle(name), url: `${origin}/` };
}

/** What was said of the feed's text is not said of the true source's. The operator's word holds for all that he takes. */
export function rightsOf(
  { entry, source, feed }: Given,
  texts: {
    /** What its own page says, where it is believed; what the true source's says, where the text is from there. */
    readonly metadata: PageMetadata | null;
    readonly original: PageMetadata | null;
    /** The article whose text, read before, is kept. */
    readonly kept: Article | null;
  },
): Rights {
  const { metadata, original, kept } = texts;
  if (original !== null) return { text: source.rights ?? original.rights, licence: original.licence };
  if (kept !== null) return { text: source.rights ?? kept.rights.text, licence: kept.rights.licence };
  return {
    text: source.rights ?? entry.rights ?? feed.rights,
    licence: entry.licence ?? metadata?.licence ?? feed.licence,
  };
}

/** The first who name somebody. */
export function authorsOf(...told: readonly (readonly Person[] | undefined)[]): readonly Person[] {
  for (const some of told) {
    const named = (some ?? []).map(plainPerson).filter((person) => person !== null);
    if (named.length > 0) return named;
  }
  return [];
}

function plainPerson({ name, email, url }: Person): Person | null {
  const plain = name === null ? null : personName(name);
  const address = url === null ? null : cleanAddress(url);
  return plain === null && email === null ? null : { name: plain, email, url: address };
}
