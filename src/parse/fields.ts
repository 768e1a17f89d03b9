import Parser from 'rss-parser';
import type { Instant } from '../support/instant.ts';
import type { EntryMore, FeedMore } from './gathered.ts';
import type { FeedTree } from './tree.ts';

// The only door to rss-parser (3.13.0, pinned). Its field logic is sound once it is given a good tree: ours is handed
// over in the place of xml2js, which it asks for one by `xmlParser.parseString` (test/parse/fields.test.ts guards that).

/** What rss-parser makes of an entry. `more` is there for whatever it was given by us. */
export type EntryFields = {
  readonly title?: string;
  readonly link?: string;
  readonly guid?: string;
  readonly id?: string;
  readonly 'rdf:about'?: string;
  readonly comments?: string;
  readonly categories?: readonly string[];
  readonly rights?: string;
  readonly language?: string;
  readonly duration?: string;
  readonly explicit?: string;
  readonly season?: string;
  readonly episode?: string;
  readonly episodeKind?: string;
  readonly more: EntryMore;
};

/** What rss-parser makes of a feed. */
export type FeedFields = {
  readonly title?: string;
  readonly link?: string;
  readonly feedUrl?: string;
  readonly description?: string;
  readonly language?: string;
  readonly copyright?: string;
  readonly generator?: string;
  readonly lastBuildDate?: Instant;
  readonly ttl?: string;
  readonly image?: { readonly url?: string };
  readonly categories?: readonly string[];
  readonly more: FeedMore;
  readonly items: readonly EntryFields[];
};

/** Takes the fields out of a tree; handed in, so that a test may put another in its place. */
export type ReadFields = (tree: FeedTree) => Promise<FeedFields>;

/** Copied beside rss-parser's own names (its fields.js), some of which it knows in RSS alone. */
const EVERY = { keepArray: true };
const ENTRY_FIELDS = [
  ['comments', 'comments'],
  ['category', 'categories', EVERY],
  ['dc:rights', 'rights'],
  ['dc:language', 'language'],
  ['itunes:duration', 'duration'],
  ['itunes:explicit', 'explicit'],
  ['itunes:season', 'season'],
  ['itunes:episode', 'episode'],
  ['itunes:episodeType', 'episodeKind'],
  ['our:entry', 'more'],
];
const FEED_FIELDS = [
  ['category', 'categories', EVERY],
  ['generator', 'generator'],
  ['copyright', 'copyright'],
  ['our:feed', 'more'],
];

/** What rss-parser holds in the place of xml2js: it gives back the tree that it is given. */
type TreeReader = { parseString(tree: FeedTree, done: (error: null, tree: FeedTree) => void): void };

/** Reads fields with rss-parser. Whatever it throws is a fault of our tree, and a bug. */
export function rssParserFields(): ReadFields {
  const customFields = { item: ENTRY_FIELDS, feed: FEED_FIELDS };
  const parser = new Parser({ customFields } as unknown as Parser.ParserOptions<object, object>);
  const seam = parser as unknown as { xmlParser: TreeReader; parseString(tree: FeedTree): Promise<FeedFields> };
  seam.xmlParser = { parseString: (tree, done) => done(null, tree) };
  return (tree) => seam.parseString(tree);
}
