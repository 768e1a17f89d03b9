import {
  ALL,
  composeEdition,
  composeEntry,
  feedLinksOf,
  GENERATOR,
  teaserOf,
  topicUrl,
  type ComposeContext,
} from '../curate/compose-edition.ts';
import { excerptEdition } from '../curate/excerpt-edition.ts';
import { composeEvent, type EventReports } from '../curate/group-edition.ts';
import { hottest } from '../curate/rank-stories.ts';
import { lookOver, newestFirst, type StoryWindow } from '../curate/story-context.ts';
import type { DeletedEntry, Edition, Paging, StoryTeaser } from '../model/edition.ts';
import type { ArticlePage, FrontPage, HotPage, SiteFrame, TopicLink, TopicPage } from '../model/page.ts';
import type { Site, Weather } from '../model/site.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import { latest, type Instant } from '../support/instant.ts';

const FRONT_TOP = 5;
const FRONT_HOT = 5;
const FRONT_TOPIC = 4;
const HOT_PAGE = 20;

export function frameOf(site: Site, topics: readonly Topic[]): SiteFrame {
  return {
    site,
    topics: topics.map((topic) => topicLink(site, topic)),
    feedLinks: feedLinksOf(site, site.privateTopicId ?? ALL),
    hotUrl: `${site.url}hot/`,
    generator: GENERATOR,
  };
}

function topicLink(site: Site, { id, title, description }: Topic): TopicLink {
  return { id, title, description, url: topicUrl(site, id), feedLinks: feedLinksOf(site, id) };
}

type Overviews = { readonly front: FrontPage; readonly hot: HotPage; readonly topics: readonly TopicPage[] };

/** The pages that show many stories: front, hot, and one for each topic. No story stands twice on one page. */
export function composeOverviews(
  frame: SiteFrame,
  window: readonly ToldStory[],
  editions: ReadonlyMap<string, readonly ToldStory[]>,
  context: ComposeContext & { readonly weather: Weather | null },
): Overviews {
  const byId = new Map([...[...editions.values()].flat(), ...window].map((told) => [told.story.id, told]));
  const over = lookOver(window, context.sources);
  const publishers = new Map(over.ranked.map((ranked) => [ranked.id, ranked.publishers]));
  const teaser = openTeasers(context);
  const teasers = (ids: readonly string[]): StoryTeaser[] =>
    ids.map((id) => {
      const plain = teaser(byId.get(id)!);
      return { ...plain, reports: publishers.get(id) ?? plain.reports };
    });
  const editionOf = latest([...byId.values()].map(({ story }) => story.updated));
  const front = frontStories([...byId.values()], editions, { over, topicIds: frame.topics.map(({ id }) => id) });
  return {
    front: {
      frame,
      editionOf,
      weather: context.weather,
      top: teasers(front.top),
      hot: teasers(front.hot),
      topics: frame.topics.map((topic) => ({ topic, stories: teasers(front.byTopic.get(topic.id)!) })),
    },
    hot: { frame, editionOf, stories: teasers(hottest(over.ranked, HOT_PAGE)) },
    topics: frame.topics.map((topic) => composeTopicPage(frame, topic, { told: editions.get(topic.id) ?? [], teaser })),
  };
}

/** Without the counts of publishers: they move with news of every topic, and this page with its own alone. */
export function composeTopicPage(
  frame: SiteFrame,
  topic: TopicLink,
  { told, teaser }: { readonly told: readonly ToldStory[]; readonly teaser: (told: ToldStory) => StoryTeaser },
): TopicPage {
  return { frame, topic, editionOf: latest(told.map(({ story }) => story.updated)), stories: told.map(teaser) };
}

/** Which stories the front page shows and where: the hottest leads, the newest follow, then the hot ones, then each topic. */
function frontStories(
  all: readonly ToldStory[],
  editions: ReadonlyMap<string, readonly ToldStory[]>,
  { over, topicIds }: { readonly over: StoryWindow; readonly topicIds: readonly string[] },
): {
  readonly top: readonly string[];
  readonly hot: readonly string[];
  readonly byTopic: ReadonlyMap<string, readonly string[]>;
} {
  const shown = new Set<string>();
  const take = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) shown.add(id);
    return ids;
  };
  const unshown = (told: readonly ToldStory[], most: number): string[] =>
    told
      .map(({ story }) => story.id)
      .filter((id) => !shown.has(id))
      .slice(0, most);
  const lead = take(hottest(over.ranked, 1));
  const newest = all.toSorted((a, b) => newestFirst(a.story, b.story));
  const top = [...lead, ...take(unshown(newest, FRONT_TOP - lead.length))];
  const hot = take(hottest(over.ranked, FRONT_HOT, shown));
  const byTopic = new Map(topicIds.map((id) => [id, take(unshown(editions.get(id) ?? [], FRONT_TOPIC))]));
  return { top, hot, byTopic };
}

/** Teasers, each made once: a story stands on many pages. */
export function openTeasers(context: ComposeContext): (told: ToldStory) => StoryTeaser {
  const made = new Map<string, StoryTeaser>();
  return (told) => {
    const teaser = made.get(told.story.id) ?? teaserOf(told, context);
    made.set(told.story.id, teaser);
    return teaser;
  };
}

/** A story's page, with what stood beside it when it was last changed. Stories that are not among `others` are left out. */
export function composeArticlePage(
  frame: SiteFrame,
  told: ToldStory,
  others: ReadonlyMap<string, ToldStory>,
  context: ComposeContext & { readonly teaser: (told: ToldStory) => StoryTeaser },
): ArticlePage {
  const byId = new Map(frame.topics.map((topic) => [topic.id, topic]));
  const teasers = (ids: readonly string[]): StoryTeaser[] =>
    ids.flatMap((id) => {
      const other = others.get(id);
      return other === undefined ? [] : [context.teaser(other)];
    });
  const { story } = told;
  return {
    frame,
    entry: composeEntry(told, context),
    topicReasons: story.topics.flatMap(({ topicId, reason }) => {
      const topic = byId.get(topicId);
      return topic === undefined ? [] : [{ topic, reason }];
    }),
    related: teasers(story.context.related),
    // What is hot is a page of the public site.
    hot: frame.site.privateTopicId === undefined ? teasers(story.context.hot) : [],
    topicNews: story.context.topicNews.flatMap(({ topicId, storyIds }) => {
      const topic = byId.get(topicId);
      const stories = teasers(storyIds);
      return topic === undefined || stories.length === 0 ? [] : [{ topic, stories }];
    }),
  };
}

/**
 * What an edition is made of: the newest stories of its topic, and all others that are in no archive; `events` in their
 * place, where the topic groups them.
 */
export type EditionStories = {
  /** The newest, as the topic's page shows them. */
  readonly newest: readonly ToldStory[];
  readonly told: readonly ToldStory[];
  readonly events: readonly EventReports[] | null;
  readonly updated: Instant;
  readonly paging: Paging;
  readonly deleted: readonly DeletedEntry[];
};

/** The editions of topics (null: of everything), each with its stories, and with excerpts of them. */
export function composeEditions(
  topics: readonly (Topic | null)[],
  stories: ReadonlyMap<string, EditionStories>,
  context: ComposeContext,
): Edition[] {
  return topics.flatMap((topic) => {
    const { told, events, updated, paging, deleted } = stories.get(topic?.id ?? ALL)!;
    const entries =
      topic === null || events === null
        ? told.map((one) => composeEntry(one, context, topic))
        : events.map((event) => composeEvent(event, context, topic));
    const changed = latest([updated, ...deleted.map(({ at }) => at)])!;
    const edition = { ...composeEdition(topic, entries, { ...context, updated: changed }), paging, deleted };
    return [edition, excerptEdition(edition, { ...context, foundedAs: topic?.foundedAs ?? ALL })];
  });
}
