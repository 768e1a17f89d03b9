import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import type { EditionEntry } from '../../src/model/edition.ts';
import { renderArticlePage } from '../../src/render/pages.ts';
import { article, told } from './read-pages.ts';
import { SAMPLE_BASE as BASE, sampleArticlePage, sampleEntry } from './sample-pages.ts';

describe('an article’s page', () => {
  test('keeps alternative text, caption and credit apart, and out of the body', () => {
    const $ = article();
    expect($('.lead-picture img').attr('alt')).toBe(
      'A white ferry at its berth, flags of two countries on its upper deck',
    );
    expect($('.lead-picture .caption').text()).toBe(
      'The ferry Halcyon, neutral ground for nine days, at Port Meridian on Tuesday.',
    );
    expect($('.lead-picture .credit').text()).toBe('Ilse Varga / Harbour News');
    expect($('.body').text()).not.toMatch(/Halcyon, neutral ground|Ilse Varga|white ferry/);
    expect($('.lead-picture img').attr('width')).toBe('960');
  });

  test('has no caption line where there is neither caption nor credit', () => {
    const image = { ...sampleEntry('estuary-ceasefire', BASE).image!, caption: null, credit: null };
    expect(article({ image })('figcaption')).toHaveLength(0);
  });

  test('shows no edition’s date', () => {
    expect(article()('.edition-date')).toHaveLength(0);
  });

  test('says who wrote it, who published it, when, and how long it takes', () => {
    const $ = article({
      authors: [
        { name: 'Ilse Varga', email: 'ilse@harbournews.example', url: 'https://harbournews.example/varga' },
        { name: null, email: 'desk@harbournews.example', url: null },
        { name: 'Tomás Brede', email: null, url: null },
        { name: null, email: null, url: 'https://www.oduya.example/' },
      ],
      wordCount: 221,
    });
    expect(told($, '.by')).toBe('By Ilse Varga, Tomás Brede and oduya.example Harbour News');
    expect($.html()).not.toContain('@harbournews.example');
    expect(told($, '.byline .facts')).toBe('Published 24 November 2026 at 21:10 GMT+5:30 2 min read');
  });

  test('gives the date of a change only where it differs, and the language only where it is another', () => {
    const facts = (special: Partial<EditionEntry>): string => told(article(special), '.byline .facts');
    expect(facts({ updated: '2026-11-24T15:40:30Z' })).not.toContain('Updated');
    expect(facts({ updated: '2026-11-25T01:00:00Z' })).toContain('Updated 25 November 2026 at 06:30 GMT+5:30');
    expect(facts({ language: 'en-US' })).not.toContain('In ');
    expect(facts({ language: 'ar' })).toContain('In Arabic');
    expect(facts({ language: 'no such language!' })).not.toContain('In ');
  });

  test('gives the reading time of whole texts alone', () => {
    expect(told(article({ extent: 'excerpt', wordCount: 900 }), '.byline')).not.toContain('min read');
    expect(told(article({ wordCount: 0 }), '.byline')).not.toContain('min read');
  });

  test('is written in the direction of its language', () => {
    const $ = article({ language: 'ar', contentHtml: '<p>نص</p>' });
    expect([$('.body').attr('lang'), $('.body').attr('dir')]).toEqual(['ar', 'rtl']);
    expect([$('h1').attr('lang'), $('h1').attr('dir')]).toEqual(['ar', 'rtl']);
    expect(article({ language: null })('.body').attr('dir')).toBe('auto');
  });

  test.each([
    ['full', ''],
    ['excerpt', 'This is an excerpt; the whole article is at Harbour News.'],
    ['link', 'This is a summary; the whole article is at Harbour News.'],
  ] as const)('of the extent "%s" says: %s', (extent, note) => {
    const $ = article({ extent });
    expect(told($, '.extent-note')).toBe(note);
    const button = $('.go-to-source');
    expect(button.text()).toMatch(/^Go to Source/);
    expect([button.attr('href'), button.attr('rel')]).toEqual([
      'https://www.harbournews.example/2026/11/estuary-ceasefire',
      'noopener',
    ]);
  });

  test('says why there is less of it, where its publisher wants it so', () => {
    const extentReason = 'its page is licensed CC BY-NC 4.0, and this site is commercial';
    const note = `This is an excerpt; the whole article is at Harbour News (${extentReason}).`;
    expect(told(article({ extent: 'excerpt', extentReason }), '.extent-note')).toBe(note);
    expect(told(article({ extent: 'excerpt', extentReason, sourceUrl: null }), '.extent-note')).toBe(note);
    expect(article({ extent: 'full', extentReason: null })('.extent-note')).toHaveLength(0);
  });

  test('has no way to a source that there is not', () => {
    const $ = article({ sourceUrl: null, extent: 'excerpt' });
    expect($('.go-to-source')).toHaveLength(0);
    expect(told($, '.extent-note')).toContain('the whole article is at Harbour News');
  });

  test('does not tell a correction again that the text tells itself', () => {
    const note = 'Correction: there were 14 delegates, not 41.';
    const corrections = [{ at: '2026-11-24T16:12:00Z', note }];
    expect(
      article({ corrections, contentHtml: `<p>They met.</p><p><em>${note}</em></p>` })('.corrections'),
    ).toHaveLength(0);
    expect(article({ corrections, contentHtml: '<p>They met.</p>' })('.corrections')).toHaveLength(1);
  });

  test('lists corrections, other reports, files, reasons, rights and licence', () => {
    const $ = article({
      corrections: [{ at: '2026-11-24T16:12:00Z', note: 'There were 14 delegates, not 41.' }],
      otherReports: [{ title: 'Signed on the ferry', url: 'https://wire.example/1', publisher: 'Meridian Wire' }],
      enclosures: [
        {
          url: 'https://files.example/talk.mp3',
          type: 'audio/mpeg',
          lengthBytes: 9_400_000,
          title: null,
          durationSeconds: 600,
        },
        {
          url: `${BASE}images/estuary-ceasefire.png`,
          type: 'image/png',
          lengthBytes: 1,
          title: null,
          durationSeconds: null,
        },
      ],
      rights: '© 2026 Harbour News',
      licence: 'https://creativecommons.org/licenses/by-sa/4.0/',
    });
    expect(told($, '.corrections')).toBe('Correction 24 November 2026 There were 14 delegates, not 41.');
    expect(told($, '.other-reports')).toBe('Also reported by Meridian Wire Signed on the ferry');
    expect(told($, '.attachments')).toBe('With this story talk.mp3 Audio, 10 mins, 9.4 MB');
    expect(told($, '.reasons')).toBe('Why it is here World: everything from Harbour News belongs here');
    expect(told($, '.rights')).toBe('© 2026 Harbour News Licence: CC BY-SA 4.0.');
    expect($('a[rel~="license"]').attr('href')).toBe('https://creativecommons.org/licenses/by-sa/4.0/');
  });

  test('leaves out parts that would be empty', () => {
    const page = sampleArticlePage(sampleEntry('estuary-ceasefire', BASE), BASE);
    const $ = load(renderArticlePage({ ...page, related: [], hot: [], topicNews: [], topicReasons: [] }));
    expect($('.related, .hot, .topics, .corrections, .other-reports, .attachments, .reasons')).toHaveLength(0);
    expect(told($, '.rights')).toBe('Rights: Harbour News.');
  });

  test('is marked up as a news article', () => {
    const $ = article();
    const property = (name: string): string | undefined =>
      $(`.story[itemscope] [itemprop="${name}"]`).first().text().trim();
    expect($('.story').attr('itemtype')).toBe('https://schema.org/NewsArticle');
    expect(property('headline')).toBe('Estuary states agree a ceasefire after nine days of talks on a ferry');
    expect(property('publisher')).toBe('Harbour News');
    expect($('[itemprop="datePublished"]').attr('datetime')).toBe('2026-11-24T15:40:00Z');
    expect($('[itemprop="isBasedOn"]').attr('href')).toBe('https://www.harbournews.example/2026/11/estuary-ceasefire');
  });
});
