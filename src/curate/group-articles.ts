import type { Article } from '../model/article.ts';
import type { Source } from '../model/source.ts';
import type { Story, StoryContext, ToldStory, TopicReason } from '../model/story.ts';
import { inOneGo, type Steps } from '../support/give-way.ts';
import { slugOf } from '../support/slug.ts';
import { latest, type Instant } from '../support/instant.ts';
import { chooseLead } from './choose-lead.ts';
import { fingerprintOf, isAddress, storySharing, wordsAgree, type Fingerprint } from './fingerprint.ts';
import { matchTopics, type TopicRules } from './match-topics.ts';

/** Everything that grouping needs to know; nothing is asked for on the way. */
export type GroupingInput = {
  /** New and changed articles, by date, then by id. */
  readonly awaiting: readonly Article[];
  /** The marks of each awaiting article: see fingerprint.ts. */
  readonly keysOf: ReadonlyMap<string, readonly string[]>;
  /** Story ids by key, and by article, as they are stored. */
  readonly storyOfKey: ReadonlyMap<string, string>;
  readonly storyOfArticle: ReadonlyMap<string, string>;
  /** The stored stories that any of these ids names, and those whose topics are to be chosen again. */
  readonly stored: readonly ToldStory[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly topics: readonly TopicRules[];
  readonly now: Instant;
};

/** A story after grouping, and what it was before (null: it is new). */
export type GroupedStory = { readonly before: ToldStory | null; readonly after: ToldStory; readonly changed: boolean };

type Group = { readonly id: string; readonly before: ToldStory | null; articles: Article[]; touched: boolean };

export const NO_CONTEXT: StoryContext = { related: [], hot: [], topicNews: [] };

/**
 * Puts each awaiting article into the story that it has, or that shares a mark with it, or into a new one of its own,
 * whose id it gives. Two entries of one source are not joined by an address alone. A story's id, path and date never change afterwards, whoever leads.
 */
export function groupArticles(input: GroupingInput): GroupedStory[] {
  return inOneGo(groupInSteps(input));
}

/** As `groupArticles`, with a pause after each story. */
export function* groupInSteps(input: GroupingInput): Steps<GroupedStory[]> {
  const groups = new Map<string, Group>();
  for (const told of input.stored)
    groups.set(told.story.id, { id: told.story.id, before: told, articles: inOrder(told), touched: false });
  const founded = new Map<string, string>();
  const printOf = onceForEach(fingerprintOf);
  for (const article of input.awaiting) {
    const keys = input.keysOf.get(article.id) ?? [];
    const id =
      input.storyOfArticle.get(article.id) ??
      storyByKeys(article, keys, { input, founded, groups, printOf }) ??
      article.id;
    const group = groups.get(id) ?? { id, before: null, articles: [], touched: true };
    groups.set(id, group);
    group.articles = [...group.articles.filter((other) => other.id !== article.id), article];
    if (group.before !== null) group.articles = sameOrder(group.before, group.articles);
    group.touched = true;
    for (const key of keys) if (!founded.has(key)) founded.set(key, id);
  }
  const stories: GroupedStory[] = [];
  for (const group of groups.values()) {
    stories.push(grouped(group, input));
    yield;
  }
  return stories;
}

function inOrder({ story, articles }: ToldStory): Article[] {
  return story.articleIds.flatMap((id) => articles.find((article) => article.id === id) ?? []);
}

/** Known articles keep their places; new ones come last. */
function sameOrder(before: ToldStory, articles: readonly Article[]): Article[] {
  const place = new Map(before.story.articleIds.map((id, at) => [id, at]));
  return articles.toSorted((a, b) => (place.get(a.id) ?? place.size) - (place.get(b.id) ?? place.size));
}

type Told = {
  readonly input: GroupingInput;
  /** Story ids by key, of those that this curation has put together. */
  readonly founded: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly printOf: (article: Article) => Fingerprint;
};

/** Stored stories come before those founded in this curation. */
function storyByKeys(article: Article, keys: readonly string[], told: Told): string | null {
  return storySharing(keys, (key) =>
    [told.input.storyOfKey.get(key), told.founded.get(key)].find(
      (id) => id !== undefined && !(isAddress(key) && isParted(article, { key, id }, told)),
    ),
  );
}

/**
 * Whether a story has an entry of the same source with the same address, and none such that says the same: some sources
 * give all their entries one link (`/alerts`), so there an address alone joins nothing.
 */
function isParted(
  article: Article,
  { key, id }: { readonly key: string; readonly id: string },
  { groups, printOf }: Told,
): boolean {
  const rivals = (groups.get(id)?.articles ?? []).filter(
    (other) => other.sourceId === article.sourceId && other.id !== article.id && printOf(other).addresses.has(key),
  );
  return rivals.length > 0 && !rivals.some((other) => wordsAgree(printOf(article), printOf(other)));
}

function onceForEach<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function grouped({ id, before, articles, touched }: Group, input: GroupingInput): GroupedStory {
  const lead = chooseLead(articles, input.sources);
  const topics = isLeftBehind(articles, input)
    ? keptTopics(before, input)
    : topicsOf([lead, ...articles.filter((article) => article !== lead)], input);
  const founder = articles[0]!;
  const story: Story = {
    id,
    path: before?.story.path ?? pathOf(founder),
    leadArticleId: lead.id,
    articleIds: articles.map((article) => article.id),
    topics,
    firstSeenAt: before?.story.firstSeenAt ?? founder.firstSeenAt,
    published: before?.story.published ?? founder.published,
    updated: updatedOf(before, lead, founder, input.now),
    score: new Set(articles.map((article) => article.sourceId)).size,
    context: before?.story.context ?? NO_CONTEXT,
  };
  const after = { story, articles: [lead, ...articles.filter((article) => article !== lead)] };
  const changed = touched || before === null || JSON.stringify(before.story.topics) !== JSON.stringify(topics);
  return { before, after, changed };
}

function pathOf(founder: Article): string {
  const [year, month] = founder.published.split('-');
  return `articles/${year}/${month}/${slugOf(founder.title, founder.id)}.html`;
}

/** Moves when what is shown changes: with the lead's own change, or when another article takes the lead. */
function updatedOf(before: ToldStory | null, lead: Article, founder: Article, now: Instant): Instant {
  if (before === null) return latest([lead.updated, founder.published])!;
  if (before.story.leadArticleId !== lead.id) return latest([before.story.updated, now])!;
  return latest([before.story.updated, lead.updated])!;
}

/** What a source that is no longer listed has published stays where it is; it gets nowhere new. */
function isLeftBehind(articles: readonly Article[], { sources }: GroupingInput): boolean {
  return articles.every(({ sourceId }) => !sources.has(sourceId));
}

function keptTopics(before: ToldStory | null, { topics }: GroupingInput): TopicReason[] {
  const listed = new Set(topics.map(({ topic }) => topic.id));
  return before?.story.topics.filter(({ topicId }) => listed.has(topicId)) ?? [];
}

/** What any of the articles belongs to, the lead's reasons first, in the operator's order of topics. */
function topicsOf(articles: readonly Article[], { sources, topics }: GroupingInput): TopicReason[] {
  const reasons = new Map<string, TopicReason>();
  for (const article of articles) {
    for (const reason of matchTopics(article, sources.get(article.sourceId) ?? null, topics)) {
      if (!reasons.has(reason.topicId)) reasons.set(reason.topicId, reason);
    }
  }
  return topics.flatMap(({ topic }) => reasons.get(topic.id) ?? []);
}
