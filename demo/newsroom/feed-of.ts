import type { Issue, PublishedArticle } from './issue.ts';
import { blocksHtml, escaped } from './markup.ts';
import { agencyAtom, digestAtom } from './feeds/atom.ts';
import { brokenRss } from './feeds/broken-rss.ts';
import { aggregatorRss, excerptRss, plainRss } from './feeds/excerpt-rss.ts';
import { fullTextRss } from './feeds/full-text-rss.ts';
import { hostileRss } from './feeds/hostile-rss.ts';
import { jsonFeed } from './feeds/json-feed.ts';
import { mediaRss } from './feeds/media-rss.ts';
import { rdf } from './feeds/rdf.ts';
import { russianRss } from './feeds/russian-rss.ts';
import { xhtmlAtom } from './feeds/xhtml-atom.ts';

const FEEDS: Readonly<Record<string, (issue: Issue) => string | Buffer>> = {
  'harbour-herald': fullTextRss,
  'meridian-wire': agencyAtom,
  'tidewater-times': excerptRss,
  'lantern-review': rdf,
  'brightfield-science': jsonFeed,
  'northgate-business': xhtmlAtom,
  volna: russianRss,
  'foundry-and-forge': brokenRss,
  'the-crossing': aggregatorRss,
  'daily-confluence-digest': digestAtom,
  'open-forum': hostileRss,
  'sleepy-hollow-echo': (issue) => plainRss(issue, echoText),
  'sporting-post': mediaRss,
};

/** The bytes of the publisher's feed. */
export function feedOf(issue: Issue): Buffer {
  const feed = FEEDS[issue.publisher.id];
  if (feed === undefined) throw new Error(`${issue.publisher.id} has no feed`);
  return Buffer.from(feed(issue));
}

function echoText({ article, imageUrl, body, correctionNote }: PublishedArticle): string {
  const picture =
    article.image &&
    `<div class="wp-caption"><img src="${imageUrl}" alt="${escaped(article.image.alt)}"/><p class="wp-caption-text">${escaped(article.image.caption)} ${escaped(article.image.credit)}</p></div>`;
  const note = correctionNote && `<p><em>${escaped(correctionNote)}</em></p>`;
  return [picture, ...blocksHtml(body), note].filter((part) => part !== null).join('\n');
}
