import type { LeadImage } from '../model/article.ts';
import type { Content, Entry } from '../model/feed.ts';
import { countWords } from '../support/words.ts';
import { bodyText } from './body/body-text.ts';
import { readFeedBody } from './body/feed-body.ts';
import { leadPicture } from './picture/lead-image.ts';
import { isCut, linesOf } from './needs-page.ts';
import { metasOf } from './page/page-metas.ts';
import { sanitize } from './body/sanitize.ts';
import { writeBody } from './body/write-body.ts';

/** A feed's own text as a body: sanitised, the lead image not in it. `whole` says that it does not look like a part. */
export type FeedText = {
  readonly contentHtml: string;
  readonly text: string;
  readonly words: number;
  readonly image: LeadImage | null;
  readonly whole: boolean;
  /** Which element it stands in; null where the entry has no text. */
  readonly from: 'content' | 'summary' | null;
};

const NOTHING: FeedText = { contentHtml: '', text: '', words: 0, image: null, whole: false, from: null };
/** A summary with fewer words is a summary, even where nothing is cut. */
const FEWEST_WORDS = 120;

/** Reads what the entry itself brings: its content, else its summary; of two, the longer. */
export function readFeedText(entry: Entry, baseUrl: string): FeedText {
  const { content, summary } = entry;
  const longer =
    content !== null && (summary === null || content.value.length >= summary.value.length) ? content : summary;
  const chosen = longer ?? content;
  if (chosen === null) return NOTHING;
  return readContent(chosen, { entry, baseUrl, from: chosen === content ? 'content' : 'summary' });
}

type Reading = { readonly entry: Entry; readonly baseUrl: string; readonly from: 'content' | 'summary' };

function readContent(content: Content, { entry, baseUrl, from }: Reading): FeedText {
  const body = readFeedBody(content, entry.title);
  const picture = leadPicture({
    page: body.page,
    metas: metasOf(body.page),
    articles: [],
    entryImage: entry.image,
    baseUrl,
    inBody: ({ box }) => body.dropped[box] === 0,
  });
  const contentHtml = sanitize(writeBody(body.page, body, picture?.nodes ?? new Set()), { baseUrl });
  const text = bodyText(contentHtml);
  const words = countWords(text);
  const whole =
    !isCut(linesOf(content)) &&
    (words >= FEWEST_WORDS || (from === 'content' && (entry.title === null || words >= FEWEST_WORDS / 2)));
  return { contentHtml, text, words, image: picture?.image ?? null, whole, from };
}
