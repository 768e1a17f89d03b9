import type { FeedFormat } from '../model/feed.ts';
import type { Sitemap } from '../parse/read-sitemap.ts';
import type { FeedDescription } from './describe-feed.ts';

/** How a feed was found: it is the address itself, the page names it, a link leads to it, or it was tried at a usual place. */
export type FoundBy = 'address' | 'name' | 'link' | 'guess' | 'sitemap';

export type FoundFeed = FeedDescription & {
  readonly foundBy: FoundBy;
  /** It is one of readers' comments, as far as its name tells. */
  readonly isOfComments: boolean;
  /** The same entries in other documents. */
  readonly alike: readonly { readonly url: string; readonly format: FeedFormat }[];
};

export type Discovery = {
  /** `asked` is the spelling that was reached, `url` where it led; `says`: what it is, if neither a feed nor a page. */
  readonly page: {
    readonly asked: string;
    readonly url: string;
    readonly title: string | null;
    readonly says: string | null;
  };
  /** The likeliest first; those of comments last. */
  readonly feeds: readonly FoundFeed[];
  /** What is named or linked to as a feed, and is none, or cannot be had. */
  readonly failed: readonly { readonly url: string; readonly foundBy: FoundBy; readonly reason: string }[];
  /** Usual places at which there was none. */
  readonly guessed: number;
  /** The page's own. */
  readonly hub: string | null;
  /** Looked for where there is no feed: it tells what is new, but cannot be a source. */
  readonly sitemap: ({ readonly url: string } & Sitemap) | null;
};
