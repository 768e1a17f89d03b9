import { load, type CheerioAPI } from 'cheerio';
import type { EditionEntry } from '../../src/model/edition.ts';
import { renderArticlePage } from '../../src/render/pages.ts';
import { SAMPLE_BASE as BASE, sampleArticlePage, sampleEntry } from './sample-pages.ts';

/** A sample article’s page, with what is special about its entry. */
export function article(special: Partial<EditionEntry> = {}): CheerioAPI {
  return load(articleHtml(special));
}

export function articleHtml(special: Partial<EditionEntry> = {}): string {
  return renderArticlePage(sampleArticlePage(sampleEntry('estuary-ceasefire', BASE, special), BASE));
}

/** Text as a reader sees it. */
export function told($: CheerioAPI, selector: string): string {
  return $(selector).text().replace(/\s+/g, ' ').trim();
}
