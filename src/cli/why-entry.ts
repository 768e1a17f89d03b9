import type { Order } from '../config/sources-file.ts';
import { readySite } from '../curate/opt-out.ts';
import { mayKeepPictures } from '../curate/own-copies.ts';
import type { Article, Correction, SourceLink } from '../model/article.ts';
import type { Verdict } from '../model/rule.ts';
import { isPublic, type Story, type ToldStory, type TopicReason } from '../model/story.ts';
import type { TrailStep } from '../model/trail.ts';
import type { FoundEntry, Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';

/** So many other stories of the same event are told. */
const MOST_OF_EVENT = 20;

/** What of sources.json answers name; `topics` null: it is faulty, and their titles are not known. */
export type WhyList = {
  readonly site: { readonly url: string };
  readonly topics: readonly { readonly id: string; readonly title: string }[] | null;
  readonly sources: readonly { readonly id: string; readonly title: string }[];
};

/** All that there is to tell of one entry. The fields are stable: scripts read them. */
export type WhyEntry = Pick<FoundEntry, 'articleId' | 'entryId' | 'link' | 'firstSeenAt' | 'state' | 'reason'> & {
  readonly title: string | null;
  /** `title` is null for a source that is not listed any more. */
  readonly source: { readonly id: string; readonly title: string | null };
  /** When it came to the state that it is in. */
  readonly since: Instant;
  /** Null where the article is not kept, or never was. */
  readonly article:
    | (Pick<Article, 'published' | 'updated' | 'contentFrom' | 'contentReason' | 'wordCount'> & {
        readonly sourceLink: SourceLink | null;
        readonly corrections: readonly Correction[];
      })
    | null;
  readonly trail: readonly Pick<TrailStep, 'at' | 'state' | 'reason'>[];
  readonly verdict: Pick<Verdict, 'verdict' | 'at' | 'note'> | null;
  /** Its page that was asked for and not had; `nextAt` null: not asked for again by itself. */
  readonly missedPage: { readonly code: string; readonly retries: number; readonly nextAt: Instant | null } | null;
  /** Its pictures that are copied or were to be; none where the list says to show them from where they are. */
  readonly images: readonly WhyImage[];
  readonly story: WhyStory | null;
};

/** A picture: where our copy lies under output/, or why there is none, and when it is asked for again (null: not by itself). */
export type WhyImage = {
  readonly url: string;
  readonly copy: string | null;
  readonly reason: string | null;
  readonly nextAt: Instant | null;
};

/** The story that an entry is told in. */
export type WhyStory = Pick<Story, 'id' | 'eventId' | 'published' | 'updated'> & {
  /** Address of its page; null while it is in no topic, and has none. */
  readonly page: string | null;
  readonly leadArticleId: string;
  readonly topics: readonly TopicReason[];
  /** All its reports but the entry itself, the lead first. */
  readonly otherReports: readonly {
    readonly articleId: string;
    readonly sourceId: string;
    readonly title: string;
    readonly link: string | null;
  }[];
  /** Where a topic has the event as one entry: the entries that tell of this story, by topic. */
  readonly eventEntries: readonly { readonly topicId: string; readonly entryId: string }[];
  /** Other stories that report the same event, newest first. */
  readonly sameEvent: readonly { readonly id: string; readonly title: string; readonly page: string | null }[];
};

/**
 * Gathers what there is to tell of entries, in their order.
 * @param order null while sources.json is faulty
 */
export async function whyEntries(
  store: Store,
  found: readonly FoundEntry[],
  { site, sources }: Pick<WhyList, 'site' | 'sources'>,
  order: Pick<Order, 'site' | 'sources'> | null,
): Promise<WhyEntry[]> {
  const ids = found.map(({ articleId }) => articleId);
  const articles = new Map((await store.articles(ids)).map((article) => [article.id, article]));
  const verdicts = await store.verdicts(ids);
  const missed = await store.missedPages(ids);
  const storyIds = await store.storiesOfArticles(ids);
  const stories = new Map((await store.stories([...new Set(storyIds.values())])).map((told) => [told.story.id, told]));
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const entries: WhyEntry[] = [];
  for (const one of found) {
    const told = stories.get(storyIds.get(one.articleId) ?? '');
    const trail = await store.trailOf(one.articleId);
    entries.push({
      articleId: one.articleId,
      entryId: one.entryId,
      title: one.title,
      link: one.link,
      source: { id: one.sourceId, title: titles.get(one.sourceId) ?? null },
      firstSeenAt: one.firstSeenAt,
      state: one.state,
      reason: one.reason,
      since: one.at,
      article: toldArticle(articles.get(one.articleId)),
      trail: trail.map(({ at, state, reason }) => ({ at, state, reason })),
      verdict: toldVerdict(verdicts.get(one.articleId)),
      missedPage: toldMissedPage(missed.get(one.articleId)),
      images: [
        ...(await store.images.ofArticle(one.articleId)).map(({ copy, ...image }) => ({
          ...image,
          copy: copy?.path ?? null,
        })),
        ...leftWhereItIs(articles.get(one.articleId), order),
      ],
      story: told === undefined ? null : await whyStory(store, told, { articleId: one.articleId, siteUrl: site.url }),
    });
  }
  return entries;
}

/** The lead image that is not copied, since its article may not be republished whole. */
function leftWhereItIs(article: Article | undefined, order: Pick<Order, 'site' | 'sources'> | null): WhyImage[] {
  if (order?.site.images !== 'cache' || article === undefined || article.image === null) return [];
  const source = order.sources.find(({ id }) => id === article.sourceId) ?? null;
  if (mayKeepPictures(article, source, readySite(order.site))) return [];
  const reason = 'its article may not be republished whole';
  return [{ url: article.image.url, copy: null, reason, nextAt: null }];
}

function toldArticle(article: Article | undefined): WhyEntry['article'] {
  if (article === undefined) return null;
  const { sourceLink, published, updated, contentFrom, contentReason, wordCount, corrections } = article;
  return { sourceLink, published, updated, contentFrom, contentReason, wordCount, corrections };
}

function toldVerdict(given: Verdict | undefined): WhyEntry['verdict'] {
  return given === undefined ? null : { verdict: given.verdict, at: given.at, note: given.note };
}

function toldMissedPage(page: NonNullable<WhyEntry['missedPage']> | undefined): WhyEntry['missedPage'] {
  return page === undefined ? null : { code: page.code, retries: page.retries, nextAt: page.nextAt };
}

async function whyStory(
  store: Store,
  { story, articles }: ToldStory,
  { articleId, siteUrl }: { readonly articleId: string; readonly siteUrl: string },
): Promise<WhyStory> {
  const ofEvent = await store.storiesOfEvent(story.eventId, MOST_OF_EVENT + 1);
  const others = ofEvent.filter((other) => other.story.id !== story.id).slice(0, MOST_OF_EVENT);
  const { id, eventId, published, updated, leadArticleId, topics, articleIds } = story;
  const entries = (await store.eventEntries({ eventId })).filter(
    (entry) => entry.stands !== 'nowhere' && entry.articleIds.some((shown) => articleIds.includes(shown)),
  );
  return {
    id,
    eventId,
    published,
    updated,
    page: pageOf(story, siteUrl),
    leadArticleId,
    topics,
    otherReports: articles
      .filter((article) => article.id !== articleId)
      .map((article) => ({
        articleId: article.id,
        sourceId: article.sourceId,
        title: article.title,
        link: article.link,
      })),
    eventEntries: entries.map(({ topicId, entryId }) => ({ topicId, entryId })),
    sameEvent: others.map((other) => ({
      id: other.story.id,
      title: other.articles[0]?.title ?? '(untitled)',
      page: pageOf(other.story, siteUrl),
    })),
  };
}

/** The public page; what is private has its page behind a token, which is shown by `tributary private` alone. */
export function pageOf(story: Story, siteUrl: string): string | null {
  return isPublic(story) ? new URL(story.path, siteUrl).href : null;
}
