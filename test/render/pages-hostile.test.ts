import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import type { EditionEntry } from '../../src/model/edition.ts';
import { pageFault } from '../../src/publish/page-fault.ts';
import { renderFrontPage, renderTopicPage } from '../../src/render/pages.ts';
import { outlineByBrowserRules } from '../support/html-outline.ts';
import { article, articleHtml, told } from './read-pages.ts';
import { SAMPLE_BASE as BASE, sampleFrame, sampleFrontPage, sampleTopicPage } from './sample-pages.ts';

describe('hostile input', () => {
  const EVIL = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&lt;b&gt;</title></textarea>\u0000\u202e{{7*7}}`;
  const SEEN = EVIL.replace('\u0000', '');

  test('changes no element of a page: it is text, whole and literal', () => {
    const plain = sampleFrontPage(BASE);
    const evil = {
      ...plain,
      top: plain.top.map((story) => ({
        ...story,
        title: EVIL,
        excerpt: EVIL,
        publisher: EVIL,
        image:
          story.image === null
            ? null
            : { ...story.image, alt: EVIL, credit: story.image.credit === null ? null : EVIL },
      })),
    };
    const html = renderFrontPage(evil);
    expect(outlineByBrowserRules(html)).toEqual(outlineByBrowserRules(renderFrontPage(plain)));
    const $ = load(html);
    expect($('.teaser-lead .teaser-title').text()).toBe(SEEN);
    expect($('.teaser-lead img').attr('alt')).toBe(SEEN);
  });

  test('in an article is text too, in head, byline and notes', () => {
    const special = (words: string): Partial<EditionEntry> => ({
      title: words,
      summary: words,
      authors: [{ name: words, email: null, url: null }],
      publisher: { name: words, url: null },
      rights: words,
      licence: words,
      otherReports: [{ title: words, url: 'https://wire.example/', publisher: words }],
      corrections: [{ at: '2026-11-24T16:12:00Z', note: words }],
      enclosures: [
        { url: 'https://files.example/a', type: words, lengthBytes: null, title: words, durationSeconds: null },
      ],
      image: {
        url: 'https://images.example/a.png',
        width: null,
        height: null,
        type: null,
        alt: words,
        caption: words,
        credit: words,
        licence: words,
      },
    });
    const html = articleHtml(special(EVIL));
    expect(outlineByBrowserRules(html)).toEqual(outlineByBrowserRules(articleHtml(special('words'))));
    const $ = load(html);
    expect($('title').text()).toBe(`${SEEN} – The Daily Confluence`);
    expect($('meta[property="og:title"]').attr('content')).toBe(SEEN);
    expect($('h1').text()).toBe(SEEN);
    const source = 'https://www.harbournews.example/2026/11/estuary-ceasefire';
    expect(pageFault(html, { title: EVIL, links: [source] })).toBeNull();
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    ' JaVaScRiPt:alert(1)',
    'file:///etc/passwd',
    'no address',
  ])('an address like %s is linked from nowhere', (url) => {
    const $ = article({
      sourceUrl: url,
      authors: [{ name: 'A. Writer', email: null, url }],
      publisher: { name: 'A Publisher', url },
      licence: url,
      image: { url, width: 1, height: 1, type: null, alt: null, caption: null, credit: null, licence: url },
      enclosures: [{ url, type: null, lengthBytes: null, title: null, durationSeconds: null }],
      otherReports: [{ title: 'A title', url, publisher: 'Another' }],
    });
    const used = $('[href], [src], meta[property]')
      .toArray()
      .flatMap(({ attribs }) => [attribs['href'], attribs['src'], attribs['content']]);
    expect(used.filter((address) => address?.includes(url.trim().slice(0, 9)) === true)).toEqual([]);
    expect(told($, '.by')).toContain('A. Writer');
  });

  test('in a topic’s and a site’s name is text as well', () => {
    const page = sampleTopicPage('world', BASE);
    const frame = { ...sampleFrame(BASE), site: { ...page.frame.site, title: EVIL, description: EVIL } };
    const $ = load(renderTopicPage({ ...page, frame, topic: { ...page.topic, title: EVIL, description: EVIL } }));
    expect($('script')).toHaveLength(0);
    expect($('.page-head h1').text()).toBe(SEEN);
  });
});
