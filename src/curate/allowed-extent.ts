import type { Article, LeadImage } from '../model/article.ts';
import type { Extent, Source } from '../model/source.ts';
import { escapeHtml, textOfSanitised } from '../support/html.ts';
import { firstWords } from '../support/words.ts';

/** What of an article may be published, and not a word more. */
export type AllowedText = {
  readonly extent: Extent;
  readonly summary: string;
  readonly contentHtml: string;
  readonly image: LeadImage | null;
};

/** A summary in a feed or beside a headline is never longer, whatever else is allowed. */
const MOST_SUMMARY_WORDS = 60;

/**
 * `full`: all of it, told as an excerpt where we have no more than that. `excerpt`: the first words, without markup. `link`: title and link, none of the text and no picture.
 * A source that is no longer listed gives links alone: nobody answers for more.
 */
export function allowedText(article: Article, source: Source | null): AllowedText {
  const extent = source?.republish ?? 'link';
  if (extent === 'full') {
    const contentHtml =
      article.contentHtml === ''
        ? paragraph(article.summary === '' ? article.title : article.summary)
        : article.contentHtml;
    return {
      extent: isPart(article) ? 'excerpt' : extent,
      summary: firstWords(article.summary, MOST_SUMMARY_WORDS),
      contentHtml,
      image: article.image,
    };
  }
  if (extent === 'link') return { extent, summary: '', contentHtml: pointer(article), image: null };
  const most = source?.excerptWords ?? MOST_SUMMARY_WORDS;
  const text = textOfSanitised(article.contentHtml);
  const excerpt = firstWords(text === '' ? article.summary : text, most);
  return {
    extent,
    summary: firstWords(article.summary, Math.min(most, MOST_SUMMARY_WORDS)),
    contentHtml: excerpt === '' ? pointer(article) : paragraph(excerpt),
    image: article.image,
  };
}

/** All that we have is the feed's summary, and the article itself stands elsewhere: readers are to know. */
function isPart({ contentFrom, link, sourceLink }: Article): boolean {
  return contentFrom === 'summary' && (link ?? sourceLink) !== null;
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function pointer(article: Article): string {
  const url = article.sourceLink?.url ?? article.link;
  const name = escapeHtml(article.publisher.name);
  return url === null ? paragraph(article.title) : `<p><a href="${escapeHtml(url)}">${name}</a></p>`;
}
