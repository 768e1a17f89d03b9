import { expect, test } from '@jest/globals';
import { entriesTold } from '../../src/pipeline/entries-told.ts';

const item = (name: string): string =>
  `<item><guid>${name}</guid><link>https://harbour.example/${name}</link><title>The ${name}</title></item>`;
const rss = (inside: string): string => `<rss version="2.0"><channel><title>Harbour</title>${inside}</channel></rss>`;
const told = async (text: string | Uint8Array): Promise<readonly string[] | null> => {
  const body = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const answer = { url: 'https://harbour.example/feed', status: 200, headers: {}, body, redirects: [] };
  return (await entriesTold(answer))?.map(({ kind, value }) => `${kind} ${value}`) ?? null;
};

test('every entry of a feed is told by its guid, its link and its title, whatever the operator goes by', async () => {
  const marks = await told(rss(item('one') + item('two')));
  for (const name of ['one', 'two'])
    expect(marks).toEqual(
      expect.arrayContaining([`guid ${name}`, `link harbour.example/${name}`, `title the ${name}`]),
    );
});

test('comments and sections that hide no markup cast no doubt', async () => {
  const quoted = `<item><guid>q</guid><title>Q</title><description><![CDATA[<p>a</p><!-- wp:more -->]]></description></item>`;
  expect(await told(rss(`<!-- made by a program -->${quoted}`))).toContain('guid q');
  expect(await told(rss(''))).toEqual([]);
});

test.each([
  ['an entry in a comment', rss(`<!-- ${item('hidden')} -->${item('one')}`)],
  ['a comment that never ends', rss(`${item('one')}<!-- more`)],
  ['an entry that is not closed', rss(`<item><guid>a</guid><title>A${item('one')}`)],
  ['a document that ends in the middle', rss(item('one')).slice(0, -40)],
  ['something after the feed’s end', `${rss(item('one'))}${item('two')}`],
  ['a page', '<html><body>Nothing to see</body></html>'],
  ['nothing at all', ''],
  ['bytes that are no text', Buffer.from(rss(item('one')), 'utf16le')],
])('of %s nobody can be sure', async (_, body) => {
  expect(await told(body)).toBeNull();
});
