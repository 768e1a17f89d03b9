import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { sampleEdition } from '../../bench/support/sample-edition.ts';
import { renderAtom } from '../../src/render/atom.ts';
import { siteAssets } from '../../src/render/pages.ts';
import { renderRss } from '../../src/render/rss.ts';
import { findChromium, openChromium } from '../support/chromium.ts';
import { readableTexts } from './in-feed.ts';

// The Atom and RSS documents as a browser shows them with their style sheet.

/** A browser is a slow reader where others use the machine too. */
jest.setTimeout(120_000);

const found = findChromium();

(found === null ? describe.skip : describe)('a feed in a browser', () => {
  let server: Server;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const edition = { ...sampleEdition(6), stylesheet: `${base}assets/feed.css` };
      const send = (type: string, bytes: string): void => {
        response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(bytes);
      };
      if (request.url === '/world.atom') send('application/xml', renderAtom(edition));
      else if (request.url === '/world.rss') send('application/xml', renderRss(edition));
      else if (request.url === '/assets/feed.css') send('text/css', styleSheet());
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await openChromium(found!);
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  async function look<Seen>(
    path: string,
    options: Parameters<Browser['newContext']>[0],
    see: (page: Page) => Promise<Seen>,
  ): Promise<Seen> {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await page.goto(base + path);
      return await see(page);
    } finally {
      await context.close();
    }
  }

  for (const path of ['world.atom', 'world.rss']) {
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      test(`${path} is a page to read, ${width} pixels wide and ${colorScheme}`, () =>
        look(path, { viewport: { width, height: 844 }, colorScheme }, async (page) => {
          const { texts, faint, notice, widest } = await page.evaluate(readableTexts);
          expect(notice).toContain('This is a web feed');
          expect(widest).toBeLessThanOrEqual(width);
          expect(faint).toEqual([]);
          for (const shown of ['World – The Daily Confluence', 'Diplomacy & conflict', 'Fish & chips < 5 (1)'])
            expect(texts).toContain(shown);
          expect(texts.filter((text) => text.startsWith('In short: '))).toHaveLength(5);
          expect(texts.filter((text) => /24 Nov 2026|2026-11-24T/.test(text))).toHaveLength(6);
          // No tags as text, no ids, no addresses but the page's. RSS has summaries as HTML: of that, references show.
          expect(texts.filter((text) => /<p>|&(?!amp;|lt;|gt;)[a-z]+;|urn:/.test(text))).toEqual([]);
          expect(texts.filter((text) => text.includes('://'))).toEqual(
            path === 'world.rss' ? ['https://news.example.org/topics/world/'] : [],
          );
        }));
    }
  }
});

function styleSheet(): string {
  return String(siteAssets().find(({ path }) => path === 'assets/feed.css')!.bytes);
}
