import type { Issue, PublishedArticle } from '../issue.ts';

/** What a publisher's article page is made of. */
export type PageView = {
  readonly issue: Issue;
  readonly published: PublishedArticle;
  /** Other articles of the publisher, newest first. */
  readonly others: readonly PublishedArticle[];
};

/** A publisher's own way of laying out its pages. */
export type Layout = {
  readonly css: string;
  readonly article: (view: PageView) => string;
};
