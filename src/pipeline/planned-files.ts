import type { Order } from '../config/sources-file.ts';
import type { FeedFacts } from '../curate/compose-edition.ts';
import { StageError } from '../model/errors.ts';
import type { ArticlePage, FrontPage, HotPage, SiteFrame, TopicPage } from '../model/page.ts';
import { gatePage, gateXml } from '../publish/gate.ts';
import { renderOpml } from '../render/opml.ts';
import {
  renderArticlePage,
  renderFrontPage,
  renderHotPage,
  renderTopicPage,
  rootAssets,
  siteAssets,
  type SiteAsset,
} from '../render/pages.ts';
import { renderRobots, renderSitemap } from '../render/sitemap.ts';
import type { Instant } from '../support/instant.ts';

/** A file to be published: what it is made from, and how. Making it renders and passes the gate, or throws `gate-refused`. */
export type PlannedFile = {
  /** Relative to output/. */
  readonly path: string;
  /** Everything that its bytes depend on, as data. */
  readonly madeFrom: unknown;
  readonly make: () => string | Uint8Array;
  /** What to try when the gate has refused it; null when there is nothing to leave out. May throw `gate-refused` itself. */
  readonly makeWithoutFaulty: (() => Salvaged) | null;
};

/** A document without the entries that the gate refuses by themselves, and why it refused each. */
export type Salvaged = { readonly content: string; readonly leftOut: readonly string[] };

/** Why the gate refused; what is no refusal is thrown on. */
export function gateReason(error: unknown): string {
  if (!(error instanceof StageError) || error.code !== 'gate-refused') throw error;
  return error.message;
}

export function articleFile(page: ArticlePage, path: string): PlannedFile {
  const make = (): string => {
    const text = renderArticlePage(page);
    gatePage(
      { path, text },
      { title: page.entry.title, links: page.entry.sourceUrl === null ? [] : [page.entry.sourceUrl] },
    );
    return text;
  };
  return { path, madeFrom: page, make, makeWithoutFaulty: null };
}

export function* overviewFiles(pages: {
  readonly front: FrontPage | null;
  readonly hot: HotPage | null;
  readonly topics: readonly TopicPage[];
}): Iterable<PlannedFile> {
  const file = <Page extends { readonly frame: SiteFrame }>(
    path: string,
    page: Page,
    title: string,
    render: (page: Page) => string,
  ): PlannedFile => {
    const make = (): string => {
      const text = render(page);
      gatePage({ path, text }, { title, links: [] });
      return text;
    };
    return { path, madeFrom: page, make, makeWithoutFaulty: null };
  };
  for (const page of pages.topics) yield file(topicPagePath(page), page, page.topic.title, renderTopicPage);
  if (pages.hot !== null) yield file('hot/index.html', pages.hot, pages.hot.frame.site.title, renderHotPage);
  if (pages.front !== null) yield file('index.html', pages.front, pages.front.frame.site.title, renderFrontPage);
}

/** Where a site is about one topic, its page is the front page. */
function topicPagePath({ frame, topic }: TopicPage): string {
  return frame.site.privateTopicId === topic.id ? 'index.html' : `topics/${topic.id}/index.html`;
}

export function assetFiles(): Iterable<PlannedFile> {
  return siteAssets().map(asItIs);
}

/** What is asked for at the root of the public site alone. */
export function rootFiles(): Iterable<PlannedFile> {
  return rootAssets().map(asItIs);
}

function asItIs({ path, bytes }: SiteAsset): PlannedFile {
  return { path, madeFrom: null, make: () => bytes, makeWithoutFaulty: null };
}

/** OPML of the sources and of our own feeds, the sitemap, robots.txt. */
export function* listFiles(given: {
  readonly order: Order;
  readonly states: ReadonlyMap<string, FeedFacts>;
  readonly articles: readonly { readonly path: string; readonly updated: Instant }[];
  readonly frame: SiteFrame;
}): Iterable<PlannedFile> {
  const { order, states, articles, frame } = given;
  const { site } = order;
  const sources = {
    title: `${site.title}: sources`,
    outlines: publicSources(order)
      .filter(({ enabled }) => enabled)
      .map(({ id, title, url, topicIds }) => ({
        title,
        feedUrl: url,
        siteUrl: states.get(id)?.feedLink ?? null,
        topics: topicIds,
      })),
  };
  yield xmlFile('sources.opml', sources, renderOpml, { root: 'opml', namespace: '' });
  const feeds = {
    title: site.title,
    outlines: [
      { title: site.title, feedUrl: frame.feedLinks.atom, siteUrl: site.url, topics: [] },
      ...frame.topics.map(({ title, feedLinks, url }) => ({
        title,
        feedUrl: feedLinks.atom,
        siteUrl: url,
        topics: [],
      })),
    ],
  };
  yield xmlFile('feeds.opml', feeds, renderOpml, { root: 'opml', namespace: '' });
  const addresses = [
    { url: site.url, updated: null },
    { url: frame.hotUrl, updated: null },
    ...frame.topics.map(({ url }) => ({ url, updated: null })),
    ...articles.map(({ path, updated }) => ({ url: `${site.url}${path}`, updated })),
  ];
  yield xmlFile('sitemap.xml', addresses, renderSitemap, { root: 'urlset', namespace: SITEMAP_NAMESPACE });
  const robots = (): string => renderRobots(`${site.url}sitemap.xml`);
  yield { path: 'robots.txt', madeFrom: site.url, make: robots, makeWithoutFaulty: null };
}

/** Those that are named for private topics, and for no public one, are named nowhere else; and no private topic is. */
function publicSources({ sources, topics }: Order): Order['sources'] {
  const few = namesOf(topics.filter((topic) => topic.private));
  const all = namesOf(topics.filter((topic) => !topic.private));
  const isNamedIn = ({ id, topicIds }: Order['sources'][number], { ids, matched }: Named): boolean =>
    matched.has(id) || topicIds.some((topicId) => ids.has(topicId));
  return sources
    .filter((source) => !isNamedIn(source, few) || isNamedIn(source, all))
    .map((source) => ({ ...source, topicIds: source.topicIds.filter((id) => !few.ids.has(id)) }));
}

function namesOf(topics: Order['topics']): Named {
  return {
    ids: new Set(topics.map(({ id }) => id)),
    matched: new Set(topics.flatMap(({ match }) => match?.sources ?? [])),
  };
}

type Named = { readonly ids: ReadonlySet<string>; readonly matched: ReadonlySet<string> };

const SITEMAP_NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

function xmlFile<Data>(
  path: string,
  data: Data,
  render: (data: Data) => string,
  meant: { readonly root: string; readonly namespace: string },
): PlannedFile {
  const make = (): string => {
    const text = render(data);
    gateXml({ path, text }, meant);
    return text;
  };
  return { path, madeFrom: data, make, makeWithoutFaulty: null };
}
