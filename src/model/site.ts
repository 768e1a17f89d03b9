import type { Instant } from '../support/instant.ts';

/** Where the masthead says that it appears, and where its weather is asked for (degrees; both or neither). */
export type Place = { readonly name: string; readonly latitude: number | null; readonly longitude: number | null };

/** The weather at a place, as it was told last. */
export type Weather = { readonly temperatureCelsius: number; readonly observedAt: Instant };

/** A WebSub hub: ours, which the program runs itself, or another's, which is told of what was published. */
export type SiteHub = { readonly url: string; readonly isOwn: boolean };

/** The publication as a whole, as the operator wrote it. */
export type Site = {
  readonly title: string;
  /** Public base address; ends in a slash. */
  readonly url: string;
  readonly language: string;
  /** IANA name, for the dates that people read. */
  readonly timeZone: string;
  readonly place: Place | null;
  readonly description: string | null;
  /** Where to write for takedowns: an e-mail address or an address of a page. */
  readonly contact: string | null;
  /** Whether it is run for money, by advertising too: licences may ask. */
  readonly commercial: boolean;
  /** Hosts (with those below them) and beginnings of addresses whose publishers do not want to appear in it. */
  readonly optOut: readonly string[];
  /** Whether pictures are shown from where their publishers have them, or from copies of our own. */
  readonly images: 'hotlink' | 'cache';
  /** The hub that the feeds name; null: none. */
  readonly hub: SiteHub | null;
  /** Of the little site that a private topic is published as: its id. It has that topic alone, whose page is its front page. */
  readonly privateTopicId?: string;
};
