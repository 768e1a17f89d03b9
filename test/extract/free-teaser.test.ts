import { expect, test } from '@jest/globals';
import { wallOf } from '../../src/extract/page-walls.ts';
import { readPage } from '../../src/extract/read-page.ts';

const TEASER = [
  'The harbour board voted on Tuesday to dredge the north channel for the first time in eleven years, at a price that two of its members called a joke.',
  'Ships of the new class cannot turn there at low tide, and three of them have waited outside the breakwater since the autumn began.',
];
const page = (below: string, beside = ''): Uint8Array =>
  Buffer.from(
    `<html><head><title>Harbour to be dredged</title></head><body><nav><a href="/s">Already a subscriber?</a></nav>
    <article><h1>Harbour to be dredged</h1>${TEASER.map((line) => `<p>${line}</p>`).join('')}${below}</article>${beside}</body></html>`,
  );
const wallBelow = (html: Uint8Array): string | null =>
  wallOf(
    readPage({ body: html, contentType: 'text/html', url: 'https://harbour.example/1', now: '2026-11-24T00:00:00Z' }),
  );

test.each([
  ['<div class="paywall-prompt"><p>Subscribe to continue reading</p><a href="/s">Start your free trial</a></div>'],
  ['<p class="promo">This article is for subscribers. <a href="/s">Subscribe now to read it</a></p>'],
  ['<div class="newsletter"><p>Already a subscriber? <a href="/l">Log in</a></p></div>'],
])('the free beginning of a text is known by the offer below it: %s', (below) => {
  expect(wallBelow(page(below))).toBe('the page is for subscribers');
});

test('an offer beside a short article, or another kind of offer below it, is no wall', () => {
  expect(wallBelow(page('', '<footer><p>Subscribe to continue reading</p></footer>'))).toBeNull();
  expect(wallBelow(page('<div class="newsletter"><p>Subscribe to our newsletter</p></div>'))).toBeNull();
});
