import type { Article, LeadImage } from '../model/article.ts';
import type { Entry } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { escapeHtml } from '../support/html.ts';
import { countWords, foldedWords } from '../support/words.ts';
import { bodyText } from './body/body-text.ts';
import { summaryText } from './excerpt.ts';
import type { FeedText } from './feed-text.ts';
import type { PageReading } from './read-page.ts';
import type { PagesRead } from './join-pages.ts';
import type { PageAnswer } from './page-wishes.ts';
import { isOfAnother, toldWall, wallOf } from './page-walls.ts';

export type BodyChoice = Pick<Article, 'contentHtml' | 'contentFrom' | 'contentReason'> & {
  readonly image: LeadImage | null;
};

export type BodyInput = {
  readonly entry: Entry;
  readonly source: Source;
  readonly pages: PagesRead;
  readonly feedText: FeedText;
  readonly previous: Article | null;
  readonly distrust: string | null;
};

/** A page's body must hold this share of the feed's words to stand in its place. */
const LEAST_SHARE = 0.8;
/** Of a page that is paid for so much of the feed's words is its teaser again. */
const MORE_THAN_A_TEASER = 1.5;
/** A true source's page with fewer words holds a teaser. */
const FEWEST_WORDS = 60;

/** `original`: the true source's page, where the body is that one's; else null. */
export type ChosenBody = BodyChoice & { readonly original: PageAnswer | null };

/** Where the body is taken from, and why, in words that an operator understands. */
export function chooseBody(input: BodyInput): ChosenBody {
  const followed = originalChoice(input);
  return followed === null ? { ...ownChoice(input), original: null } : { ...followed, original: input.pages.original };
}

/** The true source's body, where it was asked for and is about the same thing. */
function originalChoice({ entry, pages, feedText }: BodyInput): BodyChoice | null {
  const { original, reading: own } = pages;
  const reading = original?.reading ?? null;
  // What its publisher sells to subscribers is not ours to pass on, even where it shows.
  if (reading === null || original === null || wallOf(reading) !== null || !reading.metadata.free) return null;
  const words = countWords(reading.text);
  if (words < Math.max(FEWEST_WORDS, feedText.words * LEAST_SHARE, countWords(own?.text ?? '') * LEAST_SHARE))
    return null;
  if (!isAbout(reading, entry.title ?? own?.metadata.title ?? '')) return null;
  const { contentHtml, image } = reading;
  const contentReason = `taken from the true source, ${new URL(original.page.url).hostname}`;
  return { contentHtml, contentFrom: 'page', contentReason, image: own?.image ?? image };
}

/** Whether a page speaks of what a title says: half of the title's words stand on it. */
function isAbout({ text, metadata }: PageReading, title: string): boolean {
  const words = new Set(foldedWords(title));
  const there = new Set(foldedWords(`${metadata.title ?? ''} ${text}`));
  return words.size === 0 || words.intersection(there).size >= words.size / 2;
}

function ownChoice({ entry, source, pages, feedText, previous, distrust }: BodyInput): BodyChoice {
  const { page, reading } = pages;
  const feeds = feedChoice(feedText);
  const kept = fuller(previous, feedText, entry);
  const keepOr = (why: string, otherwise: string): BodyChoice =>
    kept === null ? feeds(`${why}; ${otherwise}`) : { ...kept, contentReason: `${why}; the text read before is kept` };
  if (distrust !== null) return keepOr(distrust, 'the feed’s text is used');
  if (page === null) return feeds(feedText.whole ? 'the feed holds the whole text' : 'the page was not asked for');
  if (page.kind === 'not-fetched') {
    const why = page.reason.trim().replace(/[.;]+$/, '');
    return keepOr(why, `the feed’s ${feedText.from === 'content' ? 'text' : 'summary'} is used`);
  }
  const description = kept === null && feedText.words === 0 ? (reading?.metadata.description ?? null) : null;
  // However long it is: an offer of subscriptions outgrows many a summary, and is still none of the article.
  const wall = reading === null ? null : toldWall(reading, entry.title);
  if (reading !== null && wall !== null) {
    if (description !== null && !isOfAnother(wall)) return describedChoice(wall, description, reading.image);
    return keepOr(wall, 'the feed’s text is used');
  }
  if (reading === null || reading.text === '') {
    if (description !== null) return describedChoice('the page shows no text', description, reading?.image ?? null);
    return keepOr('the page holds no text that could be told from its furniture', 'the feed’s is used');
  }
  const words = countWords(reading.text);
  const declared = wallOf(reading, entry.title);
  if (declared !== null && words <= feedText.words * MORE_THAN_A_TEASER)
    return feeds(`${declared}; the feed’s text is used`);
  if (feedText.words > 0 && words < feedText.words * LEAST_SHARE && source.content !== 'page')
    return feeds(`the page’s body is poorer (${words} words against ${feedText.words}); the feed’s text is used`);
  if (feedText.words > 0 && words < feedText.words * LEAST_SHARE * 0.5)
    return feeds(`the page’s body is much poorer (${words} words against ${feedText.words}); the feed’s text is used`);
  return {
    contentHtml: reading.contentHtml,
    contentFrom: 'page',
    contentReason: pageReason(source, reading, feedText, pages.note),
    image: reading.image,
  };
}

function pageReason(
  source: Source,
  { selected, metadata }: PageReading,
  feedText: FeedText,
  note: string | null,
): string {
  const found =
    selected === true
      ? 'taken by the source’s selector'
      : selected === false
        ? 'the source’s selector finds nothing on the page; found without it'
        : null;
  const why =
    source.content === 'page'
      ? 'the source is read from its pages'
      : feedText.from === null
        ? 'the feed holds no text'
        : feedText.whole
          ? 'the page’s text is fuller than the feed’s'
          : 'the feed holds an excerpt';
  return [why, found, note, metadata.free ? null : 'the page says that it is for subscribers']
    .filter((part) => part !== null)
    .join('; ');
}

function feedChoice(feedText: FeedText): (reason: string) => BodyChoice {
  return (contentReason) => ({
    contentHtml: feedText.contentHtml,
    contentFrom: feedText.from === 'content' || (feedText.from === 'summary' && feedText.whole) ? 'feed' : 'summary',
    contentReason: feedText.words === 0 ? `${contentReason} (it has none)` : contentReason,
    image: feedText.image,
  });
}

function describedChoice(why: string, description: string, image: LeadImage | null): BodyChoice {
  const text = summaryText(description);
  return {
    contentHtml: text === '' ? '' : `<p>${escapeHtml(text)}</p>`,
    contentFrom: 'summary',
    contentReason: `${why}; its description is used, since the feed has no text`,
    image,
  };
}

/** What was read before, if it came from the page, is fuller than what the feed has, and the feed's text did not change. */
function fuller(previous: Article | null, feedText: FeedText, entry: Entry): Omit<BodyChoice, 'contentReason'> | null {
  if (previous === null || previous.contentFrom !== 'page') return null;
  if (
    countWords(bodyText(previous.contentHtml)) <= feedText.words ||
    (entry.updated !== null && entry.updated > previous.updated)
  )
    return null;
  return { contentHtml: previous.contentHtml, contentFrom: 'page', image: previous.image };
}
