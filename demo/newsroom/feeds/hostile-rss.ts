import { rfc822 } from '../dates.ts';
import { hostileAuthor, hostileBody, hostileTitle } from '../hostile-markup.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, cdata, element } from '../markup.ts';
import { rssDocument, selfLink } from './rss.ts';

/** Open Forum: well-formed XML, but titles, names and texts hold whatever their writers typed. */
export function hostileRss(issue: Issue): string {
  return rssDocument(issue, { namespaces: ['atom', 'content', 'dc'], channel: (of) => [selfLink(of)], item });
}

function item(published: PublishedArticle): string[] {
  const { article, url, place, body } = published;
  return [
    element('title', hostileTitle(article.title, place)),
    element('link', url),
    `<guid isPermaLink="false">thread-${4000 + place}</guid>`,
    element('pubDate', rfc822(published.published)),
    ...article.authors.map((author) => element('dc:creator', hostileAuthor(author, place))),
    ...[article.section, ...article.keywords].map((name) => element('category', name)),
    element('category', '"><script>alert("category")</script>'),
    element('description', article.standfirst),
    `<content:encoded>${cdata(hostileBody(blocksHtml(body), place))}</content:encoded>`,
  ];
}
