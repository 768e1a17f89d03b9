import { Feed, type Author, type FeedOptions, type Item } from 'feed';

import type { ValuesOfEntry } from './kept-values.ts';
import { mark } from './marks.ts';

// The one door to the feed package. It lays out a specimen: a feed with one entry, in which every place where something
// will stand holds a mark of our own. So it never sees a word that came from outside: what it does with `]]>`, control
// characters, relative links or missing dates concerns nobody.

/** Lays out the specimen of one format. Handed to the renderers, so that another one can take the package's place. */
export type LayOut = () => string;

/** What a renderer is made of. */
export type RendererParts = {
  /** Lays out the document about marks; the feed package does it. */
  readonly layOut?: LayOut;
  /** Gives what fills the marks of an entry. */
  readonly entryValues?: ValuesOfEntry;
};

const PERSON: Author = {
  name: mark('entry.author.name'),
  email: mark('entry.author.email'),
  link: mark('entry.author.url'),
};

/** What only the two XML formats have a place for in the package. */
const OF_XML: Partial<FeedOptions> = {
  hub: mark('toldAt.url'),
  copyright: mark('rights'),
  stylesheet: mark('stylesheet'),
};

export const layOutAtom: LayOut = () =>
  specimen(
    { favicon: mark('icon'), ...OF_XML },
    {
      description: mark('entry.summary'),
      content: mark('entry.contentHtml'),
      author: [PERSON],
      category: [{ term: mark('entry.category.name') }],
      copyright: mark('entry.rights'),
    },
  ).atom1();

export const layOutRss: LayOut = () =>
  specimen(
    { docs: 'https://www.rssboard.org/rss-specification', ...OF_XML },
    {
      description: mark('entry.descriptionHtml'),
      content: mark('entry.encodedHtml'),
      category: [{ name: mark('entry.category.name') }],
    },
  ).rss2();

export const layOutJsonFeed: LayOut = () =>
  specimen(
    { image: mark('icon') },
    {
      description: mark('entry.summary'),
      content: mark('entry.contentHtml'),
      image: mark('entry.imageUrl'),
      author: [PERSON],
      category: [{ name: mark('entry.category.name') }],
    },
  ).json1();

/** The package asks a date for its texts; these answer with a mark. */
class MarkedDate extends Date {
  readonly #path: string;

  constructor(path: string) {
    super(0);
    this.#path = path;
  }

  override toISOString(): string {
    return mark(this.#path);
  }

  override toUTCString(): string {
    return mark(`${this.#path}InWords`);
  }
}

/** What all formats have in common, and what one has besides. */
function specimen(besides: Partial<FeedOptions>, inEntry: Partial<Item>): Feed {
  const feed = new Feed({
    id: mark('id'),
    title: mark('title'),
    description: mark('subtitle'),
    updated: new MarkedDate('updated'),
    generator: mark('generator'),
    language: mark('language'),
    link: mark('link'),
    feedLinks: { atom: mark('self'), rss: mark('self'), json: mark('self') },
    author: { name: mark('author.name'), email: mark('author.email'), link: mark('author.url') },
    ...besides,
  });
  feed.addItem({
    id: mark('entry.id'),
    title: mark('entry.title'),
    link: mark('entry.url'),
    date: new MarkedDate('entry.updated'),
    published: new MarkedDate('entry.published'),
    ...inEntry,
  });
  return feed;
}
