import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DocumentPart, SourcesDocument } from '../../../src/config/edit/edit-file.ts';
import { withFeeds } from '../../../src/cli/sources/imported-list.ts';
import { readOpml } from '../../../src/parse/opml/read-opml.ts';
import { renderExport } from '../../../src/render/export-opml.ts';
import { openListRoom, type ListRoom } from './run-on-list.ts';

const LIST = `{
  "site": { "title": "The Tide", "url": "https://tide.example/" },
  "topics": [
    { "id": "world", "title": "World News", "formerly": ["abroad"] },
    { "id": "nature", "title": "Fens & fields" }
  ],
  "sources": [
    { "id": "harbour", "title": "Harbour News", "url": "https://harbour.example/feed.xml", "topics": ["world"] }
  ]
}
`;
const EMPTY = '{ "site": { "title": "T", "url": "https://t.example/" }, "topics": [], "sources": [] }';

let room: ListRoom;
beforeEach(() => {
  room = openListRoom(LIST);
});
afterEach(() => room[Symbol.dispose]());

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/opml/${name}/input.opml`, import.meta.url));

function opml(...outlines: readonly string[]): string {
  const file = join(room.folder, 'list.opml');
  writeFileSync(file, `<opml version="2.0"><body>\n${outlines.join('\n')}\n</body></opml>`);
  return file;
}

const topics = (): readonly DocumentPart[] => (JSON.parse(room.text()) as SourcesDocument).topics!;

describe('sources import', () => {
  test('names those whose titles make no id', async () => {
    const file = opml(
      '<outline text="ニュース"><outline text="経済" xmlUrl="https://keizai.example/rss"/></outline>',
      '<outline text="Новости"><outline text="Волна" xmlUrl="https://volna.example/rss"/></outline>',
    );
    const { code, stdout } = await room.run('sources', 'import', file);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(
        [
          'Without letters that an id may have, so the id is made of the address, or counted: 2',
          '  keizai-example: 経済',
          '  topic: ニュース',
          '  Others can be written into the file: a topic’s also where sources name it, a source’s before it is first asked.',
        ].join('\n'),
      ),
    ]);
    expect(room.sources().map(({ id }) => id)).toEqual(['harbour', 'keizai-example', 'volna']);
    expect(topics().map(({ id }) => id)).toEqual(['world', 'nature', 'topic', 'novosti']);
  });

  test('adds each feed once, makes topics of folders, and tells what it did not take', async () => {
    const { code, stdout } = await room.run('sources', 'import', fixture('folders-are-outlines-within-outlines'));
    expect([code, stdout]).toEqual([
      0,
      [
        'Sources added: 2',
        'Topics made: 2',
        '  News, Local',
        'There already: 1',
        '  line 6: https://harbour.example/feed.xml, as "harbour"',
        'Cannot be used: 1',
        '  line 13: Empty: it names no feed (xmlUrl)',
        'tributary check --probe asks each once; tributary plan shows what they will bring.',
        '',
      ].join('\n'),
    ]);
    expect(room.sources().slice(1)).toEqual([
      { id: 'fen-marsh', title: 'Fen & Marsh', url: 'https://fen.example/rss?a=1&b=2', topics: ['news'] },
      { id: 'tidewater', title: 'Tidewater', url: 'https://tidewater.example/atom', topics: ['local'] },
    ]);
    expect(topics().slice(2)).toEqual([
      { id: 'news', title: 'News' },
      { id: 'local', title: 'Local' },
    ]);
    const again = await room.run('sources', 'import', fixture('folders-are-outlines-within-outlines'));
    expect([again.code, again.stdout]).toEqual([0, 'Nothing is to be changed: it is so already.\n']);
    expect(again.stderr).toContain('There already: 3\n');
  });

  test('knows topics again by title, by id and by an id that they had', async () => {
    const file = opml(
      '<outline text="world  NEWS"><outline text="A" xmlUrl="https://a.example/"/></outline>',
      '<outline text="Nature"><outline text="B" xmlUrl="https://b.example/"/></outline>',
      '<outline text="C" xmlUrl="https://c.example/" category="abroad,/Germany/Politics"/>',
      '<outline text="D" xmlUrl="https://d.example/" category="/France/Politics"/>',
      '<outline text="E" xmlUrl="https://e.example/" category="/France/Wine"/>',
    );
    expect((await room.run('sources', 'import', file)).code).toBe(0);
    expect(room.sources().map(({ topics: own }) => own)).toEqual([
      ['world'],
      ['world'],
      ['nature'],
      ['world', 'germany-politics'],
      ['france-politics'],
      ['wine'],
    ]);
    expect(topics().slice(2)).toEqual([
      { id: 'germany-politics', title: 'Germany / Politics' },
      { id: 'france-politics', title: 'France / Politics' },
      { id: 'wine', title: 'Wine' },
    ]);
  });

  test('takes a feed that stands in several folders as one source of several topics', async () => {
    const feed = '<outline text="A" xmlUrl="http://www.a.example/feed/"/>';
    const file = opml(
      `<outline text="World News">${feed}</outline>`,
      `<outline text="Nature">${feed}`,
      feed.replace('http://www.', 'https://'),
      '</outline>',
    );
    const { stdout } = await room.run('sources', 'import', file);
    expect(stdout).toContain('Listed again: 1\n  line 4: https://a.example/feed/, as in line 2\n');
    expect(room.sources()[1]).toEqual({
      id: 'a-example',
      title: 'A',
      url: 'http://www.a.example/feed/',
      topics: ['world', 'nature'],
    });
  });

  test('leaves out what no list may hold, says why, and takes the rest', async () => {
    const file = opml(
      '<outline text="Secret" xmlUrl="https://reader:hunter2@a.example/feed"/>',
      '<outline text="Mail" xmlUrl="mailto:a@b.example"/>',
      '<outline text="Two words" xmlUrl="https://a.example/two words"/>',
      '<outline text="All" xmlUrl="all.example/feed"/>',
      '<outline text="世界" xmlUrl="feed://www.world.example/rss"/>',
    );
    const { code, stdout } = await room.run('sources', 'import', file);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Sources added: 2\nCannot be used: 3\n')]);
    expect(stdout.split('\n').filter((line) => line.startsWith('  line'))).toEqual([
      '  line 2: Secret: it cannot be added: url must not hold a user name or password',
      '  line 3: Mail: it cannot be added: url must begin with https:// or http://',
      '  line 4: Two words: it cannot be added: url must not hold white space',
    ]);
    expect(room.sources().slice(1)).toEqual([
      { id: 'all-2', title: 'All', url: 'https://all.example/feed' },
      { id: 'world-example', title: '世界', url: 'https://www.world.example/rss' },
    ]);
  });

  test('takes settings that an export told, each feed by itself, and no headers', async () => {
    const settings = (written: string): string => `tributary:id="x" tributary:settings='${written}'`;
    const file = opml(
      `<outline text="Good" xmlUrl="https://good.example/" ${settings('{"republish":"link","headers":{"x-key":"k"},"id":"y"}')}/>`,
      `<outline text="Bad" xmlUrl="https://bad.example/" ${settings('{"republish":"everything"}')}/>`,
      `<outline text="Sly" xmlUrl="https://sly.example/" ${settings('{"__proto__":{"republish":"full"}}')}/>`,
      `<outline text="Torn" xmlUrl="https://torn.example/" ${settings('{"republish":')}/>`,
    );
    const { stdout } = await room.run('sources', 'import', file);
    expect(stdout).toContain('Sources added: 2\nCannot be used: 2\n  line 3: Bad: it cannot be added: republish ');
    expect(room.sources().slice(1)).toEqual([
      { id: 'x', title: 'Good', url: 'https://good.example/', republish: 'link' },
      { id: 'torn', title: 'Torn', url: 'https://torn.example/' },
    ]);
  });

  test('puts all into one topic, if there is such a one', async () => {
    const file = opml('<outline text="Folder"><outline text="A" xmlUrl="https://a.example/"/></outline>');
    const unknown = await room.run('sources', 'import', file, '--topic', 'wrld');
    expect([unknown.code, unknown.stderr]).toEqual([2, 'there is no topic "wrld"; did you mean "world"?\n']);
    expect((await room.run('sources', 'import', file, '--topic', 'world')).code).toBe(0);
    expect([room.sources()[1]!['topics'], topics().length]).toEqual([['world'], 2]);
  });

  test('refuses more topics than a list may have, and changes nothing under --dry-run', async () => {
    const many = opml(
      ...Array.from(
        { length: 201 },
        (_, at) => `<outline text="Paper" xmlUrl="https://a${at}.example/" category="t${at}"/>`,
      ),
    );
    const refused = await room.run('sources', 'import', many);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      'its folders would make 203 topics; 200 are the most: name one with --topic\n',
    ]);
    const { code, stdout, stderr } = await room.run('sources', 'import', many, '--topic', 'world', '--dry-run');
    expect([code, stdout]).toEqual([0, expect.stringContaining('"id": "paper-201"')]);
    expect(stderr).toContain('Sources added: 201');
    expect(room.text()).toBe(LIST);
  });

  test('tells scripts all of it', async () => {
    const { stdout } = await room.run('sources', 'import', fixture('categories-are-paths-and-words'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      outcome: { kind: 'written' },
      counts: { added: 2, topics: 1, already: 1, repeated: 0, unusable: 2 },
      added: [
        { id: 'fen-gazette', topics: ['nature', 'birds'] },
        { id: 'no-category', topics: [] },
      ],
      topics: [{ id: 'birds', title: 'birds' }],
    });
  });

  test('answers clearly where there is no list', async () => {
    writeFileSync(join(room.folder, 'a.xml'), '<feed xmlns="http://www.w3.org/2005/Atom"/>');
    for (const [args, code, told] of [
      [[], 2, 'Say which: tributary sources import FILE'],
      [[join(room.folder, 'none.opml')], 1, 'none.opml does not exist'],
      [[room.folder], 1, 'is a folder; name the file'],
      [[join(room.folder, 'a.xml')], 1, 'is a feed and no list of feeds'],
    ] as const)
      expect(await room.run('sources', 'import', ...args)).toMatchObject({
        code,
        stderr: expect.stringContaining(told),
      });
    const useless = opml('<outline text="A" xmlUrl="mailto:a"/>');
    expect(await room.run('sources', 'import', useless)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('line 2: A: it cannot be added'),
    });
    expect(room.text()).toBe(LIST);
  });
});

describe('sources export', () => {
  test('writes topics as folders, and leaves headers out', async () => {
    writeFileSync(
      room.file,
      LIST.replace(
        '"topics": ["world"] }',
        '"topics": ["world", "nature"], "weight": 2, "headers": { "x-key": "k" } }',
      ),
    );
    const { code, stdout, stderr } = await room.run('sources', 'export');
    const outline =
      '      <outline type="rss" text="Harbour News" title="Harbour News" xmlUrl="https://harbour.example/feed.xml" category="world,nature" tributary:id="harbour" tributary:settings="{&#x22;weight&#x22;:2}"/>';
    expect([code, stderr]).toEqual([0, 'The headers of harbour are not in it.\n']);
    expect(stdout.split('\n').slice(5, -3)).toEqual([
      '  <body>',
      '    <outline text="World News" title="World News" tributary:id="world">',
      outline,
      '    </outline>',
      '    <outline text="Fens &#x26; fields" title="Fens &#x26; fields" tributary:id="nature">',
      outline,
      '    </outline>',
    ]);
  });

  test('writes a file whole, never the list itself, and says where it cannot', async () => {
    const file = join(room.folder, 'out.opml');
    const { stdout } = await room.run('sources', 'export', file);
    expect(stdout).toBe(`${file}: 1 sources\n`);
    expect(readFileSync(file, 'utf8')).toContain('tributary:id="harbour"');
    const itself = await room.run('sources', 'export', room.file);
    expect([itself.code, room.text()]).toEqual([1, LIST]);
    expect((await room.run('sources', 'export', join(room.folder, 'none', 'a.opml'))).stderr).toContain(
      'there is no such folder',
    );
    expect(readdirSync(room.folder).filter((name) => name.endsWith('.opml'))).toEqual(['out.opml']);
    expect(existsSync(join(room.folder, 'data'))).toBe(false);
  });
});

test.each([
  'folders-are-outlines-within-outlines',
  'categories-are-paths-and-words',
  'names-in-any-case-and-feeds-without-titles',
])('what was imported from %s is the same list after export and import', async (name) => {
  writeFileSync(room.file, EMPTY);
  expect((await room.run('sources', 'import', fixture(name))).code).toBe(0);
  const imported = JSON.parse(room.text()) as SourcesDocument;
  expect(imported.sources!.length).toBeGreaterThan(2);
  const file = join(room.folder, 'out.opml');
  await room.run('sources', 'export', file);
  writeFileSync(room.file, EMPTY);
  expect((await room.run('sources', 'import', file)).code).toBe(0);
  expect(byId(JSON.parse(room.text()) as SourcesDocument)).toEqual(byId(imported));
});

test('any list is the same after export and import, but for headers and for what topics go by', () => {
  const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);
  const title = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('A <b>bold</b> title', 'AT&amp;T', 'a/b, "c"'),
    )
    .map((text) => text.replace(/[\p{C}\u2028\u2029]/gu, '').trim())
    .filter((text) => text !== '');
  const settings = fc.record(
    { republish: fc.constantFrom('full', 'link'), enabled: fc.boolean(), note: fc.string(), weight: fc.integer() },
    { requiredKeys: [] },
  );
  const list = fc
    .record({
      topics: fc.uniqueArray(fc.record({ id, title }), { selector: (topic) => topic.id, maxLength: 5 }),
      sources: fc.uniqueArray(fc.record({ id, title, settings, picks: fc.array(fc.nat(4)) }), {
        selector: (source) => source.id,
        maxLength: 8,
      }),
    })
    .map(({ topics: all, sources }) => ({
      topics: all,
      sources: sources.map(({ picks, settings: own, ...source }) => {
        const named = [...new Set(picks.flatMap((pick) => all[pick]?.id ?? []))];
        return {
          ...source,
          url: `https://${source.id}.example/feed?a=1&b="2"`,
          ...(named.length === 0 ? {} : { topics: named }),
          ...own,
        };
      }),
    }));
  fc.assert(
    fc.property(list, (written) => {
      const text = renderExport({
        title: 'T',
        topics: written.topics,
        sources: written.sources.map(({ id: own, title: name, url, topics: named, ...rest }) => ({
          id: own,
          title: name,
          url,
          topics: named ?? [],
          settings: rest,
        })),
      });
      const read = readOpml(new TextEncoder().encode(text));
      if ('fault' in read) {
        expect(written.sources).toEqual([]);
        return;
      }
      const { document, report } = withFeeds({ topics: [], sources: [] }, read.feeds, {
        topicId: null,
        faultOf: () => null,
      });
      const used = written.topics.filter((topic) => written.sources.some(({ topics: own }) => own?.includes(topic.id)));
      expect(byId(document)).toEqual(byId({ topics: used, sources: written.sources }));
      expect([report.repeated, report.unusable]).toEqual([[], []]);
    }),
  );
});

function byId(document: SourcesDocument): unknown {
  const sorted = (parts: readonly DocumentPart[] = []): readonly DocumentPart[] =>
    parts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { topics: sorted(document.topics), sources: sorted(document.sources) };
}
