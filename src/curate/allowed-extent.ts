import { changeTold, type Article, type Correction, type Episode, type LeadImage } from '../model/article.ts';
import type { Enclosure } from '../model/feed.ts';
import type { Extent, Source } from '../model/source.ts';
import { escapeHtml, textOfSanitised } from '../support/html.ts';
import { firstWords } from '../support/words.ts';
import { extentFor } from './extent-for.ts';
import type { RightsOfSite } from './opt-out.ts';

/** What of an article may be published, and not a word more. */
export type AllowedText = {
  readonly extent: Extent;
  /** What the publisher declared that made it less than the operator allows; else null. */
  readonly extentReason: string | null;
  readonly summary: string;
  readonly contentHtml: string;
  readonly image: LeadImage | null;
  readonly enclosures: readonly Enclosure[];
  readonly episode: Episode | null;
  readonly corrections: readonly Correction[];
  /** Whether we may keep copies of its pictures: it may be republished whole. */
  readonly mayBeCopied: boolean;
};

/** A summary in a feed or beside a headline is never longer, whatever else is allowed. */
export const MOST_SUMMARY_WORDS = 60;

/**
 * `full`: all of it, told as an excerpt where we have no more than that. `excerpt`: the first words, without markup, as
 * body and as summary: another summary would be more words of the text. The picture comes with its words, as far as a
 * declared length has room for them. `link`: title and link, none of the text and no picture. Which of them, tells
 * extent-for.ts.
 */
export function allowedText(article: Article, source: Source | null, site: RightsOfSite): AllowedText {
  const { extent, words, characters, reason, isNarrowed } = extentFor(article, source, site);
  const extentReason = isNarrowed ? reason : null;
  if (extent === 'full') {
    const contentHtml =
      article.contentHtml === ''
        ? paragraph(article.summary === '' ? article.title : article.summary)
        : article.contentHtml;
    return {
      extent: isPart(article) ? 'excerpt' : extent,
      extentReason,
      summary: firstWords(article.summary, MOST_SUMMARY_WORDS),
      contentHtml,
      image: article.image,
      enclosures: article.enclosures,
      episode: article.episode,
      corrections: article.corrections,
      mayBeCopied: true,
    };
  }
  if (extent === 'link')
    return {
      extent,
      extentReason,
      summary: '',
      contentHtml: pointer(article),
      image: null,
      enclosures: [],
      episode: null,
      corrections: [],
      mayBeCopied: false,
    };
  const text = textOfSanitised(article.contentHtml);
  const excerpt = firstWords(text === '' ? article.summary : text, words!);
  return {
    extent,
    extentReason,
    summary: firstWords(excerpt, MOST_SUMMARY_WORDS),
    contentHtml: excerpt === '' ? pointer(article) : paragraph(excerpt),
    image:
      article.image === null || characters === null
        ? article.image
        : withWordsWithin(article.image, characters - excerpt.length),
    enclosures: article.enclosures,
    episode: article.episode,
    // A publisher's own words on it are words of the text.
    corrections: article.corrections.map((correction) => ({ ...correction, note: changeTold(correction.kind) })),
    mayBeCopied: false,
  };
}

/**
 * A picture with what of its words has room: first what stands in for it, then what is below it, each whole or not at
 * all. Whose it is is told in any case.
 */
function withWordsWithin(image: LeadImage, characters: number): LeadImage {
  const alt = fits(image.alt, characters) ? image.alt : null;
  const caption = fits(image.caption, characters - (alt?.length ?? 0)) ? image.caption : null;
  return { ...image, alt, caption };
}

function fits(text: string | null, characters: number): boolean {
  return text === null || text.length <= characters;
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
