import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { sanitize } from '../../src/extract/body/sanitize.ts';
import { renderArticlePage, siteAssets } from '../../src/render/pages.ts';
import { sampleArticlePage, sampleEntry } from '../render/sample-pages.ts';
import { findChromium, openChromium } from '../support/chromium.ts';

// Bodies made to break out, sanitised and put into the article page as the product does it, in a browser that is told to
// ignore the page's security policy. Nothing leaves the machine: every request is answered here, and written down.

const BASE = 'http://site.example/';
const corpus = fileURLToPath(new URL('../../../shared/corpus/hostile/', import.meta.url));
const FILES = ['html-payloads.jsonl', 'html-payloads-html5sec.jsonl', 'html-payloads-owasp.jsonl'];
/** So many bodies stand on one page, each behind the other. */
const ON_ONE_PAGE = 400;
/** What an article may ask a foreign server for. */
const SHOWN = new Set(['image', 'media']);

jest.setTimeout(120_000);

type Payload = { readonly id: string; readonly html: string };
const isHere = existsSync(corpus);
if (!isHere) process.stderr.write('SKIPPED: ../shared/corpus is not here, and the hostile bodies with it\n');
const chromium = findChromium();

/** Everything that a page did which it should not do. */
type Seen = string[];

(isHere && chromium !== null ? describe : describe.skip)('hostile bodies without a security policy', () => {
  let browser: Browser;
  let usual: readonly string[];
  const assets = new Map<string, string | Uint8Array>(siteAssets().map(({ path, bytes }) => [path, bytes]));

  beforeAll(async () => {
    browser = await openChromium(chromium!);
    usual = await onPage(BASE, '<p>A plain body.</p>', [], (page) => ownNames(page));
  });
  afterAll(async () => browser?.close());

  /** Shows a body in an article page. Whatever happens is added to `seen`. */
  async function onPage<Told>(
    base: string,
    contentHtml: string,
    seen: Seen,
    look: (page: Page) => Promise<Told>,
  ): Promise<Told> {
    const entry = sampleEntry('estuary-ceasefire', base, { contentHtml, image: null });
    const html = renderArticlePage(sampleArticlePage(entry, base));
    const context = await browser.newContext({ bypassCSP: true });
    try {
      await answerAll(context, { base, html, url: entry.url, seen });
      const page = await context.newPage();
      await watch(page, seen);
      await page.goto(entry.url, { waitUntil: 'load' });
      page.on('framenavigated', (frame) => seen.push(`went to ${frame.url()}`));
      await page.evaluate(DISTURB);
      return await look(page);
    } finally {
      await context.close();
    }
  }

  async function answerAll(
    context: BrowserContext,
    {
      base,
      html,
      url,
      seen,
    }: { readonly base: string; readonly html: string; readonly url: string; readonly seen: Seen },
  ): Promise<void> {
    await context.route('**/*', async (route) => {
      const request = route.request();
      const asked = request.url();
      const asset = asked.startsWith(base) ? assets.get(asked.slice(base.length)) : undefined;
      if (asked === url) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
      if (asset !== undefined) {
        const contentType = asked.endsWith('.css')
          ? 'text/css'
          : asked.endsWith('.svg')
            ? 'image/svg+xml'
            : 'image/png';
        return route.fulfill({ contentType, body: Buffer.from(asset) });
      }
      if (!SHOWN.has(request.resourceType())) seen.push(`asked for a ${request.resourceType()}: ${asked}`);
      return route.abort();
    });
    let pages = 0;
    context.on('page', (page) => {
      if (++pages > 1) seen.push(`opened ${page.url()}`);
    });
  }

  async function watch(page: Page, seen: Seen): Promise<void> {
    await page.exposeFunction('ran', (what: string) => seen.push(`ran ${what}`));
    await page.addInitScript(CALLS);
    page.on('dialog', (dialog) => {
      seen.push(`showed a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => seen.push(`a script failed: ${error.message}`));
    page.on('console', (message) => {
      if (!message.text().startsWith('Failed to load resource')) seen.push(`said ${message.text()}`);
    });
  }

  /** What the window itself holds, and what the body's elements lay over it. */
  function ownNames(page: Page): Promise<string[]> {
    return page.evaluate('[...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(document)]');
  }

  async function misdeeds(contentHtml: string): Promise<Seen> {
    const seen: Seen = [];
    const look = async (page: Page): Promise<void> => {
      const set = (await ownNames(page)).filter((name) => !usual.includes(name) && !/^\d+$/.test(name));
      seen.push(...set.map((name) => `the window has ${name}`));
      seen.push(...(await page.evaluate<string[]>(ACTIVE)));
    };
    await onPage(BASE, contentHtml, seen, look).catch((error: unknown) => {
      // The page was left while it was looked at.
      if (!String(error).includes('because of a navigation')) throw error;
      seen.push('left the page');
    });
    return seen;
  }

  const payloads = isHere
    ? FILES.flatMap((file) => readFileSync(`${corpus}${file}`, 'utf8').trim().split('\n'))
        .map((line) => JSON.parse(line) as Payload)
        .map(({ id, html }) => ({ id, html: sanitize(html, { baseUrl: 'https://payloads.example/a/b' }) }))
    : [];

  test('run nothing, ask for nothing but pictures and sounds, and go nowhere', async () => {
    expect(payloads.length).toBeGreaterThan(1900);
    const found: { readonly among: string; readonly seen: Seen }[] = [];
    let shown = 0;
    for (let at = 0; at < payloads.length; at += ON_ONE_PAGE) {
      const some = payloads.slice(at, at + ON_ONE_PAGE);
      const seen: Seen = [];
      seen.push(...(await misdeeds(some.map(({ html }) => `<div>${html}</div>`).join('\n'))));
      if (seen.length > 0) found.push({ among: `${some[0]!.id} to ${some.at(-1)!.id}`, seen });
      shown += some.length;
    }
    expect(found).toEqual([]);
    expect(shown).toBe(payloads.length);
  });

  test('would be found out if they did', async () => {
    const bodies = HOLES.map(([hole]) => `<div>${hole}</div>`).join('\n');
    const seen = await misdeeds(bodies);
    expect(HOLES.map(([, misdeed]) => misdeed).filter((misdeed) => !seen.includes(misdeed))).toEqual([]);
    expect(await misdeeds(sanitize(bodies, { baseUrl: BASE }))).toEqual([]);
  });

  test('would be found out if one led elsewhere', async () => {
    const away = '<meta http-equiv="refresh" content="0;url=https://else.example/">';
    expect(await misdeeds(away)).toContain('asked for a document: https://else.example/');
    expect(await misdeeds(sanitize(away, { baseUrl: BASE }))).toEqual([]);
  });
});

/** What an unsanitised body could do, and what is seen of it. */
const HOLES: readonly (readonly [hole: string, misdeed: string])[] = [
  ['<script>alert(1)</script>', 'ran alert'],
  ['<img src="x" onerror="confirm(1)">', 'ran confirm'],
  ['<p onmouseover="prompt(1)">t</p>', 'ran prompt'],
  ['<iframe src="https://frames.example/"></iframe>', 'asked for a document: https://frames.example/'],
  [
    '<link rel="stylesheet" href="https://styles.example/a.css">',
    'asked for a stylesheet: https://styles.example/a.css',
  ],
  ['<style>@import "https://styles.example/b.css";</style>', 'asked for a stylesheet: https://styles.example/b.css'],
  ['<script>window.planted = 1</script>', 'the window has planted'],
  ['<script>console.log("planted")</script>', 'said planted'],
  ['<a href="javascript:alert(1)">t</a>', 'links to javascript:alert(1)'],
  ['<form id="location">t</form>', 'is called location'],
];

/** Whatever a payload calls to show that it ran. */
const CALLS = `for (const name of ['alert', 'confirm', 'prompt', 'print'])
  window[name] = () => { window.ran(name); };`;

/** What readers do: everything is pointed at, pressed and entered; no link is followed. */
const DISTURB = `(async () => {
  document.addEventListener('click', (event) => event.preventDefault(), true);
  document.addEventListener('submit', (event) => event.preventDefault(), true);
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const element of document.querySelectorAll('.body, .body *'))
    for (const type of ['pointerover', 'mouseover', 'mouseenter', 'mousemove', 'mousedown', 'focus', 'focusin', 'click', 'keydown', 'toggle', 'scroll'])
      element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  document.querySelectorAll('.body img').forEach((image) => (image.loading = 'eager'));
  await new Promise((done) => setTimeout(done, 100));
})()`;

/** What waits for somebody to press it, and names that stand before those of the page. */
const ACTIVE = `[...document.querySelectorAll('.body *')].flatMap((element) => [
  ...(element.href && !/^(https?:|mailto:)/.test(element.href) ? ['links to ' + element.href] : []),
  ...(element.id || element.getAttribute('name') ? ['is called ' + (element.id || element.getAttribute('name'))] : []),
  ...[...element.attributes].filter(({ name }) => name.startsWith('on') || name === 'style' || name === 'srcdoc').map(({ name }) => 'has ' + name),
])`;
