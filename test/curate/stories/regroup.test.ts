import { expect, test } from '@jest/globals';
import { nameStories, type Regroup } from '../../../src/curate/stories/name-stories.ts';
import { regroup, type GroupedTexts } from '../../../src/curate/stories/regroup.ts';
import { numbersFrom } from './numbers-from.ts';

type Member = { readonly id: string; readonly storyId: string; readonly near: Record<string, number> };

function aMember(id: string, storyId: string, near: Record<string, number> = {}): Member {
  return { id, storyId, near };
}

/** Full reports in the order they came, each near some of the others. */
function windowOf(members: readonly Member[]): GroupedTexts {
  const nearEach = members.length;
  const near = new Int32Array(members.length * nearEach).fill(-1);
  const likenesses = new Float32Array(near.length);
  for (const [place, member] of members.entries())
    for (const [which, [other, likeness]] of Object.entries(member.near).entries()) {
      near[place * nearEach + which] = members.findIndex(({ id }) => id === other);
      likenesses[place * nearEach + which] = likeness;
    }
  return {
    ids: members.map(({ id }) => id),
    storyIds: members.map(({ storyId }) => storyId),
    words: members.map(() => 100),
    near,
    likenesses,
    nearEach,
  };
}

test('two stories that a later report shows to be one are joined under the older id', () => {
  const members = [
    aMember('a', 'a'),
    aMember('b', 'b', { a: 0.2 }),
    aMember('c', 'a', { a: 0.6, b: 0.7 }),
    aMember('d', 'a', { a: 0.5, b: 0.7, c: 0.8 }),
  ];
  const { moved, redirects } = regroup(windowOf(members), new Map());
  expect(moved).toEqual([{ id: 'b', storyId: 'a' }]);
  expect([...redirects]).toEqual([['b', 'a']]);
});

test('a report that is like nothing in its story founds its own', () => {
  const members = [aMember('a', 'a'), aMember('b', 'a', { a: 0.9 }), aMember('c', 'a', { a: 0.15 })];
  const { moved, redirects } = regroup(windowOf(members), new Map());
  expect(moved).toEqual([{ id: 'c', storyId: 'c' }]);
  expect(redirects.size).toBe(0);
});

test('the id stays with most of the reports, though its founder leaves', () => {
  const texts: Regroup[] = [
    { id: 'a', storyId: 'a', group: 'x' },
    { id: 'b', storyId: 'a', group: 'y' },
    { id: 'c', storyId: 'a', group: 'y' },
  ];
  expect([...nameStories(texts, new Map()).names]).toEqual([
    ['y', 'a'],
    ['x', 'a/2'],
  ]);
});

test('a joined story that parts again gets its own id back, and no redirect contradicts it', () => {
  const texts: Regroup[] = [
    { id: 'a', storyId: 'a', group: 'x' },
    { id: 'c', storyId: 'a', group: 'x' },
    { id: 'b', storyId: 'a', group: 'y' },
  ];
  const { names, redirects } = nameStories(texts, new Map([['b', 'a']]));
  expect(names.get('y')).toBe('b');
  expect(redirects.size).toBe(0);
});

type Naming = typeof nameStories;

/** Groups texts at random again and again; what breaks a promise about published ids is told. */
function brokenPromises(
  naming: Naming,
  seed: number,
  steps: { joined: number; parted: number; came: number },
): string[] {
  const random = numbersFrom(seed);
  const faults: string[] = [];
  let texts: { id: string; storyId: string }[] = [];
  let redirects: ReadonlyMap<string, string> = new Map();
  const published = new Set<string>();
  for (let round = 0; round < 12; round++) {
    const first = round * 10;
    for (let at = 0; at < random(6); at++) {
      texts.push({ id: `t${first + at}`, storyId: `t${first + at}` });
      steps.came++;
    }
    for (const { storyId } of texts) published.add(storyId);
    const groups = 1 + random(5);
    const keeps = random(2) === 0;
    const regrouped = texts.map((text) => ({ ...text, group: keeps ? text.storyId : `g${random(groups)}` }));
    const named = naming(regrouped, redirects);
    const before = new Set(texts.map(({ storyId }) => storyId));
    texts = regrouped.map(({ id, group }) => ({ id, storyId: named.names.get(group)! }));
    redirects = named.redirects;
    const living = new Set(named.names.values());
    for (const id of living) if (!before.has(id)) steps.parted++;
    for (const id of before) if (!living.has(id)) steps.joined++;
    if (living.size !== named.names.size) faults.push('two stories bear one id');
    for (const id of published) {
      const leads = living.has(id) ? id : redirects.get(id);
      if (leads === undefined || !living.has(leads)) faults.push(`${id} leads nowhere`);
      if (living.has(id) && redirects.has(id)) faults.push(`${id} lives and leads elsewhere`);
    }
    if (keeps && regrouped.some(({ storyId, group }) => named.names.get(group) !== storyId))
      faults.push('an id changed though nothing was regrouped');
    for (const { storyId } of texts) published.add(storyId);
  }
  return faults;
}

test('an id once published always leads to one living story, however the window is regrouped', () => {
  const steps = { joined: 0, parted: 0, came: 0 };
  for (let seed = 1; seed <= 300; seed++) expect(brokenPromises(nameStories, seed, steps)).toEqual([]);
  expect(steps.came).toBeGreaterThan(3000);
  expect(steps.joined).toBeGreaterThan(1000);
  expect(steps.parted).toBeGreaterThan(500);
});

test.each<readonly [string, Naming]>([
  ['redirects are forgotten', (texts) => ({ ...nameStories(texts, new Map()), redirects: new Map() })],
  [
    'a group is named by its first text',
    (texts, redirects) => ({
      names: new Map(texts.toReversed().map(({ id, group }) => [group, id])),
      redirects: nameStories(texts, redirects).redirects,
    }),
  ],
  [
    'old redirects are kept beside new names',
    (texts, redirects) => {
      const named = nameStories(texts, redirects);
      return { names: named.names, redirects: new Map([...named.redirects, ...redirects]) };
    },
  ],
])('the promise is seen to break when %s', (_fault, naming) => {
  const steps = { joined: 0, parted: 0, came: 0 };
  const faults = Array.from({ length: 20 }, (_, seed) => brokenPromises(naming, seed + 1, steps)).flat();
  expect(faults).not.toEqual([]);
});
