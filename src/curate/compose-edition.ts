import type { Article } from '../model/article.ts';
import {
  UNPAGED,
  type Edition,
  type EditionEntry,
  type FeedLinks,
  type Origin,
  type OtherReport,
  type StoryTeaser,
} from '../model/edition.ts';
import type { ImageCopies } from '../model/image-copy.ts';
import type { Site } from '../model/site.ts';
import type { Source, SourceState } from '../model/source.ts';
import type { Story, ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import { uuidUrn } from '../support/hash.ts';
import { latest, type Instant } from '../support/instant.ts';
import { mailAddress } from '../support/mail-address.ts';
import { plainTitle } from '../support/plain-title.ts';
import { firstWords } from '../support/words.ts';
import { allowedText } from './allowed-extent.ts';
import type { ReadySite } from './opt-out.ts';
import { withOwnCopies } from './own-copies.ts';
import { refusalOf } from './refusal.ts';
import { updatedUnder } from './update-policy.ts';

export const GENERATOR = 'Tributary';
/** The feeds of everything stand beside those of the topics, under this name. */
export const ALL = 'all';
const TEASER_WORDS = 28;
/** Of a feed as a whole; what each publisher says itself stands in its entries. */
const RIGHTS = 'The texts and pictures belong to their publishers, who are named with each of them.';

/** What of a source's state is published: whatever else changes in it changes no file. */
export type FeedFacts = Pick<SourceState, 'feedTitle' | 'feedLink' | 'feedRights'>;

/** What composing needs besides the stories: the operator's order and what the sources' feeds say of themselves. */
export type ComposeContext = {
  readonly site: ReadySite;
  readonly sources: ReadonlyMap<string, Source>;
  readonly states: ReadonlyMap<string, FeedFacts>;
  /** Our copies of pictures, which are shown in their places. */
  readonly images: ImageCopies;
};

/** Where the documents of a topic lie under output/, without their endings. */
export function feedPath(topicId: string): string {
  return `feeds/${topicId}`;
}

/** The addresses of the three documents at a path. */
export function feedLinksAt(site: Pick<Site, 'url'>, path: string): FeedLinks {
  const at = (ending: string): string => `${site.url}${path}.${ending}`;
  return { atom: at('atom'), rss: at('rss'), json: at('json') };
}

export function feedLinksOf(site: Pick<Site, 'url'>, topicId: string): FeedLinks {
  return feedLinksAt(site, feedPath(topicId));
}

/** Where the page of a topic is; where the site is about it alone, that is its front page. */
export function topicUrl({ url, privateTopicId }: Pick<Site, 'url' | 'privateTopicId'>, topicId: string): string {
  return topicId === ALL || topicId === privateTopicId ? url : `${url}topics/${topicId}/`;
}

/**
 * One topic as it is published: made from stored state alone. It never holds more of a text than is allowed.
 * @param topic null: everything
 * @param entries newest first, then by id: see composeEntry and group-edition.ts
 * @param updated the last change of the topic, which may be that a story left it; or the moment of the publication's founding where there is none yet
 */
export function composeEdition(
  topic: Topic | null,
  entries: readonly EditionEntry[],
  context: ComposeContext & { readonly updated: Instant },
): Edition {
  const { site } = context;
  const topicId = topic?.id ?? ALL;
  return {
    topicId,
    variant: 'full',
    path: feedPath(topicId),
    id: uuidUrn('edition', topic?.foundedAs ?? ALL),
    title: topic === null ? site.title : `${topic.title} – ${site.title}`,
    subtitle: topic === null ? site.description : topic.description,
    link: topicUrl(site, topicId),
    feedLinks: feedLinksOf(site, topicId),
    language: site.language,
    updated: latest([context.updated, ...entries.map((entry) => entry.updated)])!,
    author: { name: site.title, email: mailAddress(site.contact), url: site.url },
    generator: GENERATOR,
    rights: RIGHTS,
    icon: `${site.url}assets/icon.png`,
    stylesheet: `${site.url}assets/feed.css`,
    hub: site.hub?.url ?? null,
    paging: UNPAGED,
    entries,
    deleted: [],
  };
}

/**
 * A story as one entry: its lead within the allowed extent, and links to the other reports.
 * @param topic whose policy says which changes move `updated`; null: all
 */
export function composeEntry(
  { story, articles }: ToldStory,
  context: ComposeContext,
  topic: Pick<Topic, 'updates'> | null = null,
): EditionEntry {
  const lead = articles[0]!;
  const source = context.sources.get(lead.sourceId) ?? null;
  const { summary, contentHtml, extent, extentReason, image, enclosures, episode, corrections } = withOwnCopies(
    allowedText(lead, source, context.site),
    context,
  );
  const sourceUrl = sourceUrlOf(lead);
  return {
    id: story.id,
    url: `${context.site.url}${story.path}`,
    sourceUrl,
    title: lead.title,
    authors: lead.authors,
    categories: lead.categories,
    topicIds: topicIdsFor(context.site, story),
    published: story.published,
    updated: updatedUnder(topic?.updates ?? 'all', story, lead),
    language: lead.language,
    summary,
    contentHtml,
    extent,
    extentReason,
    wordCount: lead.wordCount,
    image,
    enclosures,
    episode,
    publisher: lead.publisher,
    origin: originOf(lead, source, context.states.get(lead.sourceId)),
    rights: source?.rights ?? lead.rights.text,
    licence: lead.rights.licence,
    otherReports: otherReports(articles, sourceUrl, context),
    corrections,
  };
}

/** Public entries name public topics, and those of a private topic that one: whoever reads it need not know of others. */
function topicIdsFor({ privateTopicId }: Pick<Site, 'privateTopicId'>, { topics }: Story): string[] {
  if (privateTopicId !== undefined) return [privateTopicId];
  return topics.flatMap((topic) => (topic.private === true ? [] : [topic.topicId]));
}

/** Where an article truly came from. */
export function sourceUrlOf({ sourceLink, link }: Article): string | null {
  return sourceLink?.url ?? link;
}

/** What entries call the source that they are from. */
export function sourceIri(sourceId: string): string {
  return uuidUrn('source', sourceId);
}

function originOf(lead: Article, source: Source | null, state: FeedFacts | undefined): Origin {
  const feedUrl = source?.url ?? lead.link ?? '';
  return {
    id: sourceIri(lead.sourceId),
    title: source?.title ?? (plainTitle(state?.feedTitle ?? '') || lead.sourceId),
    feedUrl,
    siteUrl: state?.feedLink ?? null,
    updated: lead.updated,
    rights: source?.rights ?? state?.feedRights ?? null,
  };
}

/** The story's other articles by address, each once, the lead's own apart. */
export function otherReports(
  articles: readonly Article[],
  leadUrl: string | null,
  { site, sources }: Pick<ComposeContext, 'site' | 'sources'>,
): OtherReport[] {
  const seen = new Set([leadUrl]);
  return articles.slice(1).flatMap((article) => {
    const url = article.link ?? article.sourceLink?.url ?? null;
    if (url === null || seen.has(url)) return [];
    if (refusalOf(article, site.optOut, sources.get(article.sourceId) ?? null) !== null) return [];
    seen.add(url);
    // Whose page the link leads to: an aggregator's entry names its origin as the publisher.
    return [{ title: article.title, url, publisher: sources.get(article.sourceId)?.title ?? article.publisher.name }];
  });
}

/** A story as other pages point to it. */
export function teaserOf(told: ToldStory, context: ComposeContext): StoryTeaser {
  const entry = composeEntry(told, context);
  return {
    id: entry.id,
    url: entry.url,
    title: entry.title,
    excerpt: firstWords(entry.summary, TEASER_WORDS),
    publisher: entry.publisher.name,
    published: entry.published,
    language: entry.language,
    image: entry.image,
    // How many independent publishers report the event is known where stories are compared: copies do not count.
    reports: 1,
  };
}
