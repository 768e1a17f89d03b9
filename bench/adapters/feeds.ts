import type { Content, Entry, Feed, Person } from '../../src/model/feed.ts';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { escapeHtml } from '../../src/support/html.ts';

// Maps a Feed to the vocabulary of the feed cases (../shared/corpus/feeds/README.md), and adds nothing.

type About = { readonly contentType?: string; readonly url?: string };

export async function parse(bytes: Uint8Array, about: About): Promise<unknown> {
  const feed = await parseFeed(bytes, { url: about.url ?? '', contentType: about.contentType ?? null });
  return { feed: feedOf(feed), items: feed.entries.map(itemOf) };
}

function feedOf(feed: Feed): unknown {
  return {
    title: feed.title,
    subtitle: feed.subtitle,
    copyright: feed.rights,
    generator: feed.generator,
    url: feed.link,
    feedUrl: feed.selfLink,
    id: feed.id,
    ttl: feed.ttlMinutes,
    language: feed.language,
    updated: feed.updated,
    image: feed.image,
    icon: feed.icon,
    authors: feed.authors.map(personOf),
    categories: feed.categories,
    explicit: feed.explicit,
  };
}

function itemOf(entry: Entry): unknown {
  return {
    id: entry.id,
    title: entry.title,
    url: entry.link,
    published: entry.published,
    updated: entry.updated,
    html: htmlOf(entry.content ?? entry.summary),
    summary: htmlOf(entry.summary),
    authors: entry.authors.map(personOf),
    categories: entry.categories,
    enclosures: entry.enclosures.map(({ url, type, lengthBytes }) => ({ url, type, length: lengthBytes })),
    image: entry.image?.url ?? null,
    commentsUrl: entry.commentsUrl,
    language: entry.language,
    duration: entry.duration,
    explicit: entry.explicit,
    source: entry.source,
  };
}

function personOf({ name, email, url }: Person): unknown {
  return { name, email, url };
}

function htmlOf(content: Content | null): string | null {
  if (content === null) return null;
  return content.type === 'html' ? content.value : escapeHtml(content.value);
}
