import { readFileSync } from 'node:fs';
import type { ArticlePage, FrontPage, HotPage, TopicPage } from '../model/page.ts';
import { iconFile } from './icon-file.ts';
import { articlePage } from './page/article-page.ts';
import { frontPage } from './page/front-page.ts';
import { hotPage } from './page/hot-page.ts';
import { pageFrame } from './page/page-frame.ts';
import { settingOf } from './page/setting.ts';
import { topicPage } from './page/topic-page.ts';

// The pages of the site, each a whole HTML document. The same page always gives the same bytes: there is no clock here,
// and no script. Links between our own pages and to our own files are relative, so output/ works wherever it lies.

/** `index.html` */
export function renderFrontPage(page: FrontPage): string {
  const setting = settingOf(page.frame, page.frame.site.url);
  return pageFrame(setting, frontPage(setting, page));
}

/** `topics/<topic>/index.html` */
export function renderTopicPage(page: TopicPage): string {
  const setting = settingOf(page.frame, page.topic.url);
  return pageFrame(setting, topicPage(setting, page));
}

/** `hot/index.html` */
export function renderHotPage(page: HotPage): string {
  const setting = settingOf(page.frame, page.frame.hotUrl);
  return pageFrame(setting, hotPage(setting, page));
}

/** `articles/<yyyy>/<mm>/<slug>.html`. Marked up as a schema.org NewsArticle, in microdata: scripts are not allowed. */
export function renderArticlePage(page: ArticlePage): string {
  const setting = settingOf(page.frame, page.entry.url);
  return pageFrame(setting, articlePage(setting, page));
}

/** A file of the site: its path under output/ and what is in it. */
export type SiteAsset = { readonly path: string; readonly bytes: Uint8Array | string };

/** The style sheet's parts, in the order in which they build on each other. */
const STYLES = ['ground', 'frame', 'teasers', 'overviews', 'article', 'print'] as const;

/** The files that every page uses, one style sheet and the icons, and the style sheet of the feeds. They lie beside this code and change only with it. */
export function siteAssets(): readonly SiteAsset[] {
  const style = STYLES.map((name) => readFileSync(asset(`${name}.css`), 'utf8')).join('\n');
  return [
    { path: 'assets/site.css', bytes: style },
    { path: 'assets/feed.css', bytes: readFileSync(asset('feed.css'), 'utf8') },
    { path: 'assets/favicon.svg', bytes: readFileSync(asset('favicon.svg'), 'utf8') },
    { path: 'assets/icon.png', bytes: readFileSync(asset('icon.png')) },
  ];
}

/** What browsers ask for at the root of a host by itself; of no use where the site lies below a path. */
export function rootAssets(): readonly SiteAsset[] {
  return [{ path: 'favicon.ico', bytes: iconFile(readFileSync(asset('icon.png'))) }];
}

function asset(name: string): URL {
  return new URL(`assets/${name}`, import.meta.url);
}
