import type { SiteFrame } from '../../model/page.ts';
import type { Instant } from '../../support/instant.ts';
import { relativeAddress } from './addresses.ts';
import { datesOf, type Dates } from './dates.ts';
import { markup, type Markup } from './markup.ts';

/** Where the parts of a page stand: what the site is, and which page this is. */
export type Setting = {
  readonly frame: SiteFrame;
  /** The page's own absolute address. */
  readonly here: string;
  readonly dates: Dates;
};

export function settingOf(frame: SiteFrame, here: string): Setting {
  return { frame, here, dates: datesOf(frame.site) };
}

/** One of our own addresses as this page links to it. */
export function linkTo({ frame, here }: Setting, address: string): string {
  return relativeAddress(here, address, frame.site.url);
}

/** One of our own files, given by its path under output/. */
export function linkToFile(setting: Setting, path: string): string {
  return linkTo(setting, setting.frame.site.url + path);
}

export function shortDate({ dates }: Setting, instant: Instant): Markup {
  return markup`<time datetime="${instant}">${dates.date(instant)}</time>`;
}
