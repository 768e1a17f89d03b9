import type { Article } from '../model/article.ts';
import type { JudgedTopics } from '../model/judgement.ts';
import type { Source } from '../model/source.ts';
import type { Story, StoryContext, ToldStory, TopicReason } from '../model/story.ts';
import { inOneGo, type Steps } from '../support/give-way.ts';
import { slugOf } from '../support/slug.ts';
import { latest, type Instant } from '../support/instant.ts';
import { chooseLead } from './choose-lead.ts';
import { fingerprintOf, wordsAgree } from './fingerprint.ts';
import type { EntryJudge } from './holds/judge-entries.ts';
import type { Quotas } from './holds/quotas.ts';
import { topicsOfStory } from './holds/story-topics.ts';
import type { TopicRules } from './match-topics.ts';
import { mayMeet, openPrivacy, partByAudience, type Audience, type Privacy } from './part-private.ts';
import type { Placement } from './place-articles.ts';

/** Everything that grouping needs to know; nothing is asked for on the way. */
export type GroupingInput = {
  /** New and changed articles, by date, then by id. */
  readonly awaiting: readonly Article[];
  /** Where each awaiting article belongs. */
  readonly placements: ReadonlyMap<string, Placement>;
  /** Finds a new story the event that it reports. Asked once for each, in the order in which they were founded. */
  readonly eventOf: (founder: Article) => string;
  /** The stored stories that articles are placed in, and those whose topics are to be chosen again. */
  readonly stored: readonly ToldStory[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly topics: readonly TopicRules[];
  /** Has judged the awaiting articles already; lets each of them through. */
  readonly judge: EntryJudge;
  readonly quotas: Quotas;
  readonly now: Instant;
};

/** A story after grouping, and what it was before (null: it is new). */
export type GroupedStory = {
  readonly before: ToldStory | null;
  /** Without articles and topics: none of its articles is let through any more, so it is to be dissolved. */
  readonly after: ToldStory;
  /** Topics that take it, and that a filter or quota keeps it out of. */
  readonly without: readonly TopicReason[];
  /** Articles that were in it and are no longer let through. */
  readonly left: readonly Article[];
  readonly changed: boolean;
};

type Group = {
  readonly id: string;
  readonly before: ToldStory | null;
  articles: Article[];
  left: readonly Article[];
  touched: boolean;
  /** Of one that was parted from another: the event that both report. */
  readonly eventId?: string;
  /** It is in private topics alone, whatever its articles say. */
  isForFew?: boolean;
};

/** What all stories are grouped by. */
type Grouping = GroupingInput & { readonly privacy: Privacy };

export const NO_CONTEXT: StoryContext = { related: [], hot: [], topicNews: [] };

/**
 * Puts each awaiting article into the story where it was placed, or founds that one. A story's id, path and date never
 * change afterwards, whoever leads.
 */
export function groupArticles(input: GroupingInput): GroupedStory[] {
  return inOneGo(groupInSteps(input));
}

/** As `groupArticles`, with a pause after each story. */
export function* groupInSteps(given: GroupingInput): Steps<GroupedStory[]> {
  const input = { ...given, privacy: openPrivacy(given.topics) };
  const groups = new Map<string, Group>();
  for (const told of input.stored) {
    const all = inOrder(told);
    const articles = all.filter((article) => input.judge.judge(article).kind === 'pass');
    const left = all.filter((article) => !articles.includes(article));
    groups.set(told.story.id, { id: told.story.id, before: told, articles, left, touched: left.length > 0 });
  }
  for (const article of input.awaiting) {
    const placement = input.placements.get(article.id)!;
    const placed = groups.get(placement.storyId);
    // A story that is dissolved meanwhile takes nobody in: its id is that of an article that has left.
    const isApart = (group: Group): boolean => isHiddenIn(group, article, placement) || !mayJoin(group, article, input);
    const id = placed === undefined || isApart(placed) ? article.id : placed.id;
    const group = groups.get(id) ?? { id, before: null, articles: [], left: [], touched: true };
    groups.set(id, group);
    group.articles = [...group.articles.filter((other) => other.id !== article.id), article];
    if (group.before !== null) group.articles = sameOrder(group.before, group.articles);
    group.touched = true;
  }
  partPrivate(groups, input);
  const stories: GroupedStory[] = [];
  for (const group of groups.values()) {
    stories.push(grouped(group, input));
    yield;
  }
  return stories;
}

/**
 * Whether a story tells another entry of the article's source already, in other words: then only a foreign report, which
 * may claim what it likes, brings the two together, and one would hide the other.
 */
function isHiddenIn({ articles }: Group, article: Article, { copyOf }: Placement): boolean {
  const own = articles.filter(({ sourceId }) => sourceId === article.sourceId);
  if (own.length === 0 || own.some(({ id }) => id === article.id || id === copyOf)) return false;
  const words = fingerprintOf(article);
  return !own.some((other) => wordsAgree(words, fingerprintOf(other)));
}

/** Whether all who may read the story may read the article too, and the other way round. What is in it already is parted later. */
function mayJoin(group: Group, article: Article, input: Grouping): boolean {
  if (!input.privacy.matters || group.articles.some(({ id }) => id === article.id)) return true;
  const own = audienceOf(article, group, input);
  return group.articles.every((other) => mayMeet(own, audienceOf(other, group, input)));
}

function audienceOf(article: Article, { before }: Group, { judge, privacy }: Grouping): Audience {
  const judgement = judge.judge(article);
  const wasIn = before?.story.articleIds.includes(article.id) === true ? before.story : null;
  return privacy.audienceOf(judgement.kind === 'pass' ? judgement.topics : [], wasIn);
}

/** Rules may have changed: what one story told is told in two, where only few may read some of its articles. */
function partPrivate(groups: Map<string, Group>, input: Grouping): void {
  if (!input.privacy.matters) return;
  for (const group of groups.values()) {
    const { together, apart } = partByAudience(group.articles, (article) => audienceOf(article, group, input));
    if (apart.length === 0) continue;
    group.touched = true;
    const founder = apart.find(({ id }) => !groups.has(id));
    // Each has the id of another story already: the whole is told to few, rather than any of it to everybody.
    if (founder === undefined) {
      group.isForFew = true;
      continue;
    }
    group.articles = [...together];
    const eventId = group.before === null ? {} : { eventId: group.before.story.eventId };
    groups.set(founder.id, { id: founder.id, before: null, articles: [...apart], left: [], touched: true, ...eventId });
  }
}

function inOrder({ story, articles }: ToldStory): Article[] {
  return story.articleIds.flatMap((id) => articles.find((article) => article.id === id) ?? []);
}

/** Known articles keep their places; new ones come last. */
function sameOrder(before: ToldStory, articles: readonly Article[]): Article[] {
  const place = new Map(before.story.articleIds.map((id, at) => [id, at]));
  return articles.toSorted((a, b) => (place.get(a.id) ?? place.size) - (place.get(b.id) ?? place.size));
}

function grouped(group: Group, input: Grouping): GroupedStory {
  const { id, before, articles, left, touched } = group;
  // One whose articles are kept no more: its id and path are remembered, for when its entry comes back changed.
  if (articles.length === 0 && left.length === 0) return { before, after: before!, without: [], left, changed: false };
  if (articles.length === 0) {
    const story = { ...before!.story, articleIds: [], topics: [] };
    return { before, after: { story, articles: [] }, without: [], left, changed: true };
  }
  const lead = chooseLead(articles, input.sources, before?.articles[0] ?? null);
  const founder = articles[0]!;
  const published = before?.story.published ?? founder.published;
  const { topics: chosen, without } = isLeftBehind(articles, input)
    ? { topics: keptTopics(before, input), without: [] }
    : topicsFor([lead, ...articles.filter((article) => article !== lead)], { before, published, input });
  const settled = input.privacy.settled(chosen);
  const topics = group.isForFew === true ? settled.filter((topic) => topic.private === true) : settled;
  const story: Story = {
    id,
    path: before?.story.path ?? pathOf(founder),
    leadArticleId: lead.id,
    articleIds: articles.map((article) => article.id),
    topics,
    eventId: before?.story.eventId ?? group.eventId ?? input.eventOf(founder),
    firstSeenAt: before?.story.firstSeenAt ?? founder.firstSeenAt,
    published,
    updated: updatedOf(before, lead, founder, input.now),
    score: new Set(articles.map((article) => article.sourceId)).size,
    context: before?.story.context ?? NO_CONTEXT,
  };
  const after = { story, articles: [lead, ...articles.filter((article) => article !== lead)] };
  const changed = touched || before === null || JSON.stringify(before.story.topics) !== JSON.stringify(topics);
  return { before, after, without, left, changed };
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

/**
 * A topic that was proposed once stays as long as it learns and no filter keeps the story out: what is learnt anew day by
 * day takes nothing back that was published.
 */
function withLearnt(
  judged: JudgedTopics,
  { before, input }: { readonly before: ToldStory | null; readonly input: GroupingInput },
): readonly TopicReason[] {
  const told = new Set([...judged.topics, ...judged.without].map(({ topicId }) => topicId));
  const learning = new Set(input.topics.flatMap(({ topic }) => (topic.learn ? [topic.id] : [])));
  const kept = (before?.story.topics ?? []).filter(
    ({ topicId, learnt }) => learnt === true && learning.has(topicId) && !told.has(topicId),
  );
  return [...judged.topics, ...kept];
}

/** What its articles belong to, as far as filters and quotas let it in. */
function topicsFor(
  articles: readonly Article[],
  { before, published, input }: { before: ToldStory | null; published: Instant; input: GroupingInput },
): JudgedTopics {
  const { judge, quotas, topics } = input;
  const judged = topicsOfStory(
    articles,
    judge,
    topics.map(({ topic }) => topic.id),
  );
  const admitted = quotas.admit({
    topics: withLearnt(judged, { before, input }),
    before: before?.story.topics ?? [],
    leadSourceId: articles[0]!.sourceId,
    published,
    approved: articles.some((article) => judge.isApproved(article)),
  });
  return { topics: admitted.topics, without: [...judged.without, ...admitted.without] };
}
