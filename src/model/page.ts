import type { EditionEntry, FeedLinks, StoryTeaser } from './edition.ts';
import type { Instant } from '../support/instant.ts';
import type { Site, Weather } from './site.ts';

/** A topic as pages link to it. `url` is absolute. */
export type TopicLink = {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly url: string;
  readonly feedLinks: FeedLinks;
};

/** What all pages share. Made from the operator's settings alone: news changes nothing in it. */
export type SiteFrame = {
  readonly site: Site;
  readonly topics: readonly TopicLink[];
  /** The feeds of everything. */
  readonly feedLinks: FeedLinks;
  readonly hotUrl: string;
  readonly generator: string;
};

/** A topic with some of its newest stories, none of which the page shows elsewhere. */
export type TopicNews = { readonly topic: TopicLink; readonly stories: readonly StoryTeaser[] };

export type FrontPage = {
  readonly frame: SiteFrame;
  /** The masthead's date: that of the newest stored change; null when nothing was published yet. */
  readonly editionOf: Instant | null;
  /** The weather at the site's place; null where it is not asked for, or was not told. */
  readonly weather: Weather | null;
  /** The first is the page's lead. */
  readonly top: readonly StoryTeaser[];
  readonly hot: readonly StoryTeaser[];
  readonly topics: readonly TopicNews[];
};

export type TopicPage = {
  readonly frame: SiteFrame;
  readonly topic: TopicLink;
  readonly editionOf: Instant | null;
  readonly stories: readonly StoryTeaser[];
};

export type HotPage = {
  readonly frame: SiteFrame;
  readonly editionOf: Instant | null;
  readonly stories: readonly StoryTeaser[];
};

/** A story's page: the reference page's parts, each with what stood there when the story was last changed. */
export type ArticlePage = {
  readonly frame: SiteFrame;
  readonly entry: EditionEntry;
  /** Why it is in its topics, in words. */
  readonly topicReasons: readonly { readonly topic: TopicLink; readonly reason: string }[];
  readonly related: readonly StoryTeaser[];
  readonly hot: readonly StoryTeaser[];
  readonly topicNews: readonly TopicNews[];
};
