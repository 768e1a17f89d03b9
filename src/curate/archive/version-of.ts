import type { Article } from '../../model/article.ts';
import type { PresentVersion } from '../../model/published-entry.ts';
import type { ToldStory } from '../../model/story.ts';
import type { Topic } from '../../model/topic.ts';
import { ALL, otherReports, sourceUrlOf, type ComposeContext } from '../compose-edition.ts';
import { extentFor } from '../extent-for.ts';
import { composeEvent, type EventReports } from '../group-edition.ts';
import { updatedUnder } from '../update-policy.ts';

/** A story's entry in a topic, or with null among everything, as it would be published now. */
export function versionOfStory(
  { story, articles }: ToldStory,
  topic: Pick<Topic, 'id' | 'updates'> | null,
  context: ComposeContext,
): PresentVersion {
  const lead = articles[0]!;
  return {
    topicId: topic?.id ?? ALL,
    entryId: story.id,
    subjectId: story.id,
    published: story.published,
    updated: updatedUnder(topic?.updates ?? 'all', story, lead),
    ...ofLead(lead, context),
    shown: articles.map(({ id }) => ({ storyId: story.id, articleId: id })),
    otherReports: otherReports(articles, sourceUrlOf(lead), context),
  };
}

/** An event's entry in a topic that groups them. */
export function versionOfEvent(event: EventReports, topic: Topic, context: ComposeContext): PresentVersion {
  const { id, published, updated, otherReports } = composeEvent(event, context, topic);
  return {
    topicId: topic.id,
    entryId: id,
    subjectId: event.eventId,
    published,
    updated,
    ...ofLead(event.told[0]!.articles[0]!, context),
    shown: event.told.flatMap(({ story, articles }) =>
      articles.map((article) => ({ storyId: story.id, articleId: article.id })),
    ),
    otherReports,
  };
}

function ofLead(
  lead: Article,
  { sources, site }: ComposeContext,
): Pick<PresentVersion, 'leadArticleId' | 'extent' | 'words' | 'characters'> {
  const { extent, words, characters } = extentFor(lead, sources.get(lead.sourceId) ?? null, site);
  return { leadArticleId: lead.id, extent, words, characters };
}
