import type { EditionEntry, FeedLinks } from '../../src/model/edition.ts';
import type { ArticlePage, FrontPage, HotPage, SiteFrame, TopicLink, TopicPage } from '../../src/model/page.ts';
import {
  renderArticlePage,
  renderFrontPage,
  renderHotPage,
  renderTopicPage,
  siteAssets,
} from '../../src/render/pages.ts';
import { SAMPLE_BODIES } from './sample-bodies.ts';
import { SAMPLE_STORIES, sampleImage, sampleStory, sampleTeaser, sampleUrl } from './sample-stories.ts';

/** The base address of the sample site where a test does not serve it itself: one with a path, as a site may have. */
export const SAMPLE_BASE = 'https://news.example.org/confluence/';

const TOPICS: readonly (readonly [string, string, string | null])[] = [
  ['world', 'World', 'Diplomacy, conflict, and what crosses borders'],
  ['business', 'Business', 'Markets, work, and who pays'],
  ['science', 'Science', null],
  ['sport', 'Sport', 'Matches, and the people who play them'],
  ['culture', 'Culture', 'Stages, books, pictures'],
  ['weather', 'Weather', 'Tides and storms'],
];

export function sampleFrame(base: string): SiteFrame {
  return {
    site: {
      title: 'The Daily Confluence',
      url: base,
      language: 'en-GB',
      place: { name: 'Port Sample', latitude: null, longitude: null },
      timeZone: 'Asia/Kolkata',
      description: 'News from many sources, told once',
      contact: 'desk@news.example.org',
      commercial: true,
      optOut: [],
      images: 'hotlink',
      hub: null,
    },
    topics: TOPICS.map(([id, title, description]) => ({
      id,
      title,
      description,
      url: `${base}topics/${id}/`,
      feedLinks: feedsOf(id, base),
    })),
    feedLinks: feedsOf('all', base),
    hotUrl: `${base}hot/`,
    generator: 'Tributary',
  };
}

function feedsOf(name: string, base: string): FeedLinks {
  const at = (ending: string): string => `${base}feeds/${name}.${ending}`;
  return { atom: at('atom'), rss: at('rss'), json: at('json') };
}

export function sampleTopic(id: string, base: string): TopicLink {
  return sampleFrame(base).topics.find((topic) => topic.id === id)!;
}

const EDITION_OF = '2026-11-24T15:40:00Z';

export function sampleFrontPage(base: string): FrontPage {
  const told = (slugs: readonly string[]) => slugs.map((slug) => sampleTeaser(slug, base));
  const news = (id: string, ...slugs: readonly string[]) => ({ topic: sampleTopic(id, base), stories: told(slugs) });
  return {
    frame: sampleFrame(base),
    editionOf: EDITION_OF,
    weather: { temperatureCelsius: -3, observedAt: EDITION_OF },
    top: told(['estuary-ceasefire', 'rate-cut', 'night-trains', 'glass-tax', 'seagrass']),
    hot: told(['bridge-report', 'marsh-fever', 'cup-final', 'oyster-beds', 'cuttlefish']),
    topics: [
      news('world', 'river-treaty', 'bahnhof'),
      news('business', 'flat-pack'),
      news('science', 'star-count'),
      news('sport', 'rowing'),
      news('culture', 'lighthouse', 'letters'),
      news('weather'),
    ],
  };
}

export function sampleTopicPage(id: string, base: string): TopicPage {
  const stories = SAMPLE_STORIES.filter(({ topic }) => topic === id);
  return {
    frame: sampleFrame(base),
    topic: sampleTopic(id, base),
    editionOf: stories[0]?.published ?? null,
    stories: stories.map(({ slug }) => sampleTeaser(slug, base)),
  };
}

export function sampleHotPage(base: string): HotPage {
  const ranked = SAMPLE_STORIES.filter(({ reports }) => reports > 1).toSorted((a, b) => b.reports - a.reports);
  return {
    frame: sampleFrame(base),
    editionOf: EDITION_OF,
    stories: ranked.map(({ slug }) => sampleTeaser(slug, base)),
  };
}

/** A plain entry of a sample story; what makes it special is given. */
export function sampleEntry(slug: string, base: string, special: Partial<EditionEntry> = {}): EditionEntry {
  const story = sampleStory(slug);
  const publisherUrl = 'https://www.harbournews.example/';
  return {
    id: `urn:sample:${slug}`,
    url: sampleUrl(slug, base),
    sourceUrl: `${publisherUrl}2026/11/${slug}`,
    title: story.title,
    authors: [],
    categories: [],
    episode: null,
    topicIds: [story.topic],
    published: story.published,
    updated: story.published,
    language: 'en',
    summary: story.excerpt,
    contentHtml: `<p>${story.excerpt}</p>`,
    extent: 'full',
    extentReason: null,
    wordCount: 640,
    image: sampleImage(story, base),
    enclosures: [],
    publisher: { name: story.publisher, url: publisherUrl },
    origin: {
      id: 'urn:sample:origin',
      title: story.publisher,
      feedUrl: `${publisherUrl}feed.xml`,
      siteUrl: publisherUrl,
      updated: null,
      rights: null,
    },
    rights: null,
    licence: null,
    otherReports: [],
    corrections: [],
    ...special,
  };
}

export function sampleArticlePage(entry: EditionEntry, base: string): ArticlePage {
  const told = (...slugs: readonly string[]) => slugs.map((slug) => sampleTeaser(slug, base));
  return {
    frame: sampleFrame(base),
    entry,
    topicReasons: entry.topicIds.map((id) => ({
      topic: sampleTopic(id, base),
      reason: `everything from ${entry.publisher.name} belongs here`,
    })),
    hot: told('bridge-report', 'marsh-fever', 'cup-final', 'oyster-beds'),
    topicNews: [
      { topic: sampleTopic('business', base), stories: told('rate-cut', 'flat-pack') },
      { topic: sampleTopic('science', base), stories: told('seagrass', 'star-count', 'cuttlefish') },
      { topic: sampleTopic('culture', base), stories: told('lighthouse', 'letters') },
    ],
    related: told('night-trains', 'glass-tax', 'rowing'),
  };
}

const SPECIAL: Readonly<Record<string, Partial<EditionEntry>>> = {
  'estuary-ceasefire': {
    authors: [
      { name: 'Ilse Varga', email: 'ilse@harbournews.example', url: 'https://www.harbournews.example/by/varga' },
      { name: 'Tomás Brede', email: null, url: null },
    ],
    topicIds: ['world', 'business'],
    updated: '2026-11-24T16:12:00Z',
    contentHtml: SAMPLE_BODIES.long,
    wordCount: 930,
    rights: '© 2026 Harbour News. Reprinted by permission.',
    licence: 'https://creativecommons.org/licenses/by-nd/4.0/',
    otherReports: [
      {
        title: 'Ceasefire signed on the Halcyon',
        url: 'https://meridianwire.example/n/88121',
        publisher: 'Meridian Wire',
      },
      {
        title: 'What the nine days on the ferry have settled, and what they have not',
        url: 'https://tidewater.example/estuary/nine-days',
        publisher: 'Tidewater Times',
      },
      { title: 'هدنة في المصب بعد تسعة أيام', url: 'https://almarfa.example/a/5512', publisher: 'صحيفة المرفأ' },
    ],
    corrections: [
      {
        at: '2026-11-24T16:12:00Z',
        note: 'An earlier version gave the number of delegates as 41. There were 14.',
      },
    ],
  },
  'river-treaty': {
    language: 'ar',
    contentHtml: SAMPLE_BODIES.arabic,
    wordCount: 310,
    licence: 'https://creativecommons.org/licenses/by/4.0/',
  },
  'glass-tax': {
    extent: 'excerpt',
    authors: [{ name: 'Teodora Lisk', email: null, url: null }],
    contentHtml: SAMPLE_BODIES.excerpt,
    enclosures: [
      {
        url: 'https://lantern.example/audio/glass-tax.mp3',
        type: 'audio/mpeg',
        lengthBytes: 14_200_000,
        title: 'Read aloud by the author',
        durationSeconds: 710,
      },
    ],
  },
  bahnhof: { extent: 'link', language: 'de', contentHtml: SAMPLE_BODIES.summary, rights: 'Alle Rechte vorbehalten' },
};

/** The whole sample site by path under output/: every page, every asset; pictures and feeds apart. */
export function sampleSite(base: string): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>([
    ['index.html', renderFrontPage(sampleFrontPage(base))],
    ['hot/index.html', renderHotPage(sampleHotPage(base))],
  ]);
  for (const [id] of TOPICS) files.set(`topics/${id}/index.html`, renderTopicPage(sampleTopicPage(id, base)));
  for (const { slug } of SAMPLE_STORIES) {
    const entry = withPicturesAt(base, sampleEntry(slug, base, SPECIAL[slug]));
    files.set(entry.url.slice(base.length), renderArticlePage(sampleArticlePage(entry, base)));
  }
  for (const { path, bytes } of siteAssets()) files.set(path, bytes);
  return files;
}

function withPicturesAt(base: string, entry: EditionEntry): EditionEntry {
  return { ...entry, contentHtml: entry.contentHtml.replaceAll('__IMAGES__', base) };
}
