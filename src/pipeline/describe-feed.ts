import { needsPage } from '../extract/needs-page.ts';
import type { Entry, Feed, FeedFormat } from '../model/feed.ts';
import { hubOffer } from '../push/hub-offer.ts';
import { latest, type Instant } from '../support/instant.ts';

/** A feed as an operator looks at it before it becomes a source. */
export type FeedDescription = {
  /** After redirects. */
  readonly url: string;
  readonly format: FeedFormat;
  readonly title: string | null;
  readonly language: string | null;
  /** How many entries it holds, and when the newest is from. */
  readonly entries: number;
  readonly newest: Instant | null;
  /** Whether its entries hold whole texts, excerpts, some of both, or none at all. */
  readonly bodies: 'whole' | 'excerpts' | 'both' | 'none';
  readonly hub: string | null;
  /** What had to be mended to read it, one sentence each. */
  readonly repairs: readonly string[];
  readonly unreadable: number;
  /** Its first entries, the newest first. */
  readonly preview: readonly EntryPreview[];
};

export type EntryPreview = { readonly title: string | null; readonly link: string | null; readonly at: Instant | null };

const MOST_PREVIEWED = 5;
/** So many entries tell how all are. */
const MOST_WEIGHED = 20;

/** @param from where it was got, after redirects, and the Link header as it stood */
export function describeFeed(
  feed: Feed,
  from: { readonly url: string; readonly links: string | null },
): FeedDescription {
  const { format, title, entries } = feed;
  return {
    url: from.url,
    format,
    title,
    language: feed.language,
    entries: entries.length,
    newest: latest(entries.map(dateOf)),
    bodies: bodiesOf(entries),
    hub: hubOffer({ ...feed, ...from })?.hub ?? null,
    repairs: feed.repairs.map(({ detail }) => detail),
    unreadable: feed.skipped.length,
    preview: newestFirst(entries)
      .slice(0, MOST_PREVIEWED)
      .map((entry) => ({ title: entry.title, link: entry.link, at: dateOf(entry) })),
  };
}

/** When an entry is from; null where it does not say. */
export function dateOf({ published, updated }: Entry): Instant | null {
  return published ?? updated;
}

/** Those without a date keep their places behind the others. */
export function newestFirst(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => {
    const [older, newer] = [dateOf(a) ?? '', dateOf(b) ?? ''];
    return older === newer ? 0 : older < newer ? 1 : -1;
  });
}

function bodiesOf(entries: readonly Entry[]): FeedDescription['bodies'] {
  const weighed = entries.slice(0, MOST_WEIGHED);
  const told = weighed.filter(({ content, summary }) => content !== null || summary !== null);
  if (told.length === 0) return 'none';
  // An entry without a link counts too: what is asked for is the length of its text.
  const whole = told.filter((entry) => !needsPage({ ...entry, link: entry.link ?? '' }, { content: 'auto' })).length;
  const share = whole / weighed.length;
  return share >= 0.8 ? 'whole' : share <= 0.2 ? 'excerpts' : 'both';
}
