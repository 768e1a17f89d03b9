import { describe, expect, test } from '@jest/globals';
import Parser from 'rss-parser';
import { rssParserFields, type FeedFields, type ReadFields } from '../../src/parse/fields.ts';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import type { FeedTree } from '../../src/parse/tree.ts';
import { ABOUT, bytesOf } from './cases.ts';

const RSS = `<rss version="2.0"><channel><title>G</title><link>https://gull.example/</link><description>D</description>
<item><title>A</title><link>https://gull.example/a</link><guid>g</guid><category>C</category><comments>https://gull.example/c</comments>
<description>body</description></item></channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry><id>i</id><title>A</title>
<link href="https://gull.example/a"/><content>body</content></entry></feed>`;

describe('the seam to rss-parser', () => {
  test('rss-parser asks its xmlParser for the tree, and reads what it is given', async () => {
    const asked: unknown[] = [];
    const parser = new Parser() as unknown as { xmlParser: unknown; parseString(text: unknown): Promise<FeedFields> };
    parser.xmlParser = {
      parseString(text: unknown, done: (error: null, tree: unknown) => void) {
        asked.push(text);
        done(null, { rss: { $: { version: '2.0' }, channel: [{ title: ['ours'], item: [{ title: ['entry'] }] }] } });
      },
    };
    const fields = await parser.parseString('any text');
    expect(asked).toEqual(['any text']);
    expect(fields).toMatchObject({ title: 'ours', items: [{ title: 'entry' }] });
  });

  test.each([
    ['rss', { rss: { $: { version: '2.0' }, channel: [{ title: ['ours'], item: [] }] } }],
    ['rdf', { 'rdf:RDF': { channel: [{ title: ['ours'] }], item: [] } }],
    ['atom', { feed: { title: ['ours'], entry: [] } }],
  ])('our door hands over a tree of the kind %s', async (_kind, tree) => {
    expect(await rssParserFields()(tree as unknown as FeedTree)).toMatchObject({ title: 'ours', items: [] });
  });

  test('no body comes near its snippets', async () => {
    const seen: FeedTree[] = [];
    const spying: ReadFields = (tree) => {
      seen.push(tree);
      return rssParserFields()(tree);
    };
    await parseFeed(bytesOf(RSS), ABOUT, { readFields: spying });
    await parseFeed(bytesOf(ATOM), ABOUT, { readFields: spying });
    const items = seen.flatMap((tree) => {
      const { rss, feed } = tree as unknown as {
        rss?: { channel: { item: object[] }[] };
        feed?: { entry: object[] };
      };
      return rss?.channel[0]!.item ?? feed!.entry;
    });
    expect(items).toHaveLength(2);
    for (const item of items) {
      const snippets = Object.keys(item).filter((name) => ['description', 'content:encoded', 'content'].includes(name));
      expect(snippets).toEqual([]);
    }
    for (const tree of seen) {
      const [item] = (await rssParserFields()(tree)).items;
      expect(Object.keys(item!).filter((name) => name.endsWith('Snippet'))).toEqual([]);
    }
  });
});

describe('the fields of a Feed', () => {
  /** rss-parser with every string of its own fields replaced. */
  const marking: ReadFields = async (tree) => {
    const fields = await rssParserFields()(tree);
    const marked = (one: object): object =>
      Object.fromEntries(
        Object.entries(one).map(([name, value]) => [name, typeof value === 'string' ? 'MARK' : value]),
      );
    return { ...marked(fields), items: fields.items.map(marked) } as unknown as FeedFields;
  };

  test.each([
    ['RSS', RSS],
    ['Atom', ATOM],
  ])('of %s are those that came through rss-parser', async (_name, text) => {
    const feed = await parseFeed(bytesOf(text), ABOUT, { readFields: marking });
    expect(feed.title).toBe('MARK');
    expect(feed.entries[0]).toMatchObject({ title: 'MARK', link: 'MARK', id: 'MARK' });
  });

  test('that rss-parser has no name for are copied by it as well', async () => {
    const without: ReadFields = async (tree) => {
      const fields = await rssParserFields()(tree);
      const [item] = fields.items;
      const more = { ...item!.more, summary: { type: 'text', value: 'MARK', base: null, hasOwnBase: false } as const };
      return { ...fields, items: [{ ...item!, more, categories: ['MARK'], comments: 'MARK' }] };
    };
    const { entries } = await parseFeed(bytesOf(RSS), ABOUT, { readFields: without });
    expect(entries[0]).toMatchObject({ summary: { value: 'MARK' }, categories: ['MARK'], commentsUrl: 'MARK' });
  });
});
