import type { Article } from '../model/article.ts';
import { isPrivate, type Story, type TopicReason } from '../model/story.ts';
import type { TopicRules } from './match-topics.ts';

/** Who may read an article: everybody; those alone who know the address of a private topic; null: it is in no topic itself. */
export type Audience = 'everybody' | 'few' | null;

/** Tells private topics from public ones. */
export type Privacy = {
  /** Whether there are private topics at all. */
  readonly matters: boolean;
  /**
   * The topics of a story with the private ones marked, and no others. What rules have sorted into private topics alone is
   * made public by rules alone, not by what was learnt.
   */
  settled(topics: readonly TopicReason[]): readonly TopicReason[];
  /**
   * Who may read an article of a story: by its own topics; one that has none (any more) goes on as the story did that it was in.
   * @param ofArticle its own topics
   */
  audienceOf(ofArticle: readonly TopicReason[], storyBefore: Pick<Story, 'topics'> | null): Audience;
};

export function openPrivacy(topics: readonly TopicRules[]): Privacy {
  const ids = new Set(topics.flatMap(({ topic }) => (topic.private ? [topic.id] : [])));
  const listed = new Set(topics.map(({ topic }) => topic.id));
  // What is not listed any more stays what it was.
  const isMarked = (one: TopicReason): boolean =>
    ids.has(one.topicId) || (!listed.has(one.topicId) && one.private === true);
  const settled = (reasons: readonly TopicReason[]): readonly TopicReason[] => {
    const byRules = reasons.filter(({ learnt }) => learnt !== true);
    const staysPrivate = byRules.length > 0 && byRules.every(isMarked);
    return reasons.flatMap((one) => {
      const { topicId, reason, learnt } = one;
      if (staysPrivate && learnt === true && !isMarked(one)) return [];
      const marks = { ...(learnt === true ? { learnt } : {}), ...(isMarked(one) ? { private: true as const } : {}) };
      return [{ topicId, reason, ...marks }];
    });
  };
  return {
    matters: ids.size > 0,
    settled,
    audienceOf(ofArticle, storyBefore) {
      if (ofArticle.length > 0) return isPrivate({ topics: settled(ofArticle) }) ? 'few' : 'everybody';
      return storyBefore !== null && isPrivate({ topics: settled(storyBefore.topics) }) ? 'few' : null;
    },
  };
}

/** Whether two articles may be told in one story: no public page is to name, or to lead to, what only few may read. */
export function mayMeet(one: Audience, other: Audience): boolean {
  return one === null || other === null || one === other;
}

/** The articles that go on as a story does, which its first one decides, and those that are told apart from it, in order. */
export function partByAudience(
  articles: readonly Article[],
  audienceOf: (article: Article) => Audience,
): { readonly together: readonly Article[]; readonly apart: readonly Article[] } {
  const first = articles.map(audienceOf).find((audience) => audience !== null) ?? null;
  const together = articles.filter((article) => mayMeet(audienceOf(article), first));
  return { together, apart: articles.filter((article) => !together.includes(article)) };
}
