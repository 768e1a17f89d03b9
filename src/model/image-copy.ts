import type { Instant } from '../support/instant.ts';

/** Our own copy of a picture, as it was had from its publisher. */
export type ImageCopy = {
  /** Where it lies under output/: `images/` and a name made of its bytes. */
  readonly path: string;
  /** Its media type, told by its bytes. */
  readonly type: string;
  /** In pixels, as browsers show it. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
};

/** Our copies by the addresses that their pictures have on the web. */
export type ImageCopies = ReadonlyMap<string, ImageCopy>;

/** The pictures that an article shows, by their addresses. */
export type ImagesOfArticle = {
  readonly articleId: string;
  readonly sourceId: string;
  readonly addresses: readonly string[];
};

/** A picture that is to be asked for, for the source that showed it first. */
export type DueImage = { readonly url: string; readonly sourceId: string; readonly tries: number };

/**
 * What came of asking for a picture: its copy; or why there is none (a code of model/errors.ts) and when it is asked for again
 * (null: not any more). `waits`: it was not asked for, as its host wants to be left alone until then.
 */
export type ImageOutcome = { readonly url: string } & (
  | { readonly kind: 'copied'; readonly copy: ImageCopy }
  | { readonly kind: 'missed'; readonly code: string; readonly reason: string; readonly nextAt: Instant | null }
  | { readonly kind: 'waits'; readonly nextAt: Instant }
);

/** How a picture of an article stands. */
export type ImageStanding = { readonly url: string; readonly copy: ImageCopy | null } & {
  /** Why it could not be had the last time; null where it was had, or not asked for yet. */
  readonly reason: string | null;
  readonly nextAt: Instant | null;
};
