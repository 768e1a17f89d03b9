import { mailAddress } from '../../support/mail-address.ts';
import type { FeedLinks } from '../../model/edition.ts';
import { publicAddress } from '../../support/public-address.ts';
import { markup, type Markup } from './markup.ts';
import { linkTo, linkToFile, type Setting } from './setting.ts';

/** Feeds, lists of feeds, whom to write to, and what made the page. */
export function siteFoot(setting: Setting): Markup {
  const { site, generator } = setting.frame;
  return markup`<footer class="site-foot">
<div class="foot-part">
<p class="foot-name"><a href="${linkTo(setting, site.url)}"><bdi>${site.title}</bdi></a></p>
${site.description === null ? null : markup`<p dir="auto">${site.description}</p>`}
</div>
${site.privateTopicId === undefined ? publicFeeds(setting) : privateFeeds(setting)}
${contactPart(site.contact)}
<p class="made-by">Gathered and published by ${generator}. Every story links to its source; the rights stay with its publisher.</p>
</footer>`;
}

function publicFeeds(setting: Setting): Markup {
  return markup`<div class="foot-part">
<h2>Follow every topic</h2>
${feedList(setting, setting.frame.feedLinks)}
</div>
<div class="foot-part">
<h2>Lists for feed readers</h2>
<ul>
<li><a href="${linkToFile(setting, 'feeds.opml')}">Our feeds (OPML)</a></li>
<li><a href="${linkToFile(setting, 'sources.opml')}">Our sources (OPML)</a></li>
</ul>
</div>`;
}

/** Whoever has the address of a private topic may read it: it is not to be passed on by chance. */
function privateFeeds(setting: Setting): Markup {
  return markup`<div class="foot-part">
<h2>Follow this topic</h2>
${feedList(setting, setting.frame.feedLinks)}
</div>
<div class="foot-part">
<h2>Private</h2>
<p>This topic is shown to those alone who know its address. Please do not pass it on.</p>
</div>`;
}

/** The three feeds of the site or of one topic. */
export function feedList(setting: Setting, links: FeedLinks): Markup {
  return markup`<ul class="feed-list">
<li><a href="${linkTo(setting, links.atom)}" type="application/atom+xml">Atom</a></li>
<li><a href="${linkTo(setting, links.rss)}" type="application/rss+xml">RSS</a></li>
<li><a href="${linkTo(setting, links.json)}" type="application/feed+json">JSON Feed</a></li>
</ul>`;
}

function contactPart(contact: string | null): Markup | null {
  if (contact === null) return null;
  return markup`<div class="foot-part">
<h2>Corrections and takedowns</h2>
<p>${contactLink(contact)}</p>
</div>`;
}

function contactLink(contact: string): Markup | string {
  const page = publicAddress(contact);
  if (page !== null) return markup`<a href="${page}">How to reach us</a>`;
  return mailAddress(contact) === null ? contact : markup`<a href="mailto:${contact}">${contact}</a>`;
}
