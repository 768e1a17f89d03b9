import { describe, expect, test } from '@jest/globals';
import { renderOpml } from '../../src/render/opml.ts';
import { renderRobots, renderSitemap } from '../../src/render/sitemap.ts';

describe('OPML', () => {
  test('names each feed with its site and topics, and leaves out what is absent', () => {
    const outlines = [
      {
        title: 'Fish & "chips"',
        feedUrl: 'https://h.example/feed?a=1&b=2',
        siteUrl: 'https://h.example/',
        topics: ['world', 'business'],
      },
      { title: 'Plain', feedUrl: 'https://p.example/feed', siteUrl: null, topics: [] },
    ];
    expect(renderOpml({ title: 'My <sources>', outlines })).toBe(`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
    <head>
        <title>My &#x3C;sources&#x3E;</title>
    </head>
    <body>
        <outline type="rss" text="Fish &#x26; &#x22;chips&#x22;" title="Fish &#x26; &#x22;chips&#x22;" xmlUrl="https://h.example/feed?a=1&#x26;b=2" htmlUrl="https://h.example/" category="world,business"/>
        <outline type="rss" text="Plain" title="Plain" xmlUrl="https://p.example/feed"/>
    </body>
</opml>
`);
  });

  test('holds no credentials and no address that nobody could fetch', () => {
    const opml = renderOpml({
      title: 'Sources',
      outlines: [
        { title: 'A', feedUrl: 'https://user:secret@a.example/feed', siteUrl: 'javascript:alert(1)', topics: [] },
        { title: 'B', feedUrl: 'file:///etc/passwd', siteUrl: null, topics: [] },
      ],
    });
    expect(opml).toContain('xmlUrl="https://a.example/feed"/>');
    expect(opml).not.toMatch(/secret|javascript|passwd/);
  });

  test('without feeds has an empty body, as OPML wants one', () => {
    expect(renderOpml({ title: 'Sources', outlines: [] })).toContain('<body/>');
  });
});

describe('the sitemap', () => {
  test('names pages with the date of their last change, where there is one', () => {
    expect(
      renderSitemap([
        { url: 'https://news.example.org/', updated: null },
        { url: 'https://news.example.org/a.html', updated: '2026-11-20T08:00:00Z' },
      ]),
    ).toBe(`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url>
        <loc>https://news.example.org/</loc>
    </url>
    <url>
        <loc>https://news.example.org/a.html</loc>
        <lastmod>2026-11-20T08:00:00Z</lastmod>
    </url>
</urlset>
`);
  });

  test('of too many pages leaves out the oldest articles and keeps the order', () => {
    const articles = Array.from({ length: 50_001 }, (_, index) => ({
      url: `https://news.example.org/${index}.html`,
      updated: `2026-01-01T${String(index % 24).padStart(2, '0')}:00:00Z`,
    }));
    const sitemap = renderSitemap([...articles, { url: 'https://news.example.org/', updated: null }]);
    const addresses = [...sitemap.matchAll(/<loc>([^<]*)/g)].map(([, address]) => address!);
    expect(addresses).toHaveLength(50_000);
    expect(addresses.at(-1)).toBe('https://news.example.org/');
    expect(addresses[0]).toBe('https://news.example.org/0.html');
    expect(addresses).not.toContain('https://news.example.org/49992.html');
  });
});

test('robots.txt lets everyone read and names the sitemap', () => {
  expect(renderRobots('https://news.example.org/sitemap.xml')).toBe(
    'User-agent: *\nAllow: /\n\nSitemap: https://news.example.org/sitemap.xml\n',
  );
});
