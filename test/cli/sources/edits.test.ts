import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openListRoom, type ListRoom } from './run-on-list.ts';

const LIST = `{
  "site": { "title": "The Tide", "url": "https://tide.example/" },
  "defaults": { "republish": "excerpt" },
  "topics": [{ "id": "world", "title": "World" }],
  "sources": [
    { "id": "harbour", "title": "Harbour News", "url": "https://harbour.example/feed", "topics": ["world"] },
    { "id": "fen", "title": "Fen Gazette", "url": "https://fen.example/rss", "republish": "full", "note": "asked in May" },
    { "id": "old", "title": "Old Paper", "url": "https://old.example/rss", "enabled": false }
  ]
}
`;

let room: ListRoom;
beforeEach(() => {
  room = openListRoom(LIST);
});
afterEach(() => room[Symbol.dispose]());

describe('sources add', () => {
  test('makes an id of the title and puts the line at the end', async () => {
    const { code, stdout, stderr } = await room.run(
      'sources',
      'add',
      'tidewater.example/feed.xml',
      '--no-ask',
      '--title',
      'Tidewater & Sons',
      '--topic',
      'world',
      'weight=2',
    );
    expect([code, stdout.split('\n')[0]]).toEqual([
      0,
      'Added tidewater-sons: Tidewater & Sons, https://tidewater.example/feed.xml',
    ]);
    expect(stderr).toBe(
      `The list before is kept as ${room.file}.previous; tributary undo --sources ${room.file} puts it back.\n`,
    );
    expect(room.text()).toBe(
      LIST.replace(
        '"enabled": false }\n',
        '"enabled": false },\n    { "id": "tidewater-sons", "title": "Tidewater & Sons", "url": "https://tidewater.example/feed.xml", "topics": ["world"], "weight": 2 }\n',
      ),
    );
  });

  test('says so where a title makes no id, and how to choose one', async () => {
    const hint = 'Its title has no letters that an id may have';
    const add = (...args: readonly string[]) => room.run('sources', 'add', ...args, '--no-ask', '--dry-run');
    const counted = await room.run('sources', 'add', 'keizai.example/rss', '--no-ask', '--title', '経済');
    expect(counted.stdout).toContain(`Added keizai-example: 経済, https://keizai.example/rss\n${hint}`);
    expect(counted.stdout).toContain('(tributary sources remove keizai-example) and add it with --id ID');
    for (const args of [
      ['akhbar.example/rss', '--title', 'أخبار', '--id', 'akhbar'],
      ['novosti.example/rss', '--title', 'Новости'],
    ]) {
      expect((await add(...args)).code).toBe(0);
      const { stdout } = await room.run('sources', 'add', ...args, '--no-ask');
      expect(stdout).toContain('Added ');
      expect(stdout).not.toContain(hint);
    }
    expect(room.sources().map(({ id }) => id)).toEqual([
      'harbour',
      'fen',
      'old',
      'keizai-example',
      'akhbar',
      'novosti',
    ]);
  });

  test('refuses an address that is there in another spelling, an id that is taken, and what is no setting', async () => {
    for (const [args, told] of [
      [['http://www.harbour.example/feed/'], 'is there already, as "harbour" (https://harbour.example/feed)'],
      [['https://new.example/', '--id', 'fen'], 'there is a source "fen" already; give this one another --id'],
      [['https://new.example/', 'weight'], '"weight" is no setting; write it as key=value'],
      [[], 'Say which: tributary sources add ADDRESS'],
    ] as const) {
      const { code, stderr } = await room.run('sources', 'add', ...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
    }
    expect(room.text()).toBe(LIST);
  });

  test('tells what the schema says of a wrong setting', async () => {
    const { code, stderr } = await room.run(
      'sources',
      'add',
      'https://new.example/',
      '--no-ask',
      'republsh=full',
      'topics=["wrld"]',
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('That would make the list faulty:')]);
    expect(stderr).toContain('  sources[3] (new-example).republsh is not a known setting — did you mean "republish"?');
    expect(stderr).toContain('but there is no such topic — did you mean "world"?');
    expect(room.text()).toBe(LIST);
  });
});

describe('sources set', () => {
  test('changes those that meet the condition, which sees the defaults', async () => {
    const { code, stdout } = await room.run(
      'sources',
      'set',
      '--where',
      'republish=excerpt,enabled=true',
      'topics+=world',
      'weight=3',
    );
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'topics+=world weight=3: 1 of 1 sources changed (harbour).']);
    expect(room.text()).toBe(LIST.replace('"topics": ["world"] }', '"topics": ["world"], "weight": 3 }'));
  });

  test('leads down, takes away, and asks for no more than what is named', async () => {
    expect((await room.run('sources', 'set', 'harbour', 'fen', 'quota.most=5', 'quota.hours=24')).code).toBe(0);
    expect(room.sources().map(({ quota }) => quota)).toEqual([
      { most: 5, hours: 24 },
      { most: 5, hours: 24 },
      undefined,
    ]);
    expect((await room.run('sources', 'set', '--all', 'quota=', 'topics-=world')).code).toBe(0);
    expect(room.text()).toBe(LIST.replace(', "topics": ["world"]', ''));
  });

  test('shows the lines under --dry-run, and changes nothing', async () => {
    const { code, stdout } = await room.run('sources', 'set', 'fen', 'weight=2', '--dry-run');
    expect([code, room.text()]).toEqual([0, LIST]);
    expect(stdout.split('\n').filter((line) => /^[-+]/.test(line))).toEqual([
      '-     { "id": "fen", "title": "Fen Gazette", "url": "https://fen.example/rss", "republish": "full", "note": "asked in May" },',
      '+     { "id": "fen", "title": "Fen Gazette", "url": "https://fen.example/rss", "republish": "full", "note": "asked in May", "weight": 2 },',
    ]);
  });

  test('refuses what it does not understand', async () => {
    for (const [args, told] of [
      [['fen'], 'Say what'],
      [['weight=2'], 'Say of which: ids, --where CONDITIONS, or --all'],
      [['fne', 'weight=2'], 'there is no source "fne"; did you mean "fen"?'],
      [['fen', 'id=marsh'], 'An id stays'],
      [['--where', 'topics', 'weight=2'], '--where "topics" is none'],
      [['--where', 'topics=sport', 'weight=2'], 'No source is so'],
    ] as const) {
      const { code, stderr } = await room.run('sources', 'set', ...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
    }
    const { code, stderr } = await room.run('sources', 'set', 'fen', 'weight=heavy');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('sources[1] (fen).weight is "heavy", but must be a number'),
    ]);
    expect(room.text()).toBe(LIST);
  });
});

describe('lists of sources set', () => {
  const DEFAULTS = LIST.replace('"republish": "excerpt"', '"republish": "excerpt", "topics": ["world"]').replace(
    '"title": "World" }',
    '"title": "World" }, { "id": "seas", "title": "Seas" }',
  );

  test('are changed from what is in force, defaults among it', async () => {
    using other = openListRoom(DEFAULTS);
    expect((await other.run('sources', 'set', '--where', 'topics=world', 'topics+=seas')).code).toBe(0);
    expect(other.sources().map(({ topics }) => topics)).toEqual([
      ['world', 'seas'],
      ['world', 'seas'],
      ['world', 'seas'],
    ]);
    expect((await other.run('sources', 'set', 'fen', 'topics-=world', 'topics-=seas')).code).toBe(0);
    expect(other.sources()[1]!['topics']).toEqual([]);
  });

  test('are the only things that += and -= change, and no way leads through them', async () => {
    for (const [change, told] of [
      ['republish-=full', 'republish is no list: += and -= are for lists'],
      ['title+=x', 'title is no list: += and -= are for lists'],
      ['topics.world=', 'topics.world leads through what is no object'],
    ] as const) {
      const { code, stderr } = await room.run('sources', 'set', 'fen', 'harbour', change);
      expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
    }
    expect(room.text()).toBe(LIST);
  });

  test('find what has none of them, and know a name that is none', async () => {
    const { stdout } = await room.run('sources', 'list', '--where', 'topics=', '--json');
    expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual(['fen', 'old']);
    const { code, stderr } = await room.run('sources', 'set', '--where', 'urll~fen', 'weight=2');
    expect([code, stderr]).toEqual([2, '--where: a source has no setting "urll"; did you mean "url"?\n']);
    expect((await room.run('sources', 'set', 'fen', '--all', 'weight=2')).stderr).toContain(
      'Say ids or --all, not both',
    );
  });
});

test('sources remove takes the line away and says what stays', async () => {
  const { code, stdout } = await room.run('sources', 'remove', 'old');
  expect([code, stdout]).toEqual([0, expect.stringContaining('tributary retract --source ID')]);
  expect(room.text()).toBe(LIST.replace(/,\n[^\n]*"old"[^\n]*\n/, '\n'));
  expect((await room.run('sources', 'remove', 'older')).code).toBe(2);
});

test('sources list shows how each stands, and scripts the same', async () => {
  const { stdout } = await room.run('sources', 'list', '--where', 'enabled=false');
  expect(stdout.split('\n').slice(1)).toEqual([expect.stringMatching(/^old .*not enabled .*https:\/\/old/), '']);
  const { stdout: json } = await room.run('sources', 'list', '--json');
  expect((JSON.parse(json) as { id: string; standing: string }[]).map(({ id, standing }) => [id, standing])).toEqual([
    ['harbour', 'not asked yet'],
    ['fen', 'not asked yet'],
    ['old', 'not enabled'],
  ]);
});

test('topics add with a title in the place of an id tells the line that was meant', async () => {
  for (const [title, line] of [
    ['Новости', 'tributary topics add novosti --title Новости'],
    ['The Seas', "tributary topics add the-seas --title 'The Seas'"],
    ['経済', 'tributary topics add ID --title 経済'],
  ] as const) {
    const { code, stderr } = await room.run('topics', 'add', title);
    expect([code, stderr]).toEqual([
      2,
      `"${title}" can be no id: that is 1 to 63 lower-case letters, digits and hyphens. Say ${line}\n`,
    ]);
  }
  expect(room.text()).toBe(LIST);
});

test('topics add makes one by words or by sources, and says when nothing comes into it', async () => {
  expect((await room.run('topics', 'add', 'the-seas', '--any', 'ferry, sea level', 'group=true')).code).toBe(0);
  expect(room.text()).toBe(
    LIST.replace(
      '"World" }]',
      '"World" }, { "id": "the-seas", "title": "The seas", "match": { "any": ["ferry", "sea level"] }, "group": true }]',
    ),
  );
  const { stdout } = await room.run('topics', 'add', 'empty');
  expect(stdout).toContain('Nothing comes into it yet');
  expect((await room.run('topics', 'add', 'world')).code).toBe(2);
  expect((await room.run('topics', 'list')).stdout.split('\n').slice(1)).toEqual([
    expect.stringMatching(/^world +World +all of harbour$/),
    expect.stringMatching(/^the-seas +The seas +what its rule fits$/),
    expect.stringMatching(/^empty +Empty +nothing: it has no rule, and no source names it$/),
    '',
  ]);
});

test('topics set changes one, in the manner of sources set', async () => {
  expect((await room.run('topics', 'set', 'world', 'match.any+=ferry', 'group=true')).code).toBe(0);
  expect(room.text()).toBe(LIST.replace('"World" }', '"World", "match": { "any": ["ferry"] }, "group": true }'));
  for (const [args, told] of [
    [['wrld', 'group=true'], 'there is no topic "wrld"; did you mean "world"?'],
    [['world', 'id=seas'], 'An id stays'],
    [['world'], 'Say what'],
    [['world', 'title+=x'], 'title is no list'],
  ] as const) {
    const { code, stderr } = await room.run('topics', 'set', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  }
});

test('topics remove takes it out of the sources and the defaults too', async () => {
  expect((await room.run('topics', 'remove', 'world')).code).toBe(0);
  expect(room.text()).toBe(
    LIST.replace('[{ "id": "world", "title": "World" }]', '[]').replace(', "topics": ["world"]', ''),
  );
  expect((await room.run('topics', 'remove', 'world')).code).toBe(2);
});
