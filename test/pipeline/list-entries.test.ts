import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openListEntries, type EntryList, type ListAnswer, type ListEntries } from '../../src/pipeline/list-entries.ts';
import { KINDS, openArchiveWorld, publish, take, type Fault, type Step, type World } from './archive-world.ts';
import { follow, followerFaults, freshFaults, newFollower, type Follower } from './entry-followers.ts';

// A site that keeps asking with its last cursor has exactly what is published, and is told each thing once: whatever
// becomes of articles, rules and rights, over restarts, and however little it asks for at once.

const EACH = 2;
const anySteps: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.shuffledSubarray(
      KINDS.flatMap((kind) => Array.from({ length: kind === 'new entries' ? 10 : EACH }, () => kind)),
      { minLength: KINDS.length * EACH + 8 },
    ),
    fc.array(fc.nat({ max: 100_000 }), { minLength: 60, maxLength: 60 }),
  )
  .map(([kinds, picks]) => kinds.map((kind, at) => ({ kind, pick: picks[at]! })));

const BEGINNING: readonly Step[] = Array.from({ length: 3 }, (_, at) => ({ kind: 'new entries', pick: 4 + at * 5 }));
const TOPICS = ['all', 'world', 'events', 'ferries'] as const;

async function faultsIn(steps: readonly Step[], fault: Fault = {}): Promise<{ faults: string[]; told: number }> {
  const world = await openArchiveWorld(fault);
  const steady = TOPICS.map((id) => newFollower(id, 100));
  const small = TOPICS.map((id) => newFollower(id, 1));
  const seldom = TOPICS.map((id) => newFollower(id, 2));
  const isOpen = ({ topicId }: Follower): boolean =>
    topicId === 'all' || world.order.topics.some(({ id }) => id === topicId);
  try {
    const faults: string[] = [];
    let list = openListEntries({ store: world.store, orderNow: () => world.order });
    for (const [at, step] of [...BEGINNING, ...steps].entries()) {
      if (!(await take(world, step))) continue;
      if (step.kind === 'the program starts anew, in another version')
        list = openListEntries({ store: world.store, orderNow: () => world.order });
      // Also between a change and its publication, and with pages that are not read to their end. What is allowed by now is
      // told at once, and again when it is published: so what is told twice is no fault here.
      if (at > 2)
        for (const one of small.filter(isOpen))
          faults.push(...(await follow(one, list, step.pick % 5)).filter((fault) => !fault.endsWith('told twice')));
      await publish(world, step);
      for (const one of steady.filter(isOpen)) {
        faults.push(...(await follow(one, list)), ...(await followerFaults(world, one)));
        faults.push(...(await freshFaults(world, one.topicId)));
      }
      if (at % 9 === 0) for (const one of seldom.filter(isOpen)) faults.push(...(await follow(one, list)));
      if (faults.length > 0) return { faults: [`${at}: ${step.kind}`, ...faults], told: 0 };
    }
    for (const one of [...small, ...seldom].filter(isOpen))
      faults.push(
        ...(await follow(one, list)).filter((fault) => !small.includes(one) || !fault.endsWith('told twice')),
        ...(await followerFaults(world, one)),
      );
    return { faults, told: steady[0]!.told };
  } finally {
    await world.store[Symbol.asyncDispose]();
  }
}

test('who asks with the last cursor has exactly what is published, through any history', async () => {
  let told = 0;
  const property = fc.asyncProperty(anySteps, async (steps) => {
    const found = await faultsIn(steps);
    told += found.told;
    expect(found.faults).toEqual([]);
  });
  await fc.assert(property, { numRuns: 2, seed: 20_261_125, endOnFailure: true });
  expect(told).toBeGreaterThan(100);
}, 300_000);

const KNOWN: readonly Step[] = [
  { kind: 'a correction', pick: 1 },
  { kind: 'a story is retracted', pick: 2 },
  { kind: 'rights are tightened', pick: 0 },
  { kind: 'a topic takes others', pick: 0 },
  { kind: 'new entries', pick: 3 },
];

test.each<readonly [string, RegExp, Fault]>([
  [
    'nobody is told of what is gone',
    /is kept/,
    { store: (store) => ({ ...store, savePlaced: (placed) => store.savePlaced({ ...placed, gone: [] }) }) },
  ],
  [
    'a correction has no turn of its own',
    /is told as of|was not told/,
    {
      store: (store) => ({
        ...store,
        savePlaced: (placed) =>
          store.savePlaced({
            ...placed,
            there: placed.there.filter(({ published, updated }) => published === updated),
          }),
      }),
    },
  ],
  [
    'nobody looks at entries again when rights are tightened',
    /is in a file/,
    { store: (store) => ({ ...store, lookAgain: () => Promise.resolve(), reopenChain: () => Promise.resolve() }) },
  ],
  [
    'a turn is passed over',
    /was not told/,
    {
      store: (store) => ({
        ...store,
        entriesSince: async (topicId, turns, limit) =>
          (await store.entriesSince(topicId, turns, limit)).filter(({ turn }) => turn % 7 !== 3),
      }),
    },
  ],
  [
    'a turn is told again',
    /told twice/,
    {
      store: (store) => ({
        ...store,
        entriesSince: (topicId, turns, limit) =>
          store.entriesSince(topicId, { ...turns, after: Math.max(0, turns.after - 1) }, limit),
      }),
    },
  ],
])('it is found when %s', async (_, says, fault) => {
  const { faults } = await faultsIn(KNOWN, fault);
  expect(faults.filter((one) => says.test(one))).not.toEqual([]);
});

describe('a cursor', () => {
  const listed = (answer: ListAnswer): EntryList => {
    if (answer.kind !== 'listed') throw new Error(`the answer is ${answer.kind}`);
    return answer.list;
  };
  const opened = async (): Promise<{ world: World; list: ListEntries; cursor: string }> => {
    const world = await openArchiveWorld();
    for (const step of BEGINNING) {
      await take(world, step);
      await publish(world, step);
    }
    const list = openListEntries({ store: world.store, orderNow: () => world.order });
    return { world, list, cursor: listed(await list({ topicId: 'world', since: null, limit: 2 })).next };
  };
  const altered = (cursor: string, change: (parts: unknown[]) => void): string => {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    change(parts);
    return Buffer.from(JSON.stringify(parts)).toString('base64url');
  };

  test('that was never given is none, and one of another publication has ended', async () => {
    const { world, list, cursor } = await opened();
    const kindOf = async (since: string, topicId = 'world'): Promise<string> =>
      (await list({ topicId, since, limit: 2 })).kind;
    expect(await kindOf(cursor)).toBe('listed');
    expect(await kindOf(cursor, 'all')).toBe('no-cursor');
    const none = ['', 'x', '0', '[]', `${cursor}=`, `${cursor}A`, ` ${cursor}`, 'A'.repeat(600), 'e30', 'bnVsbA'];
    for (const since of none) expect([since, await kindOf(since)]).toEqual([since, 'no-cursor']);
    for (const [place, value] of [
      [0, 2],
      [1, 5],
      [2, null],
      [3, -1],
      [3, 1.5],
      [3, '1'],
      [4, 1e300],
      [4, undefined],
    ] as const)
      expect(await kindOf(altered(cursor, (parts) => void (parts[place] = value)))).toBe('no-cursor');
    expect(await kindOf(altered(cursor, (parts) => void (parts[1] = '2020-01-01T00:00:00Z')))).toBe('cursor-ended');
    expect(await kindOf(altered(cursor, (parts) => void (parts[3] = 1_000_000)))).toBe('cursor-ended');
    await world.store[Symbol.asyncDispose]();
  });

  test('stays as it is while nothing changes, and reads on where it was, also after a restart', async () => {
    const { world, list, cursor } = await opened();
    const rest = listed(await list({ topicId: 'world', since: cursor, limit: 100 }));
    expect([rest.changes.length > 5, rest.hasMore]).toEqual([true, false]);
    const again = openListEntries({ store: world.store, orderNow: () => world.order });
    expect(listed(await again({ topicId: 'world', since: rest.next, limit: 100 }))).toEqual({ ...rest, changes: [] });
    expect(listed(await again({ topicId: 'world', since: cursor, limit: 100 }))).toEqual(rest);
    await world.store[Symbol.asyncDispose]();
  });

  test('is good for a topic under its new name, and the old one says where that is; a closed one is closed', async () => {
    const { world, list, cursor } = await opened();
    const rest = listed(await list({ topicId: 'world', since: cursor, limit: 100 }));
    world.order = {
      ...world.order,
      topics: world.order.topics.map((topic) => (topic.id === 'world' ? { ...topic, id: 'globe' } : topic)),
      formerTopics: [
        { id: 'world', movedTo: 'globe' },
        { id: 'gone', movedTo: null },
      ],
      sources: world.order.sources.map((source) => ({ ...source, topicIds: ['globe', 'events'] })),
    };
    await publish(world, { kind: 'new entries', pick: 0 });
    expect(await list({ topicId: 'world', since: cursor, limit: 9 })).toEqual({ kind: 'moved', to: 'globe' });
    expect(await list({ topicId: 'gone', since: null, limit: 9 })).toEqual({ kind: 'closed' });
    const globe = newFollower('globe', 100);
    for (const change of rest.changes) if (change.kind === 'entry') globe.has.set(change.entry.id, change.entry);
    globe.next = rest.next;
    expect(await follow(globe, list)).toEqual([]);
    await world.store[Symbol.asyncDispose]();
  });

  test('of a private topic is none, as there is no such topic for whoever has no token', async () => {
    const { world, list, cursor } = await opened();
    world.order = {
      ...world.order,
      topics: world.order.topics.map((topic) => ({ ...topic, private: topic.id === 'world' })),
    };
    for (const since of [null, cursor])
      expect(await list({ topicId: 'world', since, limit: 9 })).toEqual({ kind: 'no-such-topic' });
    expect(await list({ topicId: 'nowhere', since: null, limit: 9 })).toEqual({ kind: 'no-such-topic' });
    await world.store[Symbol.asyncDispose]();
  });

  test('is given by no publication that is not there yet', async () => {
    const world = await openArchiveWorld();
    const asked = { topicId: 'all', since: null, limit: 9 };
    expect(await openListEntries({ store: world.store, orderNow: () => null })(asked)).toEqual({
      kind: 'not-published-yet',
    });
    expect(await openListEntries({ store: world.store, orderNow: () => world.order })(asked)).toEqual({
      kind: 'not-published-yet',
    });
    await world.store[Symbol.asyncDispose]();
  });
});
