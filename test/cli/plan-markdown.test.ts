import { expect, test } from '@jest/globals';
import { planMarkdown } from '../../src/cli/plan-markdown.ts';
import type { EntryChange } from '../../src/pipeline/plan/compare-entries.ts';
import type { Plan } from '../../src/pipeline/plan/make-plan.ts';
import { aSite, aTopic } from '../support/a-topic.ts';

const NOTHING: Plan = {
  lists: {
    sources: { added: [], removed: [], enabled: [], disabled: [], changed: [], forEntriesToCome: [] },
    topics: { added: [], removed: [], closed: [], renamed: [], changed: [] },
    settings: [],
  },
  entries: [],
  unseen: [],
  feeds: [],
  files: [],
  fates: [],
  refused: [],
  unknown: { sources: [], takenAsUnchanged: [], pages: [] },
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
