import type { Feed } from '../model/feed.ts';
import { pageAddress } from './addresses.ts';
import { decodeFeed } from './decode.ts';
import { definedEntities } from './document-entities.ts';
import { readElements } from './elements.ts';
import { rssParserFields, type ReadFields } from './fields.ts';
import { recogniseFormat, type Recognised } from './format.ts';
import { isJsonFeed, readJsonFeed } from './json-feed.ts';
import { PARSE_LIMITS, type ParseLimits } from './limits.ts';
import { mendJson, type MendedJson } from './mend-json.ts';
import { normaliseFeed } from './normalise.ts';
import { emptyDocument, notAFeed, otherJson } from './not-a-feed.ts';
import { collectRepairs, type RepairCode, type Repairs } from './repairs.ts';
import { withoutControls } from './controls.ts';
import { treeOf } from './tree.ts';

/** What is known of the bytes: where they came from (after redirects), and what the server said of them. */
export type AboutBytes = {
  readonly url: string;
  readonly contentType: string | null;
  /**
   * The header of that name (RFC 9110 §8.7): the document's own address, if it is another. Only one on the same host is
   * believed: behind a proxy servers name hosts that nobody else knows.
   */
  readonly contentLocation?: string | null;
};

export type ParseOptions = {
  readonly limits?: Partial<ParseLimits>;
  /** Takes the fields out of a feed's tree: rss-parser, unless a test puts another in its place. */
  readonly readFields?: ReadFields;
};

/** What the way of one document is made with. */
type Way = {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly base: string | null;
  readonly limits: ParseLimits;
  readonly repairs: Repairs;
  readonly readFields: ReadFields;
};

/** Made once: it holds no state of any document. */
const READ_FIELDS = rssParserFields();

/** Mends that leave something out: the feed then counts as cut. */
const CUTS: readonly RepairCode[] = [
  'bytes-capped',
  'entries-capped',
  'depth-capped',
  'fields-capped',
  'attributes-capped',
  'list-capped',
  'text-capped',
  'document-cut',
];

/**
 * Any bytes that contain a feed (RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed) → Feed. What had to be mended is
 * told in `repairs`, what could not be read in `skipped`; what is larger than the limits is read up to them.
 * @throws StageError with a `feed-…` code for what is no feed, saying what it is
 */
export async function parseFeed(bytes: Uint8Array, about: AboutBytes, options: ParseOptions = {}): Promise<Feed> {
  const limits = { ...PARSE_LIMITS, ...options.limits };
  const repairs = collectRepairs();
  const base = addressOf(about);

  if (bytes.length === 0) throw emptyDocument(about.url);
  if (bytes.length > limits.maxBytes) repairs.note('bytes-capped');
  const read = bytes.length > limits.maxBytes ? bytes.subarray(0, limits.maxBytes) : bytes;
  const way = { bytes: read, url: about.url, base, limits, repairs, readFields: options.readFields ?? READ_FIELDS };
  const text = withPlainLineEnds(withoutControls(decodeFeed(read, about.contentType, repairs), read, repairs));
  const recognised = recogniseFormat(text);
  const feed = recognised.kind === 'json' ? fromJson(text, way) : await fromXml(text, recognised, way);
  const truncated = CUTS.some((code) => repairs.has(code));
  return { ...feed, isComplete: feed.isComplete && !truncated, repairs: repairs.list(), truncated };
}

/** What relative links are relative to, before the document says anything of it (RFC 3986 §5.1.3). */
function addressOf({ url, contentLocation = null }: AboutBytes): string | null {
  const asked = pageAddress(url, null);
  const own = contentLocation === null ? null : pageAddress(contentLocation, asked);
  if (own === null || asked === null) return own ?? asked;
  return new URL(own).host === new URL(asked).host ? own : asked;
}

/** XML 1.0 §2.11: a line ends with a line feed, whatever the document has. */
function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

type Unreported = Omit<Feed, 'repairs' | 'truncated'>;

async function fromXml(text: string, recognised: Recognised, way: Way): Promise<Unreported> {
  if (recognised.kind !== 'xml')
    throw notAFeed({ ...way, text, root: recognised.kind === 'none' ? recognised.root : null });
  const { limits, repairs, base } = way;
  if (recognised.hasTextBefore) repairs.note('text-before-root');
  const entities = definedEntities(recognised.subset);
  const document = readElements(text, { start: recognised.start, base, entities, limits }, repairs);
  const { format } = recognised;
  if (format === 'rdf' && document.entries.length === 0 && document.head.length === 0)
    throw notAFeed({ ...way, text, root: 'rdf:rdf' });
  if (document.entriesLeftOut > 0) repairs.note('entries-capped', `${document.entriesLeftOut} left out`);
  const tree = treeOf({ document, repairs, format, limits });
  return normaliseFeed(await way.readFields(tree), { format, base, limits, repairs });
}

function fromJson(text: string, way: Way): Unreported {
  const { value, cutItem } = jsonOf(text, way);
  if (!isJsonFeed(value)) throw otherJson(way.url, Array.isArray(value) ? 'a list' : 'an object without items');
  const { leftOut, ...feed } = readJsonFeed(value, { ...way, cutItem });
  if (leftOut > 0) way.repairs.note('entries-capped', `${leftOut} left out`);
  return feed;
}

function jsonOf(text: string, way: Way): Pick<MendedJson, 'value' | 'cutItem'> {
  try {
    return { value: JSON.parse(text) as unknown, cutItem: null };
  } catch {
    const mended = mendJson(text);
    if (mended === null) throw otherJson(way.url, 'it is not valid JSON either');
    way.repairs.note('json-mended');
    if (mended.isCut) way.repairs.note('document-cut');
    return mended;
  }
}
