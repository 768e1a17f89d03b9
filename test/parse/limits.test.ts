import { describe, expect, test } from '@jest/globals';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { ABOUT, bytesOf } from './cases.ts';

const item = (n: number, within = ''): string => `<item><title>T${n}</title><guid>g${n}</guid>${within}</item>`;
const rss = (items: string): Uint8Array =>
  bytesOf(`<rss version="2.0"><channel><title>G</title>${items}</channel></rss>`);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const all = numbers(12)
  .map((n) => item(n))
  .join('');

describe('what goes beyond a limit', () => {
  test('is left out entry by entry, and counted', async () => {
    const feed = await parseFeed(rss(all), ABOUT, { limits: { maxEntries: 5 } });
    expect(feed.entries.map(({ id }) => id)).toEqual(['g0', 'g1', 'g2', 'g3', 'g4']);
    expect(feed.truncated).toBe(true);
    expect(feed.repairs).toEqual([
      { code: 'entries-capped', detail: 'the feed holds more entries than are read (7 left out)', count: 1 },
    ]);
  });

  test('is two thousand entries, unless another limit is given', async () => {
    const feed = await parseFeed(
      rss(
        numbers(2100)
          .map((n) => item(n))
          .join(''),
      ),
      ABOUT,
    );
    expect(feed.entries).toHaveLength(2000);
    expect((await parseFeed(rss(all), ABOUT)).truncated).toBe(false);
  });

  test('is cut by bytes, and the entry that is cut is not taken for whole', async () => {
    const bytes = rss(all);
    const feed = await parseFeed(bytes, ABOUT, { limits: { maxBytes: bytes.length - 40 } });
    expect(feed.entries).toHaveLength(11);
    expect(feed.truncated).toBe(true);
    expect(feed.repairs.map(({ code }) => code)).toEqual(['bytes-capped', 'document-cut']);
    expect(feed.skipped).toEqual([{ position: 11, name: 'T11', reason: 'the document ends in the middle of it' }]);
  });

  test('is cut from titles and bodies, never within a character', async () => {
    const text = `<item><title>${'😀'.repeat(20)}</title><description>${'😀'.repeat(20)}</description></item>`;
    const feed = await parseFeed(rss(text), ABOUT, { limits: { maxLineLength: 9, maxBodyLength: 15 } });
    expect(feed.entries[0]).toMatchObject({ title: '😀'.repeat(4), summary: { value: '😀'.repeat(7) } });
    expect(feed.truncated).toBe(true);
    expect(feed.repairs).toMatchObject([{ code: 'text-capped', count: 2 }]);
  });

  test('is depth of elements: what lies deeper is passed over', async () => {
    const nested = `${'<itunes:category text="x">'.repeat(100)}${'</itunes:category>'.repeat(100)}`;
    const feed = await parseFeed(rss(item(1, nested) + item(2)), ABOUT);
    expect(feed.entries.map(({ id }) => id)).toEqual(['g1', 'g2']);
    expect(feed.repairs.map(({ code }) => code)).toContain('depth-capped');
    expect(feed.truncated).toBe(true);
  });

  test('is lists that are too long', async () => {
    const categories = numbers(300)
      .map((n) => `<category>c${n}</category>`)
      .join('');
    const feed = await parseFeed(rss(item(1, categories) + item(2, '<category>c</category>')), ABOUT);
    expect(feed.entries[0]!.categories).toHaveLength(100);
    expect(feed.repairs).toMatchObject([{ code: 'list-capped', count: 1 }]);
    expect(feed.truncated).toBe(true);
  });

  test.each([
    ['authors', numbers(9).map((n) => `<author>a${n}</author>`)],
    ['links', numbers(9).map((n) => `<atom:link rel="related" href="/${n}"/>`)],
    ['enclosures', numbers(9).map((n) => `<enclosure url="/${n}.mp3"/>`)],
  ] as const)('is %s beyond the first few', async (name, fields) => {
    const namespace = 'xmlns:atom="http://www.w3.org/2005/Atom"';
    const text = `<rss version="2.0" ${namespace}><channel>${item(1, fields.join(''))}</channel></rss>`;
    const feed = await parseFeed(bytesOf(text), ABOUT, { limits: { maxListed: 5 } });
    expect(feed.entries[0]![name]).toHaveLength(5);
    expect(feed.repairs).toMatchObject([{ code: 'list-capped', count: 1 }]);
    expect((await parseFeed(bytesOf(text), ABOUT)).repairs).toEqual([]);
  });

  test('is what stands in a title behind a great deal of white space', async () => {
    const title = `a${' '.repeat(20_000)}b`;
    const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ title }] });
    for (const bytes of [rss(`<item><title>${title}</title></item>`), bytesOf(json)]) {
      const feed = await parseFeed(bytes, ABOUT);
      expect(feed.entries[0]!.title).toBe('a');
      expect(feed.repairs).toMatchObject([{ code: 'text-capped', count: 1 }]);
    }
  });

  test('is never half a character, even behind white space', async () => {
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ title: `a${' '.repeat(15_998)}😀` }],
    });
    expect((await parseFeed(bytesOf(json), ABOUT)).entries[0]!.title).toBe('a');
  });

  test('is addresses that are longer than any', async () => {
    const url = `https://gull.example/${'a'.repeat(9000)}`;
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ id: '1', url, attachments: [{ url }] }],
    });
    for (const bytes of [rss(item(1, `<link>${url}</link><enclosure url="${url}"/>`)), bytesOf(json)]) {
      const feed = await parseFeed(bytes, ABOUT);
      expect(feed.entries).toMatchObject([{ link: null, enclosures: [] }]);
      expect(feed.repairs).toMatchObject([{ code: 'address-unusable', count: 2 }]);
    }
  });

  test('is attributes and namespaces by the dozen', async () => {
    const attributes = numbers(70).map((n) => `a${n}="b"`);
    const declarations = numbers(60).map((n) => `xmlns:a${n}="http://gull.example/${n}"`);
    const author = '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">A</dc:creator>';
    for (const text of [
      `<rss version="2.0"><channel>${item(1, `<enclosure ${attributes.join(' ')} url="/a.mp3"/>`)}</channel></rss>`,
      `<rss version="2.0" ${declarations.join(' ')}><channel>${item(1)}</channel></rss>`,
      `<rss version="2.0"><channel>${item(1, author.repeat(4000))}${item(2, author.repeat(4000)).repeat(6)}</channel></rss>`,
    ]) {
      const feed = await parseFeed(bytesOf(text), ABOUT);
      expect(feed.repairs.map(({ code }) => code)).toContain('attributes-capped');
      expect(feed.truncated).toBe(true);
    }
  });

  test('is names and pictures by the hundred thousand, group after group', async () => {
    const groupOf = (field: string): string => `<media:group>${field.repeat(5000)}</media:group>`;
    const names = groupOf('<author>A</author>').repeat(30);
    const pictures = groupOf('<media:thumbnail url="/a.png"/>').repeat(30);
    const feed = await parseFeed(rss(item(1, names) + item(2, pictures)), ABOUT);
    expect(feed.entries.map(({ authors }) => authors.length)).toEqual([1, 0]);
    expect(feed.entries.map(({ image }) => image?.url)).toEqual([undefined, 'https://feeds.example/a.png']);
  });

  test('holds for JSON Feed as well', async () => {
    const items = numbers(9).map((n) => ({ id: `${n}`, title: 'x'.repeat(50) }));
    const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items });
    const feed = await parseFeed(bytesOf(json), ABOUT, { limits: { maxEntries: 4, maxLineLength: 10 } });
    expect(feed.entries.map(({ title }) => title)).toEqual(numbers(4).map(() => 'x'.repeat(10)));
    expect(feed.repairs.map(({ code }) => code)).toEqual(['text-capped', 'entries-capped']);
    expect(feed.truncated).toBe(true);
  });

  test('holds for the lists of JSON Feed as well', async () => {
    const nine = numbers(9);
    const lists = {
      tags: nine.map(String),
      authors: nine.map((n) => ({ name: `a${n}` })),
      attachments: nine.map((n) => ({ url: `https://gull.example/${n}.mp3` })),
    };
    const hubs = nine.map((n) => ({ type: 'WebSub', url: `https://hub.example/${n}` }));
    const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', hubs, items: [{ id: '1', ...lists }] });
    const feed = await parseFeed(bytesOf(json), ABOUT, { limits: { maxListed: 5 } });
    const [entry] = feed.entries;
    const listed = [feed.hubLinks, entry!.categories, entry!.authors, entry!.enclosures];
    expect(listed.map(({ length }) => length)).toEqual([5, 5, 5, 5]);
    expect(feed.repairs).toMatchObject([{ code: 'list-capped', count: 4 }]);
    expect(feed.truncated).toBe(true);
  });
});
