import { describe, expect, test } from '@jest/globals';
import { readPage } from '../../src/extract/read-page.ts';
import type { PageMetadata } from '../../src/extract/page/page-metadata.ts';

const PAGE = '<html><head><title>A</title></head><body><p>The bridge opens again after three years.</p></body></html>';

function read(terms: { readonly robots?: string; readonly links?: string }, html = PAGE): PageMetadata {
  return readPage({
    body: new TextEncoder().encode(html),
    contentType: 'text/html; charset=utf-8',
    url: 'https://harbour.example/news/a',
    now: '2026-11-20T08:00:00Z',
    terms: { robots: null, links: null, ...terms },
  }).metadata;
}

const robots = (noArchive: boolean, mostCharacters: number | null): object => ({
  by: 'page',
  kind: 'robots',
  noArchive,
  mostCharacters,
});

describe('an answer’s X-Robots-Tag', () => {
  test.each([
    ['noarchive', [robots(true, null)]],
    ['NoSnippet, noindex', [robots(false, 0)]],
    ['max-snippet: 80, unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive', [robots(true, 80)]],
    ['max-snippet:-1, max-image-preview:large', []],
    ['googlebot: nosnippet, noarchive', []],
    ['noarchive, otherbot: nosnippet', [robots(true, null)]],
  ])('%s is declared for what it says to all', (header, declared) => {
    expect(read({ robots: header }).declared).toEqual(declared);
  });
});

describe('an answer’s Link', () => {
  test('names a licence, and a file of Really Simple Licensing', () => {
    const links =
      '</rsl.xml>; rel="license"; type="application/rsl+xml", <https://creativecommons.org/licenses/by/4.0/>; rel=license, </style.css>; rel=preload';
    expect(read({ links })).toMatchObject({
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      declared: [
        { by: 'page', kind: 'licence', url: 'https://creativecommons.org/licenses/by/4.0/' },
        { by: 'page', kind: 'rsl', terms: { file: 'https://harbour.example/rsl.xml', licences: [] } },
      ],
    });
  });

  test.each(['</a>; rel="licensed"', '<javascript:a>; rel=license', '<<<<>>; rel=', '</a>; title="rel=license"x'])(
    '%s names none',
    (links) => {
      expect(read({ links })).toMatchObject({ licence: null, declared: [] });
    },
  );

  test('says nothing again that the page says too', () => {
    const html = PAGE.replace('</head>', '<link rel="license" href="/terms"></head>');
    expect(read({ links: '</terms>; rel="license"' }, html).declared).toHaveLength(1);
  });
});
