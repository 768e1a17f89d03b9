import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { allowedText } from '../../src/curate/allowed-extent.ts';
import { picturesToCopy, withOwnCopies } from '../../src/curate/own-copies.ts';
import type { Article, LeadImage } from '../../src/model/article.ts';
import type { ImageCopy } from '../../src/model/image-copy.ts';
import type { Source } from '../../src/model/source.ts';
import { escapeHtml } from '../../src/support/html.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aReadySite } from '../support/a-topic.ts';

const SITE = aReadySite({ url: 'https://news.example.org/daily/' });
const copy = (number: number): ImageCopy => ({
  path: `images/0a/${number}.jpg`,
  type: 'image/jpeg',
  width: 800,
  height: 450,
  bytes: 4000,
});
const lead = (url: string): LeadImage => ({
  url,
  width: 1,
  height: 1,
  type: 'image/png',
  alt: 'a',
  caption: 'b',
  credit: 'c',
  licence: 'https://licence.example/',
});
const img = (url: string, more = ''): string => `<img src="${escapeHtml(url)}" alt="x"${more}>`;

function shownWith(article: Article, urls: readonly string[], source: Source | null = aSource()) {
  const images = new Map(urls.map((url, number) => [url, copy(number)]));
  return withOwnCopies(allowedText(article, source, SITE), { images, site: SITE });
}

describe('the pictures of an article', () => {
  const article = anArticle({
    image: lead('https://harbour.example/lead.jpg'),
    contentHtml: `<p>A</p><figure>${img('https://harbour.example/a.jpg?w=1&h=2')}</figure><p>B</p>${img('https://harbour.example/lead.jpg')}<video controls src="https://harbour.example/film.mp4" poster="https://harbour.example/still.jpg"></video>${img('data:image/gif;base64,R0lGOD')}`,
    episode: { season: 1, number: 2, kind: null, explicit: null, imageUrl: 'https://harbour.example/cover.jpg' },
  });
  const all = [
    'https://harbour.example/lead.jpg',
    'https://harbour.example/a.jpg?w=1&h=2',
    'https://harbour.example/still.jpg',
    'https://harbour.example/cover.jpg',
  ];

  test('are the lead, those within the text, stills of films and covers of episodes, each once', () => {
    expect(picturesToCopy(article, aSource(), SITE)).toEqual(all);
  });

  test.each([
    ['excerpts', aSource({ republish: 'excerpt' })],
    ['links', aSource({ republish: 'link' })],
    ['a source that nobody answers for any more', null],
  ])('of %s are not ours to keep', (_, source) => {
    expect(picturesToCopy(article, source, SITE)).toEqual([]);
    expect(shownWith(article, all, source)).toEqual(allowedText(article, source, SITE));
  });

  test('of a page that asks for no copies are neither', () => {
    const declared = [{ by: 'page', kind: 'robots', noArchive: true, mostCharacters: null }] as const;
    const asking = { ...article, rights: { ...article.rights, declared } };
    expect(picturesToCopy(asking, aSource(), SITE)).toEqual([]);
  });

  test('are shown by our copies, with their kind and size; whose they are stays told', () => {
    const { image, contentHtml, episode } = shownWith(article, all);
    expect(image).toEqual({
      ...lead('https://news.example.org/daily/images/0a/0.jpg'),
      type: 'image/jpeg',
      width: 800,
      height: 450,
    });
    expect(contentHtml).toBe(
      `<p>A</p><figure><img src="https://news.example.org/daily/images/0a/1.jpg" alt="x" width="800" height="450"></figure><p>B</p><img src="https://news.example.org/daily/images/0a/0.jpg" alt="x" width="800" height="450"><video controls src="https://harbour.example/film.mp4" poster="https://news.example.org/daily/images/0a/2.jpg"></video>${img('data:image/gif;base64,R0lGOD')}`,
    );
    expect(episode?.imageUrl).toBe('https://news.example.org/daily/images/0a/3.jpg');
  });

  test('are shown from where they are as far as there is no copy', () => {
    const { image, contentHtml } = shownWith(article, [all[1]!]);
    expect(image).toEqual(article.image);
    expect(contentHtml.match(/news\.example\.org/g)).toHaveLength(1);
  });

  test('keep the size that their publisher shows them at', () => {
    const sized = { ...article, contentHtml: img(all[0]!, ' width="320" height="180" loading="lazy"') };
    expect(shownWith(sized, all).contentHtml).toBe(
      '<img src="https://news.example.org/daily/images/0a/0.jpg" alt="x" width="320" height="180" loading="lazy">',
    );
  });

  test('are exchanged where they are shown, not where their address stands before that', () => {
    const html = `<video controls src="${all[0]!}" poster="${all[0]!}"></video><img alt="${all[1]!}" src="${all[1]!}">`;
    expect(shownWith({ ...article, contentHtml: html }, all).contentHtml).toBe(
      `<video controls src="${all[0]!}" poster="https://news.example.org/daily/images/0a/0.jpg"></video>` +
        `<img alt="${all[1]!}" src="https://news.example.org/daily/images/0a/1.jpg" width="800" height="450">`,
    );
  });

  test('have a size where none but their words speaks of one', () => {
    const html = `<img src="${all[0]!}" alt="a bridge with width=3">`;
    expect(shownWith({ ...article, contentHtml: html }, all).contentHtml).toMatch(/ width="800" height="450">$/);
  });

  test('that a feed names as files too are the same files still', () => {
    const file = { url: all[0]!, type: 'image/png', lengthBytes: null, durationSeconds: null, title: null };
    const { enclosures, image } = shownWith(anArticle({ ...article, enclosures: [file] }), all);
    expect(enclosures).toEqual([{ ...file, url: image!.url, type: 'image/jpeg', lengthBytes: 4000 }]);
  });

  test('property: whatever an address is made of, it alone is exchanged, and nothing else in the text', () => {
    const path = fc.string({
      unit: fc.constantFrom('a', '"', '<', '>', '&', "'", '$', '$&', '$1', '%', '/', '?', 'é'),
    });
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 4 }), fc.nat(3), (paths, missing) => {
        const urls = paths.map((one, number) => `https://harbour.example/${number}/${one}`);
        const had = urls.filter((_, number) => number !== missing);
        const html = urls.map((url) => `<p>${escapeHtml(url)}</p>${img(url)}`).join('');
        const { contentHtml } = shownWith(anArticle({ contentHtml: html }), had);
        const meant = urls
          .map((url) => {
            const number = had.indexOf(url);
            const shown =
              number < 0
                ? img(url)
                : img(`https://news.example.org/daily/images/0a/${number}.jpg`, ' width="800" height="450"');
            return `<p>${escapeHtml(url)}</p>${shown}`;
          })
          .join('');
        expect(contentHtml).toBe(meant);
      }),
    );
  });
});
