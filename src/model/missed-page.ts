import type { Instant } from '../support/instant.ts';
import type { Entry, FeedFacts } from './feed.ts';

/** An article's page that was asked for and not had. */
export type MissedPage = {
  readonly articleId: string;
  readonly sourceId: string;
  /** Why: a code of model/errors.ts. */
  readonly code: string;
  /** How often it was asked for again. */
  readonly retries: number;
  /** Not asked for again before this moment. Null: not at all, or (`page-unlike`) once its source's drift has ended. */
  readonly nextAt: Instant | null;
  /** What the article is made from, so that it can be made again when its feed has moved on; null when it is not. */
  readonly given: { readonly entry: Entry; readonly feed: FeedFacts } | null;
};
