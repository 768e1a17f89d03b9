import { publicAddress } from '../support/public-address.ts';
import { fillTemplate } from './fill-template.ts';
import { mark } from './marks.ts';
import { readTemplate } from './read-template.ts';

/** A feed in a subscription list. `topics` are ids of topics. */
export type Outline = {
  readonly title: string;
  readonly feedUrl: string;
  readonly siteUrl: string | null;
  readonly topics: readonly string[];
};

/** Without dates: the same list gives the same bytes. `type` is `rss` for Atom too (OPML 2.0, "Subscription lists"). */
const LAYOUT = `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
    <head>
        <title>${mark('title')}</title>
    </head>
    <body>
        <outline type="rss" text="${mark('feed.title')}" title="${mark('feed.title')}" xmlUrl="${mark('feed.url')}" htmlUrl="${mark('feed.site')}" category="${mark('feed.topics')}"/>
    </body>
</opml>`;

/** A subscription list as OPML 2.0. Feeds that nobody could fetch are left out; credentials in addresses too. */
export function renderOpml(list: { readonly title: string; readonly outlines: readonly Outline[] }): string {
  const feed = list.outlines.flatMap(({ title, feedUrl, siteUrl, topics }) => {
    const url = publicAddress(feedUrl);
    if (url === null) return [];
    return [{ url, title, site: publicAddress(siteUrl), topics: topics.length === 0 ? null : topics.join(',') }];
  });
  return fillTemplate(readTemplate(LAYOUT), { title: list.title, feed });
}
