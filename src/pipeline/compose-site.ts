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
import { hottest } from '../curate/rank-stories.ts';
import { lookOver, newestFirst } from '../curate/story-context.ts';
import type { Edition, StoryTeaser } from '../model/edition.ts';
import type { ArticlePage, FrontPage, HotPage, SiteFrame, TopicLink, TopicNews, TopicPage } from '../model/page.ts';
import type { Site, Weather } from '../model/site.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import { latest } from '../support/instant.ts';

const FRONT_TOP = 5;
const FRONT_HOT = 5;
const FRONT_TOPIC = 4;
const HOT_PAGE = 20;

export function frameOf(site: Site, topics: readonly Topic[]): SiteFrame {
  return {
    site,
    topics: topics.map((topic) => topicLink(site, topic)),
    feedLinks: feedLinksOf(site, ALL),
    hotUrl: `${site.url}hot/`,
    generator: GENERATOR,
  };
}

function topicLink(site: Site, { id, title, description }: Topic): TopicLink {
  return { id, title, description, url: topicUrl(site, id), feedLinks: feedLinksOf(site, id) };
}

/** The pages that show many stories: front, hot, and one for each topic. No story stands twice on one page. */
export function composeOverviews(
  frame: SiteFrame,
  window: readonly ToldStory[],
  editions: ReadonlyMap<string, readonly ToldStory[]>,
  context: ComposeContext & { readonly weather: Weather | null },
): { readonly front: FrontPage; readonly hot: HotPage; readonly topics: readonly TopicPage[] } {
  const byId = new Map([...[...editions.values()].flat(), ...window].map((told) => [told.story.id, told]));
  const over = lookOver(window, context.sources);
  const publishers = new Map(over.ranked.map((ranked) => [ranked.id, ranked.publishers]));
  const teasers = (ids: readonly string[]): StoryTeaser[] =>
    ids.map((id) => {
      const teaser = teaserOf(byId.get(id)!, context);
      return { ...teaser, reports: Math.max(teaser.reports, publishers.get(id) ?? 0) };
    });
  const editionOf = latest([...byId.values()].map(({ story }) => story.updated));

  const shown = new Set<string>();
  const take = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) shown.add(id);
    return ids;
  };
  const newest = [...byId.values()].map(({ story }) => story).toSorted(newestFirst);
  const lead = take(hottest(over.ranked, 1));
  const top = [
    ...lead,
    ...take(
      newest
        .filter(({ id }) => !shown.has(id))
        .slice(0, FRONT_TOP - lead.length)
        .map(({ id }) => id),
    ),
  ];
  const hot = take(hottest(over.ranked, FRONT_HOT, shown));
  const topics: TopicNews[] = frame.topics.map((topic) => {
    const ids = (editions.get(topic.id) ?? []).map(({ story }) => story.id).filter((id) => !shown.has(id));
    return { topic, stories: teasers(take(ids.slice(0, FRONT_TOPIC))) };
  });
  return {
    front: { frame, editionOf, weather: context.weather, top: teasers(top), hot: teasers(hot), topics },
    hot: { frame, editionOf, stories: teasers(hottest(over.ranked, HOT_PAGE)) },
    topics: frame.topics.map((topic) => {
      const told = editions.get(topic.id) ?? [];
      return {
        frame,
        topic,
        editionOf: latest(told.map(({ story }) => story.updated)),
        stories: teasers(told.map(({ story }) => story.id)),
      };
    }),
  };
}

/** A story's page, with what stood beside it when it was last changed. Stories that are gone since are left out. */
export function composeArticlePage(
  frame: SiteFrame,
  told: ToldStory,
  others: ReadonlyMap<string, ToldStory>,
  context: ComposeContext,
): ArticlePage {
  const byId = new Map(frame.topics.map((topic) => [topic.id, topic]));
  const teasers = (ids: readonly string[]): StoryTeaser[] =>
    ids.flatMap((id) => {
      const other = others.get(id);
      return other === undefined ? [] : [teaserOf(other, context)];
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
    hot: teasers(story.context.hot),
    topicNews: story.context.topicNews.flatMap(({ topicId, storyIds }) => {
      const topic = byId.get(topicId);
      const stories = teasers(storyIds);
      return topic === undefined || stories.length === 0 ? [] : [{ topic, stories }];
    }),
  };
}

/** The editions of all topics and of everything, each with its stories. */
export function composeEditions(
  topics: readonly Topic[],
  stories: ReadonlyMap<string, { readonly told: readonly ToldStory[]; readonly updated: string }>,
  context: ComposeContext,
): Edition[] {
  return [...topics, null].map((topic) => {
    const { told, updated } = stories.get(topic?.id ?? ALL)!;
    return composeEdition(topic, told, { ...context, updated });
  });
}
