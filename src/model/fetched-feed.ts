import type { Instant } from '../support/instant.ts';

/** What servers give to ask them again cheaply (RFC 9110 §8.8), as they stand. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

/** What an answer says about asking again: Cache-Control max-age or Expires, and Retry-After. Seconds, capped. */
export type FreshnessHints = { readonly freshForSeconds: number | null; readonly retryAfterSeconds: number | null };

/** The answer to one conditional GET of a feed. */
export type FetchedFeed =
  | ({
      readonly kind: 'fetched';
      /** After redirects. */
      readonly url: string;
      readonly status: number;
      readonly contentType: string | null;
      /** As it stands; the address of what was sent, if that is another than the one asked for (RFC 9110 §8.7). */
      readonly contentLocation: string | null;
      /** The Link header (RFC 8288) as it stands: a WebSub hub may be named there. */
      readonly links: string | null;
      /** Decoded from gzip, br, zstd, deflate; the charset is still the publisher's. */
      readonly body: Uint8Array;
      /** Where the feed lives now, if every redirect on the way was permanent (301, 308). */
      readonly movedTo: string | null;
      readonly fetchedAt: Instant;
    } & Validators &
      FreshnessHints)
  | ({ readonly kind: 'not-modified'; readonly url: string; readonly fetchedAt: Instant } & Validators &
      FreshnessHints);

/** A picture as it came, and what it is by its bytes; or why there is none. */
export type FetchedImage =
  | {
      readonly kind: 'fetched';
      /** Media type, and how names of such files end. */
      readonly type: string;
      readonly ending: string;
      /** In pixels. */
      readonly width: number;
      readonly height: number;
      readonly body: Uint8Array;
    }
  | {
      readonly kind: 'not-fetched';
      readonly code: string;
      readonly reason: string;
      /** So long its host asks to be left alone. */
      readonly retryAfterSeconds: number | null;
    };

/** An article's page as it came, or why it did not. `not-fetched` carries a sentence for the trail. */
export type FetchedPage =
  | {
      readonly kind: 'fetched';
      /** After redirects. */
      readonly url: string;
      readonly contentType: string | null;
      /** X-Robots-Tag and Link (RFC 8288), as they stood; left out where the server sent neither. */
      readonly terms?: { readonly robots: string | null; readonly links: string | null };
      readonly body: Uint8Array;
    }
  | { readonly kind: 'not-fetched'; readonly url: string; readonly code: string; readonly reason: string };
