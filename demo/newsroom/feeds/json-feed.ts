import { rfc3339 } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, escaped } from '../markup.ts';
import { newest } from './rss.ts';

/** Brightfield Science: JSON Feed 1.1. The lead image is an item's `image` and not in its text. */
export function jsonFeed(issue: Issue): string {
  const { publisher, origin } = issue;
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: publisher.title,
    home_page_url: `${origin}/`,
    feed_url: origin + publisher.feedPath,
    description: publisher.tagline,
    language: publisher.language,
    icon: `${origin}/images/logo.png`,
    items: newest(issue).map(item),
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}

function item(published: PublishedArticle): object {
  const { article, url, imageUrl, body, correctionNote, updated } = published;
  const note = correctionNote && `<p class="correction">${escaped(correctionNote)}</p>`;
  return {
    id: `brightfield-${article.slug}`,
    url,
    title: article.title,
    summary: article.standfirst,
    content_html: [...blocksHtml(body), note].filter((part) => part !== null).join('\n'),
    ...(imageUrl === null ? {} : { image: imageUrl }),
    date_published: rfc3339(published.published),
    ...(updated > published.published ? { date_modified: rfc3339(updated) } : {}),
    authors: article.authors.map((name) => ({ name })),
    tags: [article.section, ...article.keywords],
  };
}
