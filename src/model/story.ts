import type { Article } from './article.ts';
import type { Instant } from '../support/instant.ts';

/** Why a story is in a topic, in words: `the source "Harbour News" is sorted into it`. */
export type TopicReason = {
  readonly topicId: string;
  readonly reason: string;
  /** No rule says so: it was learnt from what the rules have sorted. */
  readonly learnt?: true;
  /** The topic is private: nothing public tells that the story is in it. */
  readonly private?: true;
};

/** Articles that tell one thing. In the feeds a story is one entry, shown by its lead article. */
export type Story = {
  /** The id of the article that founded it. Never changes, whoever leads. */
  readonly id: string;
  /** Path of its page under output/, minted with the id. */
  readonly path: string;
  readonly leadArticleId: string;
  /** The founder first, then in order of arrival. */
  readonly articleIds: readonly string[];
  readonly topics: readonly TopicReason[];
  /** Stories that report one event share it: the id of the one that was there first, or one made from it. */
  readonly eventId: string;
  readonly firstSeenAt: Instant;
  readonly published: Instant;
  readonly updated: Instant;
  /** How many different sources report it. Its heat, which weighs them, is worked out anew each time: curate/rank-stories.ts. */
  readonly score: number;
  /** What its page shows beside it, as it stood when the story was last changed. */
  readonly context: StoryContext;
};

/** Ids of stories, best first. Kept with the story, so that another story's arrival rewrites no old page. */
export type StoryContext = {
  readonly related: readonly string[];
  readonly hot: readonly string[];
  readonly topicNews: readonly { readonly topicId: string; readonly storyIds: readonly string[] }[];
};

/** A story with its articles, the lead first. */
export type ToldStory = { readonly story: Story; readonly articles: readonly Article[] };

/** Whether everybody may read it: it is in a topic that is not private. */
export function isPublic({ topics }: Pick<Story, 'topics'>): boolean {
  return topics.some((topic) => topic.private !== true);
}

/** Whether only those may read it who know a private topic's address. */
export function isPrivate(story: Pick<Story, 'topics'>): boolean {
  return story.topics.length > 0 && !isPublic(story);
}

/** Whether a topic, or with null the whole of the public ones, holds it. */
export function isInTopic(story: Pick<Story, 'topics'>, topicId: string | null): boolean {
  return topicId === null ? isPublic(story) : story.topics.some((topic) => topic.topicId === topicId);
}
