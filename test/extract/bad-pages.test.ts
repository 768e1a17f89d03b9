import { describe, expect, test } from '@jest/globals';
import { extractArticle } from '../../src/extract/extract-article.ts';
import { readAnswer } from '../../src/extract/page-wishes.ts';
import type { Article } from '../../src/model/article.ts';
import type { Entry } from '../../src/model/feed.ts';
import { anArticle, anEntry, aSource } from '../support/an-entry.ts';
import { ERROR_PAGES } from './error-pages.ts';

// Whatever a server sends as an article's page, an article comes of it: with a reason, and with the feed's content where
// the page holds none.

const URL = 'https://www.harbournews.example/a';
const NOW = '2026-11-24T12:00:00Z';
const SUMMARY =
  'After three years of work the harbour board opened the new bridge on Tuesday, and ferries will stop in spring.';
const PROSE = 'The harbour board met on Tuesday, and nobody was pleased with what it had decided before noon. ';

type Given = {
  readonly contentType?: string | null;
  readonly entry?: Partial<Entry>;
  readonly previous?: Article | null;
};

function articleFrom(bytes: Uint8Array | string, given: Given = {}): Article {
  const body = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const summary = { type: 'text' as const, value: SUMMARY };
  const entry = anEntry({ id: 'a', link: URL, title: 'The bridge opens at last', summary, ...given.entry });
  const source = aSource();
  const contentType = given.contentType === undefined ? 'text/html; charset=utf-8' : given.contentType;
  const answer = readAnswer(
    { url: URL, as: 'page' },
    { kind: 'fetched', url: URL, contentType, body },
    { entry, source, now: NOW },
    [],
  );
  return extractArticle({
    entry,
    id: 'urn:uuid:1',
    entryId: 'a',
    source,
    feed: {
      url: source.url,
      title: null,
      link: null,
      language: null,
      rights: null,
      licence: null,
      rsl: [],
      authors: [],
    },
    answers: [answer],
    firstSeenAt: NOW,
    now: NOW,
    previous: given.previous ?? null,
  });
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** A text in a charset of one byte a letter, by what the decoder makes of its bytes. */
function inBytes(text: string, charset: string): Uint8Array {
  const letters = new TextDecoder(charset).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from(text, (letter) => letters.indexOf(letter));
}

/** Bytes that mean nothing, the same each time. */
function noise(length: number): Uint8Array {
  let state = 7;
  return Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16);
}

function fileOf(beginning: string): Uint8Array {
  return Buffer.concat([latin1(beginning), noise(20_000)]);
}

function pageOf(paragraphs: readonly string[], head = '<meta charset="utf-8">'): string {
  return `<html><head>${head}<title>The bridge opens at last</title></head><body><article><h1>The bridge opens at last</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article></body></html>`;
}

const FED = { contentFrom: 'summary', contentHtml: `<p>${SUMMARY}</p>` };

describe('what is no page', () => {
  test.each([
    ['a PDF file', fileOf('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n')],
    ['a PDF file', Buffer.from(`%PDF-1.4\n1 0 obj\nstream\nBT (${PROSE.repeat(20)}) Tj ET\nendstream`)],
    ['a picture', fileOf('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['a picture', fileOf('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['a picture', fileOf('GIF89a')],
    ['a picture', fileOf('RIFF\x10\x20\0\0WEBPVP8 ')],
    ['a sound or a film', fileOf('ID3\x03')],
    ['a packed file', fileOf('PK\x03\x04')],
    ['a packed file', fileOf('\x1f\x8b\x08')],
    ['no text at all', noise(20_000)],
    ['JSON', Buffer.from(JSON.stringify({ title: 'x', paragraphs: Array(30).fill(PROSE) }))],
    ['JSON', Buffer.from(JSON.stringify([{ body: pageOf(Array(8).fill(PROSE)) }]))],
    ['plain text without markup', Buffer.from(`${PROSE.repeat(4)}\n\n${PROSE.repeat(4)}`)],
    [
      'plain text without markup',
      Buffer.from(`(function(){var a="${PROSE}";document.write("<p>"+a)}());\n`.repeat(40)),
    ],
    [
      'a feed',
      Buffer.from(
        `<?xml version="1.0"?>\n<rss version="2.0"><channel><item><description>${PROSE.repeat(9)}</description></item></channel></rss>`,
      ),
    ],
    [
      'XML of another kind',
      Buffer.from(`<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${PROSE.repeat(9)}</Message></Error>`),
    ],
    [
      'written in letters that cannot be read',
      Buffer.from(pageOf(Array(9).fill('\ufffd\ufffd\ufffd \ufffd\ufffd news'))),
    ],
  ])('%s is not published', (kind, bytes) => {
    const contentReason = `the document is of another kind than was asked for (it is ${kind}); the feed’s summary is used`;
    expect(articleFrom(bytes)).toMatchObject({ ...FED, contentReason, title: 'The bridge opens at last', image: null });
    expect(articleFrom(bytes, { contentType: null })).toMatchObject({ ...FED, contentReason });
  });

  test.each([
    [
      'a page in XML',
      `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>${`<p>${PROSE.repeat(2)}</p>`.repeat(5)}</body></html>`,
    ],
    [
      'a page after a warning of its server',
      `Warning: undefined index in line 3\n${pageOf(Array(5).fill(PROSE.repeat(2)))}`,
    ],
    ['a part of a page', `<p>${PROSE.repeat(2)}</p>`.repeat(5)],
    ['a page after a comment', `<!-- served by 3 --> ${pageOf(Array(5).fill(PROSE.repeat(2)))}`],
  ])('%s is one', (_, html) => {
    expect(articleFrom(html)).toMatchObject({ contentFrom: 'page', contentReason: 'the feed holds an excerpt' });
  });

  test('takes the text that was read before from nobody', () => {
    const previous = anArticle({ contentFrom: 'page', contentHtml: `<p>${PROSE.repeat(9)}</p>`, updated: NOW });
    for (const bytes of [fileOf('%PDF-1.7'), Buffer.from(''), Buffer.from(ERROR_PAGES[0]![1])])
      expect(articleFrom(bytes, { previous })).toMatchObject({
        contentHtml: previous.contentHtml,
        contentReason: expect.stringMatching(/; the text read before is kept$/),
      });
  });
});

describe('a page that ends too soon', () => {
  test.each([
    ['of which nothing came', ''],
    ['of white space', ' \n\t '.repeat(50)],
    ['of zeroes', '\0'.repeat(10_000)],
    ['that ends in its head', '<html><head><title>The bri'],
    ['that ends in a script', `<html><head><script>var text = "<p>${PROSE.repeat(30)}`],
    ['without a body', '<html><head><title>x</title></head><body></body></html>'],
  ])('%s leaves the feed’s text', (_, html) => {
    const contentReason = 'the page holds no text that could be told from its furniture; the feed’s is used';
    expect(articleFrom(html)).toMatchObject({ ...FED, contentReason });
  });

  test.each([
    ['a paragraph', pageOf(Array(9).fill(PROSE.repeat(2))).slice(0, 1500)],
    ['a tag', `${pageOf(Array(9).fill(PROSE.repeat(2))).slice(0, 1500)}<a href="https://el`],
    ['a comment', pageOf(Array(9).fill(PROSE.repeat(2))).replace('</article>', '<!-- never')],
  ])('in the middle of %s is read up to there', (_, html) => {
    const { contentFrom, contentHtml } = articleFrom(html);
    expect(contentFrom).toBe('page');
    expect(contentHtml).toMatch(/^<p>The harbour board met[^<]+before noon/);
    expect(contentHtml).not.toContain('https://el');
  });
});

describe('a page in the wrong charset', () => {
  const german = 'Die Fähre fährt über den Fluß und hält an der großen Brücke, sagte der Bürgermeister am Dienstag.';
  const russian = 'Новый мост через реку открыли во вторник, сообщил мэр города, и паромы больше не ходят.';
  const greek = 'Η νέα γέφυρα άνοιξε την Τρίτη και τα πλοία δεν περνούν πια το ποτάμι, είπε ο δήμαρχος.';
  const hebrew = 'הגשר החדש נפתח ביום שלישי, אמר ראש העיר, והמעבורות לא יחצו עוד את הנהר.';
  const polish = 'Nowy most otwarto we wtorek, powiedział burmistrz, a promy już nie będą pływać przez rzekę.';
  const japanese = '新しい橋は火曜日に開通し、市長はこれまでの船はもう走らないと話した。町の人びとは喜んだ。';
  const utf8 = '<meta charset="utf-8">';
  const wide = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));

  test.each([
    [
      'UTF-8 that is windows-1252',
      german,
      (text: string) => inBytes(pageOf([text, text, text, text], utf8), 'windows-1252'),
    ],
    [
      'UTF-8 that is windows-1251',
      russian,
      (text: string) => inBytes(pageOf([text, text, text, text], utf8), 'windows-1251'),
    ],
    ['UTF-8 that is KOI8-R', russian, (text: string) => inBytes(pageOf([text, text, text, text], utf8), 'koi8-r')],
    [
      'UTF-8 that is ISO-8859-7',
      greek,
      (text: string) => inBytes(pageOf([text, text, text, text], utf8), 'iso-8859-7'),
    ],
    [
      'UTF-8 that is windows-1255',
      hebrew,
      (text: string) => inBytes(pageOf([text, text, text, text], utf8), 'windows-1255'),
    ],
    [
      'Latin-1 that is windows-1251',
      russian,
      (text: string) => inBytes(pageOf([text, text, text, text], '<meta charset="iso-8859-1">'), 'windows-1251'),
    ],
    [
      'UTF-8 that is ISO-8859-2 by its language',
      polish,
      (text: string) =>
        inBytes(pageOf([text, text, text, text], utf8).replace('<html>', '<html lang="pl">'), 'iso-8859-2'),
    ],
    [
      'Latin-1 that is UTF-8',
      german,
      (text: string) => Buffer.from(pageOf([text, text, text, text], '<meta charset="iso-8859-1">')),
    ],
    [
      'Shift_JIS that is UTF-8',
      japanese,
      (text: string) => Buffer.from(pageOf([text, text, text, text], '<meta charset="shift_jis">')),
    ],
    ['UTF-8 that is UTF-16 without a mark', german, (text: string) => wide(pageOf([text, text, text, text], utf8))],
  ])('(%s) is read', (_, text, page) => {
    const { contentHtml, contentFrom } = articleFrom(page(text), {
      contentType: 'text/html',
      entry: { summary: null },
    });
    expect({ contentFrom, isRead: contentHtml.includes(text) }).toEqual({ contentFrom: 'page', isRead: true });
  });
});

describe('a page beyond all measure', () => {
  test.each([
    ['50 MB long', pageOf([]).replace('</article>', `<p>${PROSE.repeat(3)}</p>`.repeat(170_000))],
    ['a million elements wide', pageOf([]).replace('</article>', '<i>x</i>'.repeat(1_000_000))],
    ['a million elements deep', pageOf([]).replace('</article>', `${'<div>'.repeat(1_000_000)}${PROSE}`)],
    ['a million inline elements deep', `<p>${'<b>'.repeat(1_000_000)}${PROSE}`],
  ])('(%s) is an article with a reason', (_, html) => {
    const { contentReason, contentHtml, title } = articleFrom(html);
    expect(title).toBe('The bridge opens at last');
    expect(contentReason).not.toBe('');
    expect(contentHtml).not.toBe('');
    expect(contentHtml.length).toBeLessThan(2_000_000);
  });
});

describe('an error that is answered as if it were the page', () => {
  test.each(ERROR_PAGES)('(%s) is not published: %s', (_language, html, wall) => {
    const contentReason = `${wall}; the feed’s text is used`;
    expect(articleFrom(html)).toMatchObject({ ...FED, contentReason });
    const without = articleFrom(html, { entry: { summary: null } });
    expect(without).toMatchObject({
      contentHtml: '',
      contentFrom: 'summary',
      contentReason: `${contentReason} (it has none)`,
    });
  });

  test('lends the article neither its address nor its picture, date, author or title', () => {
    const head =
      '<title>Page not found</title><link rel="canonical" href="https://www.harbournews.example/404"><meta property="og:image" content="https://www.harbournews.example/lost-sheep-1200x630.jpg"><meta name="author" content="Web Team"><meta property="article:published_time" content="2019-01-01T00:00:00Z"><meta name="keywords" content="error">';
    const html = pageOf(['The page you are looking for could not be found.'], head);
    expect(articleFrom(html, { entry: { title: null } })).toMatchObject({
      link: URL,
      image: null,
      authors: [],
      categories: [],
      published: NOW,
      title: expect.stringContaining('After three years'),
    });
  });

  test('is known by its title where a list of other stories follows', () => {
    const others = Array.from({ length: 12 }, (_, at) => `Story ${at} of the harbour tells what the board met about.`);
    const html = pageOf(['We looked everywhere.', ...others]).replaceAll('The bridge opens at last', 'Page not found');
    expect(articleFrom(html).contentReason).toMatch(/^the page says that there is none at its address/);
  });

  test('is an article where that is what it is about', () => {
    const text =
      'The website of the harbour board is currently down. A notice asks visitors to try again later. The board’s computers failed at dawn, a clerk said, and tickets are sold at the pier until they work again.';
    const entry = { title: 'Harbour board’s website down, tickets sold at the pier', summary: null };
    expect(articleFrom(pageOf([text, PROSE]), { entry })).toMatchObject({ contentFrom: 'page' });
  });
});

describe('a wall', () => {
  const teaser = `The harbour board opened the new bridge on Tuesday after three years of work, and the ferries will stop in spring. ${PROSE.repeat(3)}`;

  test('is not published, however much longer than the feed’s summary it is', () => {
    const html = pageOf([teaser, `${PROSE}Subscribe now to keep reading. Four weeks for 1.00, then 9.80 a month.`]);
    expect(articleFrom(html)).toMatchObject({
      ...FED,
      contentReason: 'the page is for subscribers; the feed’s text is used',
    });
  });

  test('leaves the page’s description where the feed says nothing', () => {
    const html = pageOf(
      [teaser, `${PROSE}Subscribe now to keep reading.`],
      `<meta name="description" content="${SUMMARY}">`,
    );
    expect(articleFrom(html, { entry: { summary: null } })).toMatchObject({
      ...FED,
      contentReason: 'the page is for subscribers; its description is used, since the feed has no text',
    });
  });

  test('is none where a page says that it is paid for and shows its text', () => {
    const html = pageOf(
      [teaser, PROSE.repeat(3)],
      '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
    );
    expect(articleFrom(html)).toMatchObject({
      contentFrom: 'page',
      contentReason: 'the feed holds an excerpt; the page says that it is for subscribers',
    });
  });

  test('is none where an article in the middle asks readers to take part', () => {
    const html = pageOf([
      `${PROSE} Melden Sie sich an und werden Sie Teil unserer Gemeinschaft.`,
      PROSE.repeat(4),
      PROSE.repeat(4),
    ]);
    const wordy = html.replace('<p>', `<p>${PROSE.repeat(3)}`);
    expect(articleFrom(wordy)).toMatchObject({ contentFrom: 'page' });
  });
});
