import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDemoWorld } from '../../../bench/support/demo-world.ts';
import { openApp } from '../../../src/app/open-app.ts';
import { digestOfRenderer } from '../../../src/app/code-digests.ts';
import { readConfig, type Config } from '../../../src/config/config.ts';
import { readSourcesFile, type Order } from '../../../src/config/sources-file.ts';
import { selectorFault } from '../../../src/extract/body/selector-fault.ts';
import { openOutbound } from '../../../src/fetch/open-outbound.ts';
import { isComplete, makePlan, type Plan } from '../../../src/pipeline/plan/make-plan.ts';
import { openRehearsalRoom, type RehearsalRoom } from '../../../src/pipeline/plan/open-rehearsal-room.ts';
import { runCycle } from '../../../src/pipeline/run-cycle.ts';
import { scheduleFault } from '../../../src/pipeline/schedule.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { stoppedClock, systemClock } from '../../../src/support/clock.ts';
import { silentLog } from '../../../src/support/log.ts';
import { editedList, type Elsewhere, type Step, type WrittenList } from './list-edits.ts';

// The demo after three rounds of news, and what an edit of its list is planned and found to do there.

const THEN = ['2026-11-24T07:00:00Z', '2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z'] as const;
const NOW = '2026-11-24T09:30:00Z';
const never = new AbortController().signal;

/** What makes a rehearsal wrong, to see that it is found. */
export type PlantedFault = (room: RehearsalRoom) => RehearsalRoom;

export type Tried = {
  readonly done: readonly Step['kind'][];
  readonly outcome: 'faulty' | 'nothing' | 'changes';
  /** The first plan did not know all, and said so; the second asked. */
  readonly asked: boolean;
  readonly plan: Plan | null;
  /** Files that the plan has otherwise than they came to be, and what the plan changed though it may not. */
  readonly wrong: readonly string[];
};

export type PlanWorld = AsyncDisposable & {
  readonly list: WrittenList;
  /** Plans an edit on a copy of the world, applies it there, and compares. */
  tryEdit(steps: readonly Step[], fault?: PlantedFault): Promise<Tried>;
};

/** @param room an empty folder, for the world to live in */
export async function openPlanWorld(room: string): Promise<PlanWorld> {
  const base = join(room, 'base');
  await using parts = new AsyncDisposableStack();
  const world = parts.use(await openDemoWorld(base, (written) => baseList(written as WrittenList)));
  const full = JSON.parse(readFileSync(join(base, 'sources.json'), 'utf8')) as WrittenList;
  const take = (id: string): WrittenList['sources'][number] => full.sources.find((source) => source.id === id)!;
  const elsewhere: Elsewhere = { askedBefore: take('lantern-review'), neverAsked: take('brightfield-science') };
  const first = without(full, ['brightfield-science']);
  const list = without(first, ['lantern-review']);
  for (const [round, now] of THEN.entries()) {
    if (round > 0) world.newsroom.tick(1);
    const order = read(round === 0 ? first : list)!;
    await world.open({ now }, async (app) => {
      await runCycle(app, { order, which: 'all', onSource: () => {} }, never);
    });
  }
  let copies = 0;
  const running = parts.move();
  return {
    list,
    async tryEdit(steps, fault = (given) => given) {
      const { list: edited, done } = editedList(list, steps, elsewhere);
      const order = read(edited);
      const nothing = { done, asked: false, plan: null, wrong: [] };
      if (order === null) return { ...nothing, outcome: 'faulty' };
      const place = join(room, String(++copies));
      mkdirSync(place, { recursive: true });
      for (const folder of ['data', 'output']) cpSync(join(base, folder), join(place, folder), { recursive: true });
      try {
        const config = configIn(place);
        const before = digestOfPlace(config);
        let planned = await plannedTree(config, order, { fetch: false, fault });
        const asked = !isComplete(planned.plan);
        if (asked) planned = await plannedTree(config, order, { fetch: true, fault });
        const untouched = digestOfPlace(config) === before ? [] : ['the plan changed the database or the files'];
        {
          await using app = await openApp(config, order.site, silentLog);
          await runCycle(app, { order, which: 'all', onSource: () => {} }, never);
        }
        const came = await treeOfPlace(config);
        const wrong = [...untouched, ...differences(planned.tree, came)];
        const changes = planned.plan.files.length + planned.plan.entries.length > 0;
        return { done, asked, plan: planned.plan, wrong, outcome: changes ? 'changes' : 'nothing' };
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The demo's list with what it has not: a private topic, one that groups, one with few entries. */
function baseList(written: WrittenList): WrittenList {
  const topics = written.topics.map((topic) => {
    if (topic.id === 'business') return { ...topic, maxEntries: 4 };
    return topic.id === 'world' ? { ...topic, group: true, maxEntries: 10 } : topic;
  });
  const inner = { id: 'inner', title: 'Inner', private: true, match: { any: ['ferry', 'museum'] } };
  return { ...written, topics: [...topics, inner] };
}

function without(list: WrittenList, ids: readonly string[]): WrittenList {
  return { ...list, sources: list.sources.filter(({ id }) => !ids.includes(id)) };
}

function read(list: WrittenList): Order | null {
  const reading = readSourcesFile(Buffer.from(JSON.stringify(list)), { scheduleFault, selectorFault });
  return 'order' in reading ? reading.order : null;
}

function configIn(place: string): Config {
  const flags = {
    data: join(place, 'data'),
    output: join(place, 'output'),
    'allow-network': '127.0.0.0/8',
    'host-spacing-ms': '0',
  };
  const reading = readConfig(flags, { TRIBUTARY_NOW: NOW });
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.config;
}

/** What is published, by path, with the secrets of private topics left out. */
type Tree = ReadonlyMap<string, string>;

async function plannedTree(
  config: Config,
  order: Order,
  { fetch, fault }: { readonly fetch: boolean; readonly fault: PlantedFault },
): Promise<{ readonly plan: Plan; readonly tree: Tree }> {
  await using parts = new AsyncDisposableStack();
  const clock = stoppedClock(NOW);
  const room = fault(parts.use(await openRehearsalRoom(config, { clock: systemClock() })));
  const settings = { userAgent: 'test', allowedNetworks: config.allowNetwork, hostSpacingMs: 0 };
  const anew = fetch ? parts.use(openOutbound({ clock: systemClock() }, settings)).outbound : null;
  const limits = { maxFeedBytes: config.maxFeedBytes, maxPageBytes: config.maxPageBytes, timeoutMs: 30_000 };
  const plan = await makePlan(
    {
      room,
      anew,
      clock,
      log: silentLog,
      rendererDigest: await digestOfRenderer(),
      userAgent: 'test',
      atOnce: 8,
      limits,
    },
    { order, against: null },
    () => {},
    never,
  );
  const tokens = (await room.store.privateTokens()).map(({ token }) => token);
  const tree = new Map<string, string>();
  for (const path of (await room.store.outputs()).keys()) {
    const [, topicId, file = path] = /^private:([^/]+)\/(.*)$/.exec(path) ?? [];
    const folder = topicId === undefined ? room.output : await room.privateRooms.output(topicId);
    const bytes = await folder.read(file);
    if (bytes !== null) tree.set(path, digestWithout(tokens, bytes));
  }
  return { plan, tree };
}

async function treeOfPlace(config: Config): Promise<Tree> {
  await using store = await openStore({ databaseUrl: null, dataDir: config.data }, { clock: systemClock() });
  const tokens = (await store.privateTokens()).map(({ token }) => token);
  const tree = new Map<string, string>();
  for (const file of filesIn(config.output))
    tree.set(relative(config.output, file), digestWithout(tokens, readFileSync(file)));
  const rooms = join(config.data, 'private');
  for (const file of filesIn(rooms))
    tree.set(`private:${relative(rooms, file)}`, digestWithout(tokens, readFileSync(file)));
  return tree;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function digestWithout(tokens: readonly string[], bytes: Uint8Array): string {
  let text = Buffer.from(bytes).toString('latin1');
  for (const token of tokens) text = text.replaceAll(token, 'TOKEN');
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

/** Of the contents of all tables, and of all files beside the database. */
function digestOfPlace(config: Config): string {
  const digest = createHash('sha256');
  using file = new DatabaseSync(join(config.data, 'tributary.sqlite'), { readOnly: true });
  const tables = file.prepare(`select name from sqlite_schema where type = 'table' order by name`).all();
  for (const { name } of tables)
    for (const row of file.prepare(`select * from "${String(name)}"`).iterate())
      for (const value of Object.values(row)) digest.update(value instanceof Uint8Array ? value : `${String(value)}\n`);
  for (const path of [...filesIn(config.output), ...filesIn(join(config.data, 'private'))].toSorted())
    digest.update(path).update(readFileSync(path));
  return digest.digest('hex');
}

function differences(planned: Tree, came: Tree): string[] {
  const paths = [...new Set([...planned.keys(), ...came.keys()])].toSorted();
  return paths.flatMap((path) => {
    if (!came.has(path)) return [`${path} is planned, and did not come to be`];
    if (!planned.has(path)) return [`${path} came to be, and was not planned`];
    return planned.get(path) === came.get(path) ? [] : [`${path} came to be otherwise than it was planned`];
  });
}
