import { longDate } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { escaped } from '../markup.ts';
import type { Publisher } from '../publishers.ts';
import { dailyConfluenceDigest, theCrossing } from './aggregators.ts';
import { brightfieldScience } from './brightfield-science.ts';
import { foundryAndForge } from './foundry-and-forge.ts';
import { harbourHerald } from './harbour-herald.ts';
import { lanternReview } from './lantern-review.ts';
import type { Layout } from './layout.ts';
import { meridianWire } from './meridian-wire.ts';
import { northgateBusiness } from './northgate-business.ts';
import { openForum } from './open-forum.ts';
import { documentOf, sectionLinks } from './parts.ts';
import { sleepyHollowEcho } from './sleepy-hollow-echo.ts';
import { sportingPost } from './sporting-post.ts';
import { tidewaterTimes } from './tidewater-times.ts';
import { volna } from './volna.ts';

const LAYOUTS: Readonly<Record<string, Layout>> = {
  'harbour-herald': harbourHerald,
  'meridian-wire': meridianWire,
  'tidewater-times': tidewaterTimes,
  'lantern-review': lanternReview,
  'brightfield-science': brightfieldScience,
  'northgate-business': northgateBusiness,
  volna,
  'foundry-and-forge': foundryAndForge,
  'the-crossing': theCrossing,
  'daily-confluence-digest': dailyConfluenceDigest,
  'open-forum': openForum,
  'sleepy-hollow-echo': sleepyHollowEcho,
  'sporting-post': sportingPost,
};

export function articlePage(issue: Issue, published: PublishedArticle): string {
  const others = issue.articles.filter((one) => one !== published);
  return layoutOf(issue.publisher).article({ issue, published, others });
}

/** The front page, or what there is in a section or with a keyword. */
export function listingPage(issue: Issue, heading: string, articles: readonly PublishedArticle[]): string {
  const { publisher } = issue;
  const items = articles.map(
    ({ path, published, article }) =>
      `<li><a href="${path}">${escaped(article.title)}</a> <small>${longDate(published, publisher.language)}</small><p>${escaped(article.standfirst)}</p></li>`,
  );
  const body = `<header><h1><a href="/">${escaped(publisher.title)}</a></h1><nav>${sectionLinks(issue, (link) => link)}</nav></header>
<main><h2>${escaped(heading)}</h2><ul class="listing">${items.join('\n')}</ul></main>`;
  return documentOf({ issue, title: `${publisher.title}: ${heading}`, head: '', body: centred(body) });
}

export function notFoundPage(issue: Issue): string {
  const body =
    '<h1>404</h1><p>There is no such page. It may have moved, or never have been. <a href="/">Front page</a></p>';
  return documentOf({ issue, title: 'Not found', head: '', body: centred(body) });
}

export function stylesheet(publisher: Publisher): string {
  return `${layoutOf(publisher).css.trim()}\n`;
}

function centred(body: string): string {
  return `<div style="max-width: 44rem; margin: 2rem auto; padding: 0 1rem">\n${body}\n</div>`;
}

function layoutOf({ id }: Publisher): Layout {
  const layout = LAYOUTS[id];
  if (layout === undefined) throw new Error(`${id} has no layout`);
  return layout;
}
