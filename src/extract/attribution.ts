import type { Article, Declaration, Publisher, Rights, SourceLink } from '../model/article.ts';
import type { Entry, FeedFacts, Person } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { termsFor } from '../model/rsl.ts';
import { cleanAddress } from '../support/canonical-address.ts';
import { creativeCommonsIn } from '../support/creative-commons.ts';
import { siteOf } from '../support/site-of.ts';
import type { PageMetadata } from './page/page-metadata.ts';
import { personName } from './page/person-name.ts';
import { plainTitle } from '../support/plain-title.ts';
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

/**
 * What was said of the feed's text is not said of the true source's. The operator's word holds for all that he takes, but
 * takes back nothing that was declared.
 */
export function rightsOf(
  given: Given,
  texts: {
    /** What its own page says, where it is believed; what the true source's says, where the text is from there. */
    readonly metadata: PageMetadata | null;
    readonly original: PageMetadata | null;
    /** The article whose text, read before, is kept. */
    readonly kept: Article | null;
    /** The article as it was published before. */
    readonly previous: Article | null;
  },
): Rights {
  const { entry, source, feed } = given;
  const { metadata, original, kept, previous } = texts;
  if (original !== null)
    return { text: source.rights ?? original.rights, licence: original.licence, declared: original.declared };
  // What the page declared when it was last read stands until it is read again.
  const ofPage = metadata?.declared ?? previous?.rights.declared.filter(({ by }) => by === 'page') ?? [];
  const declared = [...declaredByFeed(given), ...ofPage];
  if (kept !== null) return { text: source.rights ?? kept.rights.text, licence: kept.rights.licence, declared };
  const named = declared.find((one) => one.kind === 'licence')?.url ?? null;
  return {
    text: source.rights ?? entry.rights ?? feed.rights,
    licence: entry.licence ?? metadata?.licence ?? feed.licence ?? named,
    declared,
  };
}

/** What an entry says of itself goes before what its feed says of all. */
function declaredByFeed({ entry, feed }: Given): Declaration[] {
  const licences = [entry.licence ?? feed.licence, creativeCommonsIn(entry.rights ?? feed.rights ?? '')];
  const rsl = entry.rsl.length > 0 ? entry.rsl : termsFor(feed.rsl ?? [], entry.link, feed.link ?? feed.url);
  return [
    ...[...new Set(licences)].flatMap((url): Declaration[] =>
      url === null ? [] : [{ by: 'feed', kind: 'licence', url }],
    ),
    ...rsl.map((terms): Declaration => ({ by: 'feed', kind: 'rsl', terms })),
  ];
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
