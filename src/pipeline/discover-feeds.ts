import { StageError } from '../model/errors.ts';
import type { Feed } from '../model/feed.ts';
import type { Outbound, OutboundResponse } from '../model/outbound.ts';
import { feedsInHeader, findFeeds, type FeedLink, type PageLinks } from '../parse/find-feeds.ts';
import { parseFeed } from '../parse/parse-feed.ts';
import { readSitemap, sitemapsIn } from '../parse/read-sitemap.ts';
import { linksIn } from '../push/hub-offer.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { siteOf } from '../support/site-of.ts';
import { describeFeed, type FeedDescription } from './describe-feed.ts';
import type { Discovery, FoundBy, FoundFeed } from './discovery.ts';
import { mergeAlike } from './merge-alike-feeds.ts';
import { usualPlaces } from './usual-places.ts';

export type DiscoverTools = {
  readonly outbound: Outbound;
  /** Resolves where robots.txt lets us; throws StageError where not. */
  readonly permit: (url: string, signal: AbortSignal) => Promise<void>;
  readonly limits: { readonly maxFeedBytes: number; readonly timeoutMs: number };
};

const MOST_NAMED = 12;
const MOST_LINKED = 8;
const MOST_SITEMAPS = 3;
const AT_ONCE = 4;

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, ' +
  'text/html;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5';

type Candidate = FeedLink & { readonly foundBy: FoundBy };
type Read = Candidate & { readonly feed: Feed; readonly description: FeedDescription };
type Tried = { readonly read: Read } | { readonly failure: Discovery['failed'][number] };

/**
 * The feeds of a page: itself, those that it names, else those that it links to, else one at a usual place. What the
 * operator typed and what a page names as its feeds is asked for as feeds are; robots.txt is heeded where we look further
 * by ourselves. Nothing is stored.
 * @param urls spellings of the address: the first that can be reached counts
 * @param onProgress told of each address before it is asked for
 * @throws StageError where the page cannot be had
 */
export async function discoverFeeds(
  tools: DiscoverTools,
  { urls, onProgress = () => {} }: { readonly urls: readonly string[]; readonly onProgress?: (url: string) => void },
  signal: AbortSignal,
): Promise<Discovery> {
  const search = new Search(tools, onProgress, signal);
  const { asked, response } = await search.reach(urls);
  const { url } = response;
  try {
    const read = await search.read({ url, title: null, foundBy: 'address' }, response);
    return { ...NOTHING, page: { asked, url, title: read.feed.title, says: null }, feeds: [found(read, [])] };
  } catch (error) {
    const says = isNoFeed(error) && error.code !== 'feed-is-html' ? error.message : null;
    if (!isNoFeed(error)) throw error;
    const links = findFeeds(response.body, { url, contentType: response.headers['content-type'] ?? null });
    return await search.within({ ...NOTHING, page: { asked, url, title: links.title, says } }, links, response);
  }
}

const NOTHING = { feeds: [], failed: [], guessed: 0, hub: null, sitemap: null };

class Search {
  readonly #tools: DiscoverTools;
  readonly #onProgress: (url: string) => void;
  readonly #signal: AbortSignal;

  constructor(tools: DiscoverTools, onProgress: (url: string) => void, signal: AbortSignal) {
    this.#tools = tools;
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  async reach([asked, ...others]: readonly string[]): Promise<{
    readonly asked: string;
    readonly response: OutboundResponse;
  }> {
    try {
      return { asked: asked!, response: await this.#ask(asked!, 'address') };
    } catch (error) {
      if (others.length === 0 || !isUnreached(error)) throw error;
      return await this.reach(others);
    }
  }

  /** What a page leads to. */
  async within(nothing: Discovery, links: PageLinks, { url, headers }: OutboundResponse): Promise<Discovery> {
    const header = headers['link'] ?? null;
    const hub = linksIn(header ?? '', url).find(({ rels }) => rels.includes('hub'))?.url ?? links.hub;
    const named = [...feedsInHeader(header, url), ...links.named];
    const first = await this.#tryAll(candidates(named, 'name', MOST_NAMED));
    const second =
      first.feeds.length > 0
        ? NONE
        : await this.#tryAll(candidates(ownFirst(links.linked, url), 'link', MOST_LINKED, named));
    const failed = [...first.failed, ...second.failed];
    let feeds = [...first.feeds, ...second.feeds];
    let guessed = 0;
    if (feeds.length === 0) {
      const guess = await this.#guess(url);
      guessed = guess.tried;
      if (guess.read !== null) feeds = [guess.read];
    }
    const sitemap = feeds.length === 0 ? await this.#sitemap(url) : null;
    if (sitemap !== null && 'feed' in sitemap) feeds = [sitemap];
    return {
      ...nothing,
      feeds: inOrder(feeds),
      failed,
      guessed,
      hub,
      sitemap: sitemap === null || 'feed' in sitemap ? null : sitemap,
    };
  }

  async read(candidate: Candidate, given?: OutboundResponse): Promise<Read> {
    const response = given ?? (await this.#ask(candidate.url, candidate.foundBy));
    const { url, headers } = response;
    const about = {
      url,
      contentType: headers['content-type'] ?? null,
      contentLocation: headers['content-location'] ?? null,
    };
    const feed = await parseFeed(response.body, about);
    return { ...candidate, feed, description: describeFeed(feed, { url, links: headers['link'] ?? null }) };
  }

  #ask(url: string, foundBy: FoundBy): Promise<OutboundResponse> {
    const { outbound, permit, limits } = this.#tools;
    this.#onProgress(url);
    const request = {
      url,
      headers: { accept: ACCEPT },
      maxBodyBytes: limits.maxFeedBytes,
      timeoutMs: limits.timeoutMs,
      ...(foundBy === 'address' || foundBy === 'name' ? {} : { permit }),
    };
    return outbound(request, this.#signal);
  }

  async #try(candidate: Candidate): Promise<Tried> {
    try {
      return { read: await this.read(candidate) };
    } catch (error) {
      if (this.#signal.aborted || !(error instanceof StageError)) throw error;
      return { failure: { url: candidate.url, foundBy: candidate.foundBy, reason: error.message } };
    }
  }

  async #tryAll(all: readonly Candidate[]): Promise<{ readonly feeds: Read[]; readonly failed: Discovery['failed'] }> {
    const tried = new Map<string, Tried>();
    for await (const [url, one] of mapConcurrently(
      all,
      AT_ONCE,
      async (each) => [each.url, await this.#try(each)] as const,
    ))
      tried.set(url, one);
    // In the page's order, whichever came first.
    const inTurn = all.map(({ url }) => tried.get(url)!);
    return {
      feeds: inTurn.flatMap((one) => ('read' in one ? [one.read] : [])),
      failed: inTurn.flatMap((one) => ('failure' in one ? [one.failure] : [])),
    };
  }

  /** One after the other, up to the first that is one: most are not there, and each is a request for nothing. */
  async #guess(page: string): Promise<{ readonly read: Read | null; readonly tried: number }> {
    const places = usualPlaces(page);
    for (const [at, url] of places.entries()) {
      const tried = await this.#try({ url, title: null, foundBy: 'guess' });
      if ('read' in tried && tried.read.feed.entries.length > 0) return { read: tried.read, tried: at };
    }
    return { read: null, tried: places.length };
  }

  /** The first sitemap that robots.txt names, those of news before others; or a feed, which may stand there too. */
  async #sitemap(page: string): Promise<Read | Discovery['sitemap']> {
    const robots = `${new URL(page).origin}/robots.txt`;
    const urls = sitemapsIn((await this.#had(robots))?.body ?? new Uint8Array(), robots);
    const inTurn = urls.toSorted((a, b) => Number(/news/i.test(b)) - Number(/news/i.test(a))).slice(0, MOST_SITEMAPS);
    let other: Discovery['sitemap'] = null;
    for (const url of inTurn) {
      const response = await this.#had(url);
      if (response === null) continue;
      const sitemap = readSitemap(response.body);
      if (sitemap === null) {
        const tried = await this.#try({ url, title: null, foundBy: 'sitemap' });
        if ('read' in tried) return tried.read;
      } else if (sitemap.isNews) return { url, ...sitemap };
      else other ??= { url, ...sitemap };
    }
    return other;
  }

  async #had(url: string): Promise<OutboundResponse | null> {
    try {
      return await this.#ask(url, url.endsWith('/robots.txt') ? 'address' : 'sitemap');
    } catch (error) {
      if (this.#signal.aborted || !(error instanceof StageError)) throw error;
      return null;
    }
  }
}

/** Links to the page's own site before those to others: they are more likely its feeds than a way to share it. */
function ownFirst(links: readonly FeedLink[], page: string): FeedLink[] {
  const site = siteOf(page);
  const isOwn = ({ url }: FeedLink): boolean => siteOf(url) === site;
  return [...links.filter(isOwn), ...links.filter((link) => !isOwn(link))];
}

const NONE = { feeds: [] as Read[], failed: [] };

function candidates(
  links: readonly FeedLink[],
  foundBy: FoundBy,
  most: number,
  apart: readonly FeedLink[] = [],
): Candidate[] {
  const known = new Set(apart.map(({ url }) => url));
  const once = new Map(links.filter(({ url }) => !known.has(url)).map((link) => [link.url, link]));
  return [...once.values()].slice(0, most).map((link) => ({ ...link, foundBy }));
}

/** Feeds of comments last; all else stays as it was found. */
function inOrder(all: readonly Read[]): FoundFeed[] {
  const merged = mergeAlike(all).map(({ best, others }) => found(best, others));
  return [...merged.filter((one) => !one.isOfComments), ...merged.filter((one) => one.isOfComments)];
}

function found({ foundBy, title, feed, description }: Read, others: readonly Read[]): FoundFeed {
  const isOfComments =
    COMMENTS.test(new URL(description.url).pathname) || COMMENTS.test(`${title ?? ''} ${feed.title}`);
  const alike = others.map((other) => ({ url: other.description.url, format: other.feed.format }));
  return { ...description, title: description.title ?? title, foundBy, isOfComments, alike };
}

const COMMENTS = /(?:^|[^a-z])(?:comments|kommentare|commentaires|comentarios|comentários|commenti|reacties)(?![a-z])/i;

function isNoFeed(error: unknown): error is StageError {
  return error instanceof StageError && error.code.startsWith('feed-');
}

/** Nobody answered at all: another spelling of the address may reach somebody. */
function isUnreached(error: unknown): boolean {
  return (
    error instanceof StageError &&
    ['fetch-no-such-host', 'fetch-no-connection', 'fetch-tls', 'fetch-timed-out', 'fetch-broken-off'].includes(
      error.code,
    )
  );
}
