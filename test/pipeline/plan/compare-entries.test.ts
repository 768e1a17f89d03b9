import { expect, test } from '@jest/globals';
import { compareEntries, type EntryFate } from '../../../src/pipeline/plan/compare-entries.ts';
import type { StandingEntry } from '../../../src/pipeline/plan/published-state.ts';

const entry = (given: Partial<StandingEntry> = {}): StandingEntry => ({
  articleId: 'urn:a',
  sourceId: 'harbour',
  title: 'Ferry sails',
  link: null,
  state: 'published',
  reason: 'in world: it has the word "ferry"',
  storyId: 'urn:a',
  leads: true,
  topicIds: ['world'],
  ...given,
});
const dropped = entry({ state: 'dropped', reason: 'no topic takes it', topicIds: [] });
const merged = entry({ state: 'merged', storyId: 'urn:b', leads: false });
const only = (one: StandingEntry | null): { readonly entries: ReadonlyMap<string, StandingEntry> } => ({
  entries: new Map(one === null ? [] : [[one.articleId, one]]),
});

test.each<readonly [string, StandingEntry | null, StandingEntry, EntryFate | null]>([
  ['a new entry in a topic appears', null, entry(), 'appears'],
  ['a dropped entry that a topic takes appears', dropped, entry(), 'appears'],
  ['an entry that no topic takes any more vanishes', entry(), dropped, 'vanishes'],
  ['a new entry that is told in another’s is merged', null, merged, 'merges'],
  ['an entry of its own that is told in another’s is merged', entry(), merged, 'merges'],
  ['what was merged into another and has its own entry is separated', merged, entry(), 'separates'],
  ['what was among others and is shown in their place leads', { ...merged, storyId: 'urn:a' }, entry(), 'leads'],
  ['what leads no more, in the same entry, is told of by who does', entry(), { ...merged, storyId: 'urn:a' }, null],
  ['an entry in another topic moves', entry(), entry({ topicIds: ['towns'] }), 'moves'],
  ['an entry in one topic more moves', entry(), entry({ topicIds: ['towns', 'world'] }), 'moves'],
  [
    'an entry in a topic that has another name stays',
    entry({ topicIds: ['old', 'world'] }),
    entry({ topicIds: ['new', 'world'] }),
    null,
  ],
  ['what was merged vanishes with its entry, which is told already', merged, { ...merged, topicIds: [] }, null],
  ['what stays as it is is no change', entry(), entry(), null],
])('%s', (_, was, is, fate) => {
  const { changes } = compareEntries(only(was), only(is), new Map([['old', 'new']]));
  expect(changes.map((change) => change.fate)).toEqual(fate === null ? [] : [fate]);
});

test('what nobody sees and stands elsewhere is counted, and no more', () => {
  const held = entry({ ...dropped, state: 'held' });
  expect(compareEntries(only(dropped), only(held), new Map())).toEqual({
    changes: [],
    unseen: [{ state: 'held', count: 1 }],
  });
});
