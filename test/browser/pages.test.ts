import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { findChromium, openChromium } from '../support/chromium.ts';
import { sampleSite } from '../render/sample-pages.ts';
import { countTexts, faintTexts, linkedAddresses, places, tooWide } from './in-page.ts';

// The pages as a browser shows them. Served from loopback below a path, as a site may lie; nothing else is reached.

const PAGES = [
  'index.html',
  'hot/index.html',
  'topics/world/index.html',
  'topics/weather/index.html',
  'articles/2026/11/estuary-ceasefire.html',
  'articles/2026/11/river-treaty.html',
  'articles/2026/11/bahnhof.html',
  'articles/2026/11/seagrass.html',
  'articles/2026/11/lighthouse.html',
];
const MADE_ELSEWHERE = /\/(?:feeds\/[a-z]+\.(?:atom|rss|json)|(?:feeds|sources)\.opml)$/;
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** A browser is a slow reader where others use the machine too. */
jest.setTimeout(120_000);

const found = findChromium();

(found === null ? describe.skip : describe)('the pages in a browser', () => {
  let server: Server;
  let browser: Browser;
  let base: string;
  let site: ReadonlyMap<string, string | Uint8Array>;
  /** Images that wait until they are let go; null: none does. */
  let heldBack: (() => void)[] | null = null;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '').slice('/paper/'.length) || 'index.html';
      const send = (type: string | undefined, bytes: string | Uint8Array): void => {
        response.writeHead(200, { 'content-type': type }).end(bytes);
      };
      const bytes = site.get(path);
      if (bytes !== undefined) send(TYPES[path.split('.').at(-1)!], bytes);
      else if (!path.startsWith('images/')) response.writeHead(404).end();
      else if (heldBack === null) send(TYPES['svg'], drawing(path));
      else heldBack.push(() => send(TYPES['svg'], drawing(path)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/paper/`;
    site = sampleSite(base);
    browser = await openChromium(found!);
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  async function look<Seen>(
    options: Parameters<Browser['newContext']>[0],
    see: (page: Page, context: BrowserContext) => Promise<Seen>,
  ): Promise<Seen> {
    const context = await browser.newContext(options);
    try {
      return await see(await context.newPage(), context);
    } finally {
      await context.close();
    }
  }

  test.each([320, 390, 768, 1280])('fit into a window %i pixels wide', (width) =>
    look({ viewport: { width, height: 844 } }, async (page) => {
      for (const path of PAGES) {
        await page.goto(base + path);
        expect({ path, width: await page.evaluate('document.documentElement.scrollWidth') }).toEqual({ path, width });
        expect({ path, out: await page.evaluate(tooWide) }).toEqual({ path, out: [] });
      }
    }),
  );

  test.each([390, 1280])('do not move when the images arrive (%i pixels wide)', (width) =>
    look({ viewport: { width, height: 844 } }, async (page) => {
      for (const path of PAGES.filter((path) => !/weather|bahnhof|treaty/.test(path))) {
        heldBack = [];
        await page.goto(base + path, { waitUntil: 'domcontentloaded' });
        await page.evaluate('document.querySelectorAll("img").forEach((image) => (image.loading = "eager"))');
        await page.evaluate(`new Promise((done) => {
          const style = document.querySelector('link[rel="stylesheet"]');
          if (style.sheet === null) style.addEventListener('load', done);
          else done();
        })`);
        const before = await page.evaluate(places);
        expect(await page.evaluate('[...document.images].some((image) => image.complete)')).toBe(false);
        const waiting = heldBack;
        heldBack = null;
        waiting.forEach((letGo) => letGo());
        const loaded = await page.evaluate(
          `Promise.all([...document.images].map((image) => image.decode())).then((all) => all.length)`,
        );
        if (path === 'index.html') expect(loaded).toBeGreaterThan(5);
        expect({ path, places: await page.evaluate(places) }).toEqual({ path, places: before });
      }
    }),
  );

  test.each(['light', 'dark'] as const)('are easy to read in %s colours (WCAG AA)', (colorScheme) =>
    look({ colorScheme }, async (page) => {
      for (const path of PAGES) {
        await page.goto(base + path);
        expect(await page.evaluate(countTexts)).toBeGreaterThan(20);
        expect({ path, faint: await page.evaluate(faintTexts) }).toEqual({ path, faint: [] });
      }
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(paper).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 26)' : 'rgb(254, 254, 253)');
    }),
  );

  test('lead by every link to a page or a file that is there', () =>
    look({}, async (page) => {
      const ahead = [`${base}index.html`];
      const seen = new Set(ahead);
      for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
        const answered = await page.goto(next);
        expect({ next, status: answered?.status() }).toEqual({ next, status: 200 });
        for (const address of await page.evaluate(linkedAddresses)) {
          const target = address.replace(/#.*$/, '');
          if (!target.startsWith(base) || seen.has(target) || MADE_ELSEWHERE.test(target)) continue;
          seen.add(target);
          if (target.endsWith('.html')) ahead.push(target);
          else expect(site.has(target.slice(base.length))).toBe(true);
        }
      }
      // The feeds themselves lead to their style sheet.
      expect([...site.keys()].filter((path) => !seen.has(base + path))).toEqual(['assets/feed.css']);
    }));

  test('let the keyboard pass the masthead by', () =>
    look({}, async (page) => {
      await page.goto(`${base}articles/2026/11/estuary-ceasefire.html`);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
      const box = await page.locator('.skip-link').boundingBox();
      expect(box!.width).toBeGreaterThan(100);
      expect(box!.x).toBeGreaterThanOrEqual(0);
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.closest("main") !== null')).toBe(true);
    }));

  test('show where the focus is, on every link', () =>
    look({}, async (page) => {
      await page.goto(`${base}index.html`);
      const links = await page.locator('a[href]').count();
      const unseen: unknown[] = [];
      for (let index = 0; index < links; index++) {
        await page.keyboard.press('Tab');
        const [text, seen] = (await page.evaluate(`(() => {
          const focused = document.activeElement;
          const ringed = [focused, focused.closest('.teaser')].some(
            (element) => element !== null && getComputedStyle(element).outlineStyle === 'solid',
          );
          return [focused.textContent, ringed];
        })()`)) as [string, boolean];
        if (!seen) unseen.push(text);
      }
      expect(links).toBeGreaterThan(40);
      expect(unseen).toEqual([]);
    }));

  test('say nothing on the console, and ask nobody but their own server', () =>
    look({}, async (page) => {
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (error) => said.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(base)) said.push(request.url());
      });
      page.on('response', (response) => {
        if (response.status() !== 200) said.push(`${response.status()} ${response.url()}`);
      });
      for (const path of PAGES) await page.goto(base + path, { waitUntil: 'load' });
      expect(said).toEqual([]);
    }));

  test('print the story and leave out what only a screen needs', () =>
    look({ colorScheme: 'dark' }, async (page) => {
      await page.goto(`${base}articles/2026/11/estuary-ceasefire.html`);
      await page.emulateMedia({ media: 'print' });
      for (const left of ['.topic-nav', '.hot', '.topics', '.related'])
        expect([left, await page.locator(left).isVisible()]).toEqual([left, false]);
      for (const kept of ['.story-title', '.body', '.go-to-source', '.rights'])
        expect([kept, await page.locator(kept).isVisible()]).toEqual([kept, true]);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    }));
});

/** A picture of the size that the sample says, or of one that it does not say. */
function drawing(path: string): string {
  const [width, height] = path.includes('lighthouse')
    ? [600, 900]
    : path.includes('seagrass')
      ? [400, 300]
      : [960, 640];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#78909c"/></svg>`;
}
