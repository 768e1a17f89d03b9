import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Fault } from '../../src/config/faults.ts';
import { readSourcesFile, type Order } from '../../src/config/sources-file.ts';
import { sourcesJsonSchema } from '../../src/config/sources-schema.ts';
import { scheduleFault } from '../../src/pipeline/schedule.ts';

const judges = {
  scheduleFault,
  selectorFault: (selector: string) => (selector.includes('[[') ? 'is no CSS selector' : null),
};
const inRoot = (path: string): URL => new URL(`../../${path}`, import.meta.url);

const right = {
  site: { title: 'The Confluence', url: 'https://news.example.org' },
  topics: [{ id: 'world', title: 'World' }],
  sources: [{ id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed.xml', topics: ['world'] }],
};

const read = (document: unknown): ReturnType<typeof readSourcesFile> =>
  readSourcesFile(new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document)), judges);
const faultsOf = (document: unknown): readonly string[] => {
  const reading = read(document);
  return 'faults' in reading ? reading.faults.map((fault) => `${whereOf(fault)} ${fault.message}`) : [];
};
/** A fault of the whole has no path; one of its text has a place there. */
const whereOf = ({ path, place }: Fault): string =>
  path === '' && place !== null ? `line ${place.line}, column ${place.column}` : path;
const placedFaultsOf = (text: string): readonly string[] => {
  const reading = read(text);
  return 'faults' in reading
    ? reading.faults.map(({ path, place, message }) => `${place?.line}:${place?.column} ${path} ${message}`)
    : [];
};
const orderOf = (document: unknown): Order => {
  const reading = read(document);
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.order;
};

describe('a right file', () => {
  test('has its defaults filled in, the base address with its slash', () => {
    const { site, sources } = orderOf(right);
    expect(site).toMatchObject({ url: 'https://news.example.org/', language: 'en', timeZone: 'UTC', contact: null });
    expect(sources[0]).toMatchObject({
      content: 'auto',
      republish: 'full',
      schedule: '*/15 * * * *',
      enabled: true,
      weight: 1,
    });
  });

  test('is commercial, keeps nobody out and tells every real change, unless it says otherwise', () => {
    expect(orderOf(right)).toMatchObject({ site: { commercial: true, optOut: [] }, topics: [{ updates: 'all' }] });
    const optOut = ['silent.example', 'https://north.example/blog/', '*.south.example'];
    expect(
      orderOf({
        ...right,
        site: { ...right.site, commercial: false, optOut },
        topics: [{ ...right.topics[0], updates: 'corrections' }],
      }),
    ).toMatchObject({ site: { commercial: false, optOut }, topics: [{ updates: 'corrections' }] });
  });

  test('has no hub and no webhooks, unless it says which', () => {
    expect(orderOf(right)).toMatchObject({ site: { hub: null }, topics: [{ webhooks: [] }] });
    const webhooks = [{ url: 'https://site.example/hook', secretEnv: 'HARBOUR_SECRET', note: 'their desk' }];
    const withHub = (hub: unknown) =>
      orderOf({ ...right, site: { ...right.site, hub }, topics: [{ ...right.topics[0], webhooks }] });
    expect(withHub(true)).toMatchObject({
      site: { hub: { url: 'https://news.example.org/hub', isOwn: true } },
      topics: [{ webhooks: [{ url: 'https://site.example/hook', secretEnv: 'HARBOUR_SECRET' }] }],
    });
    expect(withHub('https://hub.example/').site.hub).toEqual({ url: 'https://hub.example/', isOwn: false });
  });

  test('lets a source overrule the defaults, and the defaults the program', () => {
    const { sources } = orderOf({
      ...right,
      defaults: { republish: 'excerpt', weight: 2 },
      sources: [{ ...right.sources[0], weight: 3 }],
    });
    expect(sources[0]).toMatchObject({ republish: 'excerpt', weight: 3 });
  });

  test('has names that can be shown: what nobody sees, and what turns a line around, is left out', () => {
    const named = (title: string) => ({
      site: { ...right.site, title, description: title },
      topics: [{ id: 'world', title, description: title }],
      sources: [{ ...right.sources[0]!, title }],
    });
    const { site, topics, sources } = orderOf(named('The \u202eriver\ufeff \ufffe & sea'));
    for (const { title } of [site, ...topics, ...sources]) expect(title).toBe('The river & sea');
    for (const { description } of [site, ...topics]) expect(description).toBe('The river & sea');
    const nothing = orderOf(named('\u202e\u200b'));
    expect([nothing.site, ...nothing.topics].map(({ title, description }) => [title, description])).toEqual([
      ['news.example.org', null],
      ['world', null],
    ]);
    expect(nothing.sources.map(({ title }) => title)).toEqual(['harbour']);
  });

  test('may begin with a byte order mark', () => {
    expect(orderOf(`\ufeff${JSON.stringify(right)}`).topics).toHaveLength(1);
  });

  test.each(['sources.json', 'demo/sources.json'])('is what the repository ships as %s', (path) => {
    const reading = readSourcesFile(readFileSync(inRoot(path)), judges);
    expect('faults' in reading ? reading.faults : []).toEqual([]);
  });
});

describe('a faulty file', () => {
  test('has all its faults told at once, each with its path and what would be right', () => {
    const faults = faultsOf({
      site: { titel: 'x', url: 'ftp://a' },
      defaults: { content: 'pages' },
      topics: [{ id: 'All', title: 'A' }],
      sources: [{ id: 'a', title: 'A', url: 'https://x.example/f', shedule: '* * * * *', topics: ['wrld'] }, 3],
    });
    expect(faults).toEqual([
      'site.title is missing: a text in quotes belongs here, as "The Daily Confluence"',
      'site.url must begin with https:// or http:// (it is "ftp://a")',
      expect.stringContaining('site.titel is not a known setting — did you mean "title"?'),
      'defaults.content is "pages", but must be one of "auto", "feed", "page" — did you mean "page"?',
      expect.stringContaining('topics[0].id must be 1 to 63 lower-case letters'),
      expect.stringContaining('sources[0].shedule is not a known setting — did you mean "schedule"?'),
      'sources[1] is 3, but must be an object {…}',
      'sources[0].topics[0] names "wrld", but there is no such topic',
    ]);
  });

  test.each([
    [false, 'site.hub must be true, for a hub of our own, or the address of another hub'],
    ['true', 'site.hub must be true (without quotation marks), for a hub of our own, or the address of another hub'],
    [
      'yes',
      'site.hub must be true, for a hub of our own, or the address of another hub, as "https://hub.example.org/"',
    ],
    [{}, 'site.hub must be true, for a hub of our own, or the address of another hub'],
    ['ftp://hub.example/', 'site.hub must begin with https:// or http://'],
  ])('is told what a hub may be in the place of %j', (hub, fault) => {
    expect(faultsOf({ ...right, site: { ...right.site, hub } })).toEqual([expect.stringContaining(fault)]);
  });

  test.each([
    [
      { topics: [{ ...right.topics[0], maxEntries: '50' }] },
      'maxEntries is "50", but must be a number, without quotation marks',
    ],
    [{ topics: [{ ...right.topics[0], maxEntries: 1e99 }] }, 'maxEntries is 1e+99, but must be at most 500'],
    [
      { topics: [{ ...right.topics[0], learn: 'true' }] },
      'learn is "true", but must be true or false, without quotation marks',
    ],
    [{ topics: [{ ...right.topics[0], learn: 'yes' }] }, 'learn is "yes", but must be true or false'],
    [
      { topics: [{ ...right.topics[0], match: { any: 'tide' } }] },
      'match.any is "tide", but must be a list […], as ["tide"]',
    ],
    [
      { site: { ...right.site, contact: [] } },
      'site.contact is a list, but must be a text in quotes, as "desk@example.org"',
    ],
    [
      { site: { ...right.site, place: { name: 'Port', latitude: 1 } } },
      'site.place must have both latitude and longitude, or neither',
    ],
    [{ sources: [{ ...right.sources[0], headers: { 'X-Key': 7 } }] }, 'headers.X-Key must be a text in quotes'],
    [
      { sources: [{ ...right.sources[0], remove: Array(51).fill('p') }] },
      'must hold at most 50 of them (it is a list)',
    ],
  ])('is told once, and in words, of a value of the wrong kind: %j', (change, end) => {
    const faults = faultsOf({ ...right, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]!.endsWith(end) ? end : faults[0]).toBe(end);
  });

  test('is told that a webhook’s secret stands in the environment', () => {
    const webhooks = [{ url: 'https://site.example/', secretEnv: 'a secret!' }, { url: 'https://other.example/' }];
    expect(faultsOf({ ...right, topics: [{ ...right.topics[0], webhooks }] })).toEqual([
      expect.stringContaining('topics[0].webhooks[0].secretEnv must be the name of an environment variable'),
      expect.stringContaining('topics[0].webhooks[1].secretEnv is missing'),
    ]);
  });

  test('names both places of a webhook that a topic has twice', () => {
    const webhook = { url: 'https://site.example/', secretEnv: 'A' };
    expect(faultsOf({ ...right, topics: [{ ...right.topics[0], webhooks: [webhook, webhook] }] })).toEqual([
      expect.stringMatching(/^topics\[0\]\.webhooks\[1\]\.url is .*, as topics\[0\]\.webhooks\[0\]\.url is already/),
    ]);
  });

  test('names both places of an id and of an address that stand twice', () => {
    const [source] = right.sources;
    expect(faultsOf({ ...right, sources: [source, source] })).toEqual([
      'sources[1].id is "harbour", as sources[0].id is already; each must be different',
      'sources[1].url is "https://harbour.example/feed.xml", as sources[0].url is already; each must be different',
    ]);
  });

  test('never has a password repeated', () => {
    const faults = faultsOf({ ...right, sources: [{ ...right.sources[0], url: 'https://user:secret@x.example/' }] });
    expect(faults).toHaveLength(1);
    expect(faults[0]).not.toContain('secret');
  });

  test.each([
    ['', 'line 1, column 1 the file is empty'],
    ['{"a":1,}', 'line 1, column 8 there is a comma before the closing bracket'],
    ['{"a":1\n"b":2}', 'line 2, column 1 a comma or colon is missing before this text'],
    ['{\n// x\n}', 'line 2, column 1 JSON has no comments; use a "note"'],
    ['[1,\n2,\n', 'line 3, column 1 the file ends in the middle: a bracket or quotation mark is not closed'],
    ['[1,]', 'line 1, column 4 there is a comma before the closing bracket'],
    ['{"a":[{"b":1},\n]}', 'line 2, column 1 there is a comma before the closing bracket'],
    ['{"a": x}', 'line 1, column 7 "x" stands without quotation marks'],
    ['{a:1}', 'line 1, column 2 "a" stands without quotation marks'],
    ['[1 /* x */]', 'line 1, column 4 JSON has no comments; use a "note"'],
    ['{"a":"b\n"}', 'line 1, column 8 a quotation mark is missing at the end of this line'],
    ['["a\\x"]', 'line 1, column 4 this escape is none; a backslash is written "\\\\"'],
    ['[}', 'line 1, column 2 the character "}" cannot stand here'],
    ['[01]', 'line 1, column 2 "01" stands without quotation marks'],
    ['{"a":1}}', 'line 1, column 8 the character "}" cannot stand here'],
    ['“a”', 'line 1, column 1 texts stand in straight double quotation marks'],
    ['null', ' is null, but must be an object {…}'],
  ])('that is no JSON or no object (%j) says where and what would help', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  test.each([
    [{ site: { ...right.site, optOut: ['silent'] } }, 'site.optOut[0] must be a host, as "example.org", or an address'],
    [{ site: { ...right.site, optOut: ['ftp://silent.example'] } }, 'site.optOut[0] must be a host'],
    [{ sources: [{ ...right.sources[0], schedule: '99 * * * *' }] }, 'sources[0].schedule is no cron expression'],
    [{ sources: [{ ...right.sources[0], schedule: '0 0 31 2 *' }] }, 'sources[0].schedule is no cron expression'],
    [
      { sources: [{ ...right.sources[0], url: 'https://x.example/{date}' }] },
      'sources[0].url is a template; write the address out',
    ],
    [
      { sources: [{ ...right.sources[0], url: `https://${'a'.repeat(64)}.example/` }] },
      'sources[0].url must name a host',
    ],
    [
      { sources: [{ ...right.sources[0], url: `https://x.example/${'a'.repeat(3000)}` }] },
      'sources[0].url must be at most 2000 characters',
    ],
    [
      { sources: [right.sources[0], { ...right.sources[0], id: 'b', url: 'HTTPS://Harbour.example:443/feed.xml#x' }] },
      'sources[1].url is "https://harbour.example/feed.xml", as sources[0].url is already',
    ],
    [
      { sources: [{ ...right.sources[0], topics: ['world', 'world'] }] },
      'sources[0].topics[1] is "world", as sources[0].topics[0] is already',
    ],
    [{ topics: [...right.topics, { id: 'feeds', title: 'x' }] }, 'topics[1].id is a reserved name'],
    [
      { topics: [{ ...right.topics[0], formerly: ['news', 'world'] }] },
      'topics[0].formerly[1] is "world", as topics[0].id is already',
    ],
    [
      {
        topics: [
          { ...right.topics[0], formerly: ['news'] },
          { id: 'sport', title: 'S', formerly: ['news'] },
        ],
      },
      'topics[1].formerly[0] is "news", as topics[0].formerly[0] is already; a former name is nobody\'s any more',
    ],
    [{ topics: [{ ...right.topics[0], formerly: ['News'] }] }, 'topics[0].formerly[0] must be 1 to 63 lower-case'],
    [{ sources: [{ ...right.sources[0], select: 'a[[' }] }, 'sources[0].select is no CSS selector'],
    [
      { sources: [{ ...right.sources[0], headers: { 'X-A': 'a\r\nHost: b' } }] },
      'sources[0].headers.X-A must be one line',
    ],
    [
      { sources: [{ ...right.sources[0], headers: { Cookie: 'a=b' } }] },
      'sources[0].headers.Cookie belongs into a variable of the environment, which "auth" names',
    ],
    [{ sources: [{ ...right.sources[0], weight: 1e9 }] }, 'sources[0].weight is 1000000000, but must be at most 10'],
    [{ note: 'x'.repeat(5001) }, 'note must be at most 5000 characters long'],
    [{ topics: [{ id: 'con', title: 'x' }], sources: [] }, 'topics[0].id is a reserved name'],
    [{ site: { ...right.site, url: 'https://x.example/?a=1' } }, 'site.url must end with its path'],
    [{ site: { ...right.site, timeZone: 'Mars/Olympus' } }, 'site.timeZone must be the name of a time zone'],
    [
      { topics: [{ id: 'world', title: 'W', match: { sources: ['harbor'] } }] },
      'topics[0].match.sources[0] names "harbor", but there is no such source — did you mean "harbour"?',
    ],
  ])('is refused for what it holds: %j', (change, start) => {
    const faults = faultsOf({ ...right, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]!.startsWith(start) ? start : faults[0]).toBe(start);
  });

  test('keeps the first name of a renamed topic, and the names of those that are closed', () => {
    const order = orderOf({
      ...right,
      topics: [
        { id: 'world', title: 'World', formerly: ['news', 'abroad'] },
        { id: 'sport', title: 'Sport', formerly: ['games'], closed: true },
      ],
      sources: [{ ...right.sources[0], topics: ['world', 'sport'] }],
    });
    expect(order.topics.map(({ id, foundedAs }) => [id, foundedAs])).toEqual([['world', 'news']]);
    expect(order.formerTopics).toEqual([
      { id: 'news', movedTo: 'world' },
      { id: 'abroad', movedTo: 'world' },
      { id: 'games', movedTo: null },
      { id: 'sport', movedTo: null },
    ]);
    expect(order.sources[0]!.topicIds).toEqual(['world']);
  });

  test('tells which sources name a topic that is closed, and whether the defaults do', () => {
    const [source] = right.sources;
    const reading = read({
      ...right,
      defaults: { topics: ['sport'] },
      topics: [...right.topics, { id: 'sport', title: 'Sport', closed: true }],
      sources: [
        { ...source, topics: ['world', 'sport'] },
        { id: 'b', title: 'B', url: 'https://b.example/' },
      ],
    });
    expect(reading).toMatchObject({
      closedNames: [
        { topicId: 'sport', sourceId: null },
        { topicId: 'sport', sourceId: 'harbour' },
      ],
    });
  });

  test('says which topics are private, and keeps their former names to itself', () => {
    const order = orderOf({
      ...right,
      topics: [
        { id: 'world', title: 'World' },
        { id: 'circle', title: 'Circle', private: true, formerly: ['ring'] },
        { id: 'team', title: 'Team', private: true, closed: true },
      ],
      sources: [{ ...right.sources[0], topics: ['world', 'circle'] }],
    });
    expect(order.topics.map((topic) => [topic.id, topic.private])).toEqual([
      ['world', false],
      ['circle', true],
    ]);
    expect(order.formerTopics).toEqual([
      { id: 'ring', movedTo: 'circle', private: true },
      { id: 'team', movedTo: null, private: true },
    ]);
  });

  test('names the line and the column of each faulty value, and of each name that is none or stands twice', () => {
    const text = `{
  "site": { "titel": "x", "url": "https://x.example/", "language": "en", "language": "pt" },
  "topics": [
    { "id": "world", "title": "World" },
    { "id": "sport", "title": 7 }
  ],
  "sources": [
    { "id": "a", "title": "\\u00e9\\"", "url": "ftp://a", "topics": ["world", "wrld"], "title": "A" }
  ],
  "topics": [{ "id": "world", "title": true }]
}`;
    expect(placedFaultsOf(text)).toEqual([
      '2:11 site.title is missing: a text in quotes belongs here, as "The Daily Confluence"',
      expect.stringMatching(/^2:13 site\.titel is not a known setting/),
      '10:40 topics[0].title is true, but must be a text in quotes, as "World"',
      expect.stringMatching(/^8:46 sources\[0\]\.url must begin with https/),
      '8:77 sources[0].topics[1] names "wrld", but there is no such topic — did you mean "world"?',
      '2:74 site.language is given twice, first at line 2, column 56; only the last would count, so take one of them out',
      expect.stringMatching(/^8:86 sources\[0\]\.title is given twice, first at line 8, column 18;/),
      expect.stringMatching(/^10:3 topics is given twice, first at line 3, column 3;/),
    ]);
  });

  test('may hold a name twice that is written in two ways, and is told so all the same', () => {
    const [source] = right.sources;
    const text = JSON.stringify({ ...right, sources: [{ ...source, note: 'a' }] });
    expect(placedFaultsOf(text.replace('"note":"a"', '"note":"a","n\\u006fte":"b"'))).toEqual([
      expect.stringMatching(/^1:\d+ sources\[0\]\.note is given twice/),
    ]);
  });

  test('is read whatever is nested in it, however deep', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(faultsOf(JSON.stringify({ ...right, note: 0 }).replace('"note":0', `"note":${deep}`))).toEqual([
      'note is a list, but must be a text in quotes',
    ]);
    expect(faultsOf(JSON.stringify({ ...right, note: '\n'.repeat(5_000_000) }))).toHaveLength(1);
  });

  test('says what a topic is called now that is named as it was called before', () => {
    const topics = [{ ...right.topics[0], id: 'abroad', formerly: ['world'] }];
    expect(faultsOf({ ...right, topics, defaults: { topics: ['world'] } })).toEqual([
      'sources[0].topics[0] names "world", but there is no such topic; it is called "abroad" now',
      'defaults.topics[0] names "world", but there is no such topic; it is called "abroad" now',
    ]);
  });

  test('has no secret repeated: no header, and no password of an address that stands twice', () => {
    const url = 'https://user:secret@harbour.example/feed.xml';
    const headers = { Authorization: 'Bearer secret', 'X-Key': 'secret\r\n' };
    const [source] = right.sources;
    const webhooks = [{ url: 'https://site.example/', secretEnv: 'my-secret!' }];
    const faults = faultsOf({
      ...right,
      topics: [{ ...right.topics[0], webhooks }],
      sources: [
        { ...source, url, headers },
        { ...source, id: 'b', url },
      ],
    });
    expect(faults).toHaveLength(6);
    expect(faults.filter((fault) => fault.replace('secretEnv', '').includes('secret'))).toEqual([]);
  });

  test('cannot reach into prototypes', () => {
    const faults = faultsOf(
      '{"__proto__":{"polluted":1},"site":{"title":"x","url":"https://x.example/"},"topics":[],"sources":[]}',
    );
    expect(faults).toHaveLength(1);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that is not UTF-8 is told so', () => {
    const reading = readSourcesFile(new Uint8Array([0x22, 0xff, 0xfe, 0x22]), judges);
    expect(reading).toEqual({ faults: [{ path: '', place: null, message: 'is not UTF-8 text; save it as UTF-8' }] });
  });
});

test('sources.schema.json is what the schema gives', () => {
  expect(readFileSync(inRoot('sources.schema.json'), 'utf8')).toBe(sourcesJsonSchema());
});
