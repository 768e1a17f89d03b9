import { expect, test } from '@jest/globals';
import { planMarkdown } from '../../src/cli/plan-markdown.ts';
import type { EntryChange } from '../../src/pipeline/plan/compare-entries.ts';
import type { FeedChange } from '../../src/pipeline/plan/compare-outputs.ts';
import type { Plan } from '../../src/pipeline/plan/make-plan.ts';
import { aSite, aTopic } from '../support/a-topic.ts';

const NOTHING: Plan = {
  lists: {
    sources: { added: [], removed: [], enabled: [], disabled: [], changed: [], forEntriesToCome: [] },
    topics: { added: [], removed: [], closed: [], renamed: [], merged: [], changed: [] },
    settings: [],
    others: [],
  },
  entries: [],
  unseen: [],
  feeds: [],
  files: [],
  fates: [],
  refused: [],
  unknown: { sources: [], takenAsUnchanged: [], withheld: [], pages: [] },
  askedNow: [],
};
const vanishing = (title: string): EntryChange => ({
  articleId: `urn:${title}`,
  sourceId: 'herald',
  title,
  link: null,
  fate: 'vanishes',
  from: ['world'],
  to: [],
  state: 'dropped',
  reason: 'no topic takes it',
});
const linesOf = (plan: Partial<Plan>, most = 2): string[] =>
  planMarkdown(
    { ...NOTHING, ...plan },
    {
      list: 'new.json',
      against: null,
      order: { site: aSite(), topics: [aTopic({ id: 'world', title: 'World' })], formerTopics: [], sources: [] },
      most,
    },
  );

test('where nothing would change, that is all that is said', () => {
  expect(linesOf({})).toEqual([
    '# What `new.json` would change',
    '',
    'Compared with what is published. Nothing was changed.',
    '',
    '## The edit',
    '',
    '- It says nothing new.',
    '',
    'No output would change.',
  ]);
});

test('of many the first are told, and how many more there are', () => {
  const lines = linesOf({ entries: ['A', 'B', 'C', 'D'].map(vanishing) });
  expect(lines).toContain('**4 vanish**');
  expect(lines).toContain('- A (`herald`): from `world`; dropped: no topic takes it');
  expect(lines).toContain('- … and 2 more (--all prints them)');
  expect(lines.join('\n')).not.toContain('- C (');
  expect(linesOf({ entries: ['A', 'B', 'C'].map(vanishing) }, Infinity).join('\n')).toContain('- C (');
});

test('a stranger’s title stays on its line, and is no Markdown', () => {
  const [line] = linesOf({ entries: [vanishing('# [x](y)\n\n<b>**\u202etxt')] }).filter((one) =>
    one.includes('herald'),
  );
  expect(line).toBe(
    String.raw`- \# \[x\](y) \<b\>\*\* txt (${'`herald`'}): from ${'`world`'}; dropped: no topic takes it`,
  );
});

test('each feed tells what comes, goes and changes, and each address what becomes of it', () => {
  const lines = linesOf({
    feeds: [
      {
        topicId: 'world',
        isPrivate: false,
        formerly: null,
        is: 'there',
        entries: 2,
        appear: [{ id: 'a', title: 'A', why: 'in world: it has the word "ferry"' }],
        vanish: [{ id: 'b', title: 'B', why: null }],
        change: [{ id: 'c', title: 'C', parts: ['body', 'rights'] }],
        documents: { added: 0, changed: 6, removed: 3 },
      },
    ],
    files: [
      { path: 'feeds/world.atom', kind: 'feeds', change: 'changed' },
      { path: 'feeds/old.atom', kind: 'feeds', change: 'removed' },
      { path: 'articles/2026/11/b.html', kind: 'article pages', change: 'removed' },
    ],
    fates: [
      { path: 'feeds/old.atom', fate: { kind: 'moved', to: 'feeds/world.atom' } },
      { path: 'articles/2026/11/b.html', fate: { kind: 'gone' } },
    ],
  });
  const at = lines.indexOf('## Feeds');
  expect(lines.slice(at)).toEqual([
    '## Feeds',
    '',
    '### World (world): 1 appear, 1 vanish, 1 change, documents 6 changed, 3 removed',
    '',
    '- + A: in world: it has the word "ferry"',
    '- − B',
    '- ~ C: body, rights',
    '',
    '## Files',
    '',
    '- feeds: 1 changed, 1 removed',
    '- article pages: 1 removed',
    '- 1 address leads on (301):',
    '  - `feeds/old.atom` → `feeds/world.atom`',
    '- 1 address answers 410:',
    '  - `articles/2026/11/b.html`',
  ]);
});

test('what holds for new entries alone is told as such, with what applies it to the others', () => {
  const { sources } = NOTHING.lists!;
  const lists = {
    ...NOTHING.lists!,
    sources: { ...sources, forEntriesToCome: [{ id: 'herald', settings: ['select'] }] },
  };
  expect(linesOf({ lists })).toContain(
    '- source `herald`: select holds for entries to come; `tributary reprocess --source herald` applies it to those that are kept',
  );
});

const aFeed = (topicId: string | null, some: Partial<FeedChange> = {}): FeedChange => ({
  topicId,
  isPrivate: false,
  formerly: null,
  is: 'there',
  entries: 2,
  appear: [],
  vanish: [],
  change: [],
  documents: { added: 0, changed: 3, removed: 0 },
  ...some,
});

test('a few lines on top tell what becomes of each feed; one whose entries stay as they are has no section', () => {
  const vanish = [{ id: 'urn:A', title: 'A', why: 'dropped: no topic takes it' }];
  const merges: EntryChange = { ...vanishing('B'), fate: 'merges', from: ['world'], to: ['world'], state: 'merged' };
  const lines = linesOf({
    entries: [vanishing('A'), merges],
    feeds: [aFeed(null, { vanish }), aFeed('world', { vanish }), aFeed('quiet')],
  });
  expect(lines.slice(4, 9)).toEqual([
    '## In short',
    '',
    '- Everything: 1 vanish, 1 merge',
    '- World (world): 1 vanish, 1 merge',
    '- … and 1 more (--all prints them)',
  ]);
  expect(lines.filter((line) => line.startsWith('### '))).toEqual([
    '### Everything: 0 appear, 1 vanish, 0 change, documents 3 changed',
    '### World (world): 0 appear, 1 vanish, 0 change, documents 3 changed',
  ]);
  expect(linesOf({ feeds: [aFeed('quiet')] }, 3)).toContain('- quiet: documents 3 changed');
});

test('why an entry comes or goes is told once', () => {
  const vanish = [{ id: 'urn:A', title: 'A', why: 'dropped: no topic takes it' }];
  const appear = [{ id: 'urn:N', title: 'N', why: 'in world: it has the word "ferry"' }];
  const text = linesOf({
    entries: [vanishing('A')],
    feeds: [aFeed(null, { vanish, appear }), aFeed('world', { vanish, appear })],
  });
  expect(text.filter((line) => line.includes('no topic takes it'))).toHaveLength(1);
  expect(text.filter((line) => line.includes('ferry'))).toEqual(['- + N: in world: it has the word "ferry"']);
  expect(text.filter((line) => line === '- − A')).toHaveLength(2);
});

test('of a changed setting it is told what it was and is, where that is known', () => {
  const { sources } = NOTHING.lists!;
  const values = [{ setting: 'topics', from: [], to: ['world', 'towns'] }];
  const changed = [{ id: 'herald', settings: ['topics', 'quota'], values }];
  expect(linesOf({ lists: { ...NOTHING.lists!, sources: { ...sources, changed } } })).toContain(
    '- source `herald`: topics none → `world` and `towns`, quota',
  );
});

test('a topic that goes on in another, and what stands beside site, topics and sources, are told', () => {
  const { topics } = NOTHING.lists!;
  const merged = [{ from: 'asia', to: 'world' }];
  const lines = linesOf({ lists: { ...NOTHING.lists!, topics: { ...topics, merged }, others: ['alerts'] } });
  expect(lines).toContain('- topic `asia` goes on in `world`');
  expect(lines).toContain('- alerts');
});

test('entries that nobody sees and that stand elsewhere are told of, also where no output would change', () => {
  expect(linesOf({ unseen: [{ state: 'held', count: 2 }] }).slice(-3)).toEqual([
    'No output would change.',
    '',
    'Entries that nobody sees would stand elsewhere: 2 held.',
  ]);
});

test('that pictures are to be copied is told, as the plan asks for none', () => {
  const lists = { ...NOTHING.lists!, settings: ['images'] };
  const order = { topics: [], formerTopics: [], sources: [] };
  const given = { list: 'new.json', against: null, most: 2 };
  const told = (images: 'cache' | 'hotlink'): boolean =>
    planMarkdown({ ...NOTHING, lists }, { ...given, order: { ...order, site: aSite({ images }) } }).some((line) =>
      line.includes('pictures are copied in the rounds after it is applied'),
    );
  expect([told('cache'), told('hotlink')]).toEqual([true, false]);
});
