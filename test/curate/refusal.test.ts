import { describe, expect, test } from '@jest/globals';
import { allowedText } from '../../src/curate/allowed-extent.ts';
import { refusalOf } from '../../src/curate/refusal.ts';
import type { Article } from '../../src/model/article.ts';
import { aSite } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

const ofSource = (url: string): Article['sourceLink'] => ({ url, name: null, foundBy: 'visible-link' });

describe('a publisher who does not want to appear', () => {
  test.each<[string, string, Partial<Article>]>([
    ['by the host of his feed’s entries', 'harbour.example', {}],
    ['by a host above', 'example', { link: 'https://news.harbour.example/a' }],
    ['with or without www', 'www.harbour.example', {}],
    ['by a host with a star', '*.harbour.example', { link: 'https://blog.harbour.example/a' }],
    ['where an aggregator passes him on', 'north.example', { sourceLink: ofSource('https://www.north.example/x') }],
    ['by the publisher that is named', 'north.example', { publisher: { name: 'N', url: 'https://north.example/' } }],
    ['by the beginning of an address', 'https://harbour.example/blog', { link: 'https://harbour.example/blog/a' }],
    ['in any case', 'HARBOUR.example', {}],
    ['whatever the scheme', 'http://harbour.example', {}],
  ])('is refused %s', (_how, listed, given) => {
    expect(refusalOf(anArticle(given), aSite({ optOut: [listed] }))).toBe(
      `its publisher does not want to appear here: “${listed}” is on the site’s optOut list`,
    );
  });

  test('is refused by the address of his feed, where an entry has none', () => {
    const article = anArticle({ link: null });
    const site = aSite({ optOut: ['harbour.example'] });
    expect([refusalOf(article, site, aSource()), refusalOf(article, site)]).toEqual([
      expect.stringContaining('harbour.example'),
      null,
    ]);
  });

  test.each<[string, string, Partial<Article>]>([
    ['of another host', 'north.example', {}],
    ['of a host whose name ends alike', 'bour.example', {}],
    ['of another path', 'https://harbour.example/blog', { link: 'https://harbour.example/blogs/a' }],
  ])('does not stand against an article %s', (_how, listed, given) => {
    expect(refusalOf(anArticle(given), aSite({ optOut: [listed] }))).toBeNull();
  });

  test('shows no word of text even where nobody has asked before', () => {
    const shown = allowedText(anArticle(), aSource(), aSite({ optOut: ['harbour.example'] }));
    expect([shown.extent, shown.summary, shown.image]).toEqual(['link', '', null]);
    expect(shown.contentHtml).not.toContain('three years');
  });
});
