import type { Article } from '../../model/article.ts';
import type { JudgedTopics } from '../../model/judgement.ts';
import type { TopicReason } from '../../model/story.ts';
import type { EntryJudge } from './judge-entries.ts';

/**
 * The topics of a story: what any of its articles belongs to, the lead's reasons first, in the operator's order of topics.
 * What a topic's filter keeps the lead out of, the story is kept out of: it is the lead that readers would see.
 * @param articles the lead first; what the judge does not let through among them says nothing
 */
export function topicsOfStory(
  articles: readonly Article[],
  judge: EntryJudge,
  topicIds: readonly string[],
): JudgedTopics {
  const [lead, ...others] = articles.map((article) => topicsOf(article, judge));
  if (lead === undefined) return NONE;
  const taken = firstOfEach([lead, ...others].flatMap(({ topics }) => topics));
  const ofLead = firstOfEach(lead.without);
  const kept = firstOfEach([lead, ...others].flatMap(({ without }) => without));
  return {
    topics: topicIds.flatMap((id) => (ofLead.has(id) ? [] : (taken.get(id) ?? []))),
    without: topicIds.flatMap((id) => (taken.has(id) && !ofLead.has(id) ? [] : (kept.get(id) ?? []))),
  };
}

const NONE: JudgedTopics = { topics: [], without: [] };

function topicsOf(article: Article, judge: EntryJudge): JudgedTopics {
  const judgement = judge.judge(article);
  return judgement.kind === 'pass' ? judgement : NONE;
}

function firstOfEach(reasons: readonly TopicReason[]): Map<string, TopicReason> {
  const first = new Map<string, TopicReason>();
  for (const reason of reasons) if (!first.has(reason.topicId)) first.set(reason.topicId, reason);
  return first;
}
