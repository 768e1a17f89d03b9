import type { Block, NewsroomArticle } from './articles.ts';
import type { Publisher } from './publishers.ts';
import type { Articles } from './read-articles.ts';

const HOUR_MS = 3_600_000;
/** A publisher without a word to say last changed a week before the epoch. */
const SILENCE_MS = 168 * HOUR_MS;

/** Another publisher's article, as one links to it. */
export type Reference = {
  readonly title: string;
  readonly url: string;
  readonly publisher: string;
  readonly feed: string;
};

/** An article as it stands on its publisher's site in the present round. Moments are milliseconds since 1970. */
export type PublishedArticle = {
  readonly article: NewsroomArticle;
  /** Its place in its publisher's file: the same in every round. */
  readonly place: number;
  readonly path: string;
  readonly url: string;
  readonly published: number;
  readonly updated: number;
  readonly body: readonly Block[];
  readonly correctionNote: string | null;
  readonly imageUrl: string | null;
  /** The agency's article of which this is a copy. */
  readonly wire: Reference | null;
  /** The article that an aggregator points to. */
  readonly target: Reference | null;
};

/** All that a publisher has on its site in one round, newest first. */
export type Issue = {
  readonly publisher: Publisher;
  readonly origin: string;
  readonly articles: readonly PublishedArticle[];
  /** When it last changed: the base of every Last-Modified. */
  readonly lastChange: number;
};

export type Newsstand = {
  readonly articles: Articles;
  readonly publishers: readonly Publisher[];
  /** `http://127.0.0.1:8801`, by the publisher's id. */
  readonly origins: ReadonlyMap<string, string>;
  /** The newsroom's zero hour. */
  readonly epoch: number;
};

/** What each publisher shows in a round. Copies of, and pointers to, articles that are not out yet wait for them. */
export function issuesAt(stand: Newsstand, round: number): ReadonlyMap<string, Issue> {
  return new Map(stand.publishers.map((publisher) => [publisher.id, issueOf(stand, publisher, round)]));
}

function issueOf(stand: Newsstand, publisher: Publisher, round: number): Issue {
  const articles = (stand.articles.get(publisher.id) ?? [])
    .map((article, place) => publish(stand, publisher, article, place, round))
    .filter((published) => published !== null)
    .sort((a, b) => b.published - a.published || a.place - b.place);
  return {
    publisher,
    origin: originOf(stand, publisher.id),
    articles,
    lastChange: Math.max(stand.epoch - SILENCE_MS, ...articles.map((article) => article.updated)),
  };
}

function publish(
  stand: Newsstand,
  publisher: Publisher,
  article: NewsroomArticle,
  place: number,
  round: number,
): PublishedArticle | null {
  const wire = article.wireCopyOf === undefined ? null : find(stand, article.wireCopyOf);
  const target = article.pointsTo === undefined ? null : find(stand, article.pointsTo);
  const waits = [article, ...[wire, target].map((found) => found?.article)].some((one) => one && one.round > round);
  const lost = (article.wireCopyOf !== undefined && !wire) || (article.pointsTo !== undefined && !target);
  if (waits || lost) return null;
  const origin = originOf(stand, publisher.id);
  const published = publicationOf(stand, article);
  const path = pathOf(published, article);
  const correction = article.correction && article.correction.round <= round ? article.correction : null;
  return {
    article,
    place,
    path,
    url: origin + path,
    published,
    updated: correction ? stand.epoch + correction.round * HOUR_MS : published,
    body: correction && correction.body.length > 0 ? correction.body : (wire?.article ?? article).body,
    correctionNote: correction?.note ?? null,
    imageUrl: article.image && `${origin}/images/${article.image.file}`,
    wire: wire && referenceTo(stand, wire),
    target: target && referenceTo(stand, target),
  };
}

type Found = { readonly publisher: Publisher; readonly article: NewsroomArticle };

/** The article of a key such as `meridian-wire/port-strike-ends`. */
function find(stand: Newsstand, key: string): Found | null {
  const [id, slug] = key.split('/');
  const publisher = stand.publishers.find((one) => one.id === id);
  const article = stand.articles.get(id ?? '')?.find((one) => one.slug === slug);
  return publisher && article ? { publisher, article } : null;
}

function referenceTo(stand: Newsstand, { publisher, article }: Found): Reference {
  const origin = originOf(stand, publisher.id);
  return {
    title: article.title,
    url: origin + pathOf(publicationOf(stand, article), article),
    publisher: publisher.title,
    feed: origin + publisher.feedPath,
  };
}

function publicationOf(stand: Newsstand, article: NewsroomArticle): number {
  return Math.round((stand.epoch - article.hoursBefore * HOUR_MS) / 1000) * 1000;
}

function pathOf(published: number, article: NewsroomArticle): string {
  const [year, month] = new Date(published).toISOString().split('-');
  return `/${year}/${month}/${article.slug}.html`;
}

function originOf(stand: Newsstand, id: string): string {
  const origin = stand.origins.get(id);
  if (origin === undefined) throw new Error(`${id} has no address`);
  return origin;
}
