import type { DueImage, ImageCopies, ImageOutcome, ImagesOfArticle, ImageStanding } from '../model/image-copy.ts';
import type { Instant } from '../support/instant.ts';

/** How many pictures there are copies of, what they weigh, and how many wait or are given up (by a code of model/errors.ts). */
export type ImageCounts = {
  readonly copies: number;
  readonly bytes: number;
  readonly waiting: number;
  readonly missed: readonly { readonly code: string; readonly count: number }[];
};

/** Whose pictures lie in a folder of published files: of one private topic, or of all that is public in these topics. */
export type ImageRoom = { readonly privateTopicId: string } | { readonly publicTopicIds: readonly string[] };

/** Pictures that no article shows. */
export type UnusedImages = { readonly urls: readonly string[]; readonly free: readonly string[] };

/**
 * The pictures of articles: which of them we have copies of, and which are to be asked for. A picture is known as long as
 * an article is that shows it or has shown it: closed archives go on showing what an article showed then.
 */
export interface ImageStore {
  /** Notes that articles show pictures. Those that nobody knows of yet are to be asked for at once. */
  want(images: readonly ImagesOfArticle[], now: Instant): Promise<void>;
  /** Of these articles those of which not all pictures are noted. */
  notNoted(images: readonly ImagesOfArticle[]): Promise<readonly ImagesOfArticle[]>;
  /** Pictures to be asked for by now, the sources in turns; of each those that were tried least first, then those that came last. */
  due(now: Instant, limit: number): Promise<readonly DueImage[]>;
  /** False: nobody wants the picture any more, and nothing was saved. */
  save(outcome: ImageOutcome): Promise<boolean>;
  copies(): Promise<ImageCopies>;
  /** Of some addresses the copies that lie among the published files. */
  publishedCopies(urls: readonly string[]): Promise<ImageCopies>;
  /** Whether any picture has its copy there. */
  isCopyAt(path: string): Promise<boolean>;
  /** Where the copies lie that belong into a folder: of articles that have pages there, or stand in a document of it. */
  pathsIn(room: ImageRoom): Promise<ReadonlySet<string>>;
  /** Copies whose files are not there any more: their pictures are asked for again. */
  lost(paths: readonly string[], now: Instant): Promise<void>;
  /** Some of the articles of which pictures are noted, by their ids, from behind one. */
  articlesWith(after: string | null, limit: number): Promise<readonly string[]>;
  /** These articles show no pictures that we may keep copies of, whatever was noted of them. */
  unlink(articleIds: readonly string[]): Promise<void>;
  /** Some of the pictures that no article shows; none: there are no more. `free`: where copies lie that no other picture has. */
  unused(limit: number): Promise<UnusedImages>;
  /** Forgets pictures, but for those that an article has begun to show since. */
  forget(urls: readonly string[]): Promise<void>;
  counts(): Promise<ImageCounts>;
  /** How the pictures of an article stand, by address. */
  ofArticle(articleId: string): Promise<readonly ImageStanding[]>;
}
