// Two proofs that what is published depends on what is stored, and on nothing else.
//   1. One stored state, published three times: under another clock, with the list of sources shuffled, after a restart. The
//      SHA-256 of every file is the same.
//   2. So many simulated hours without news (24), every 15 minutes: the service asks its sources, which answer 304, and every
//      conditional request to its own server is answered 304; no file is written.
//   node bench/two-renderings.ts [HOURS]
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Order } from '../src/config/sources-file.ts';
import { digestOf, differences, treeOf } from './support/output-tree.ts';
import { DEMO_EPOCH, openDemoWorld, type DemoWorld } from './support/demo-world.ts';

const hours = Number(process.argv[2] ?? 24);
const STEP_MINUTES = 15;
const after = (minutes: number): string =>
  new Date(Date.parse(DEMO_EPOCH) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
const room = mkdtempSync(join(tmpdir(), 'tributary-two-renderings-'));
const signal = new AbortController().signal;
const faults: string[] = [];
try {
  await using world = await openDemoWorld(join(room, 'world'));
  console.log(JSON.stringify(await sameBytes(world)));
  console.log(JSON.stringify(await quietHours(world)));
} finally {
  rmSync(room, { recursive: true, force: true });
}
for (const fault of faults.slice(0, 40)) console.log(`FAULT ${fault}`);
console.log(JSON.stringify({ faults: faults.length }));
process.exit(faults.length === 0 ? 0 : 1);

/** The state is made once, without publishing; each publication begins with a copy of it and an empty folder. */
async function sameBytes(world: DemoWorld): Promise<object> {
  const data = join(room, 'state');
  for (const minutes of [0, 180]) {
    if (minutes > 0) world.newsroom.tick(2);
    await world.open({ now: after(minutes), data, output: join(room, 'unused') }, async (app) => {
      for await (const _ of app.refresh(world.order, 'all', signal));
      await app.curate(world.order, signal);
    });
  }
  const { order } = world;
  const trees = [
    await publishCopy(world, data, { name: 'one clock', minutes: 180, order }),
    await publishCopy(world, data, { name: 'another clock', minutes: 180 + 51 * 60 + 7, order }),
    await publishCopy(world, data, { name: 'shuffled sources', minutes: 190, order: shuffled(order) }),
    await publishCopy(world, data, { name: 'a restart between', minutes: 200, order, restart: true }),
  ];
  const [first] = trees as [Tree];
  for (const { name, tree } of trees.slice(1)) {
    // The list of sources is published in the operator's order.
    const found = differences(first.tree, tree).filter(
      (path) => name !== 'shuffled sources' || !path.endsWith(' sources.opml'),
    );
    faults.push(...found.map((path) => `${name}: ${path}`));
  }
  // What is left is compared by one digest of all names and contents.
  const withoutList = (tree: Tree['tree']): Tree['tree'] =>
    new Map([...tree].filter(([path]) => path !== 'sources.opml'));
  return {
    renderings: trees.map(({ name, tree }) => ({
      name,
      files: tree.size,
      sha256: digestOf(withoutList(tree)).slice(0, 16),
    })),
  };
}

type Tree = { readonly name: string; readonly tree: ReadonlyMap<string, string> };

async function publishCopy(
  world: DemoWorld,
  state: string,
  given: { readonly name: string; readonly minutes: number; readonly order: Order; readonly restart?: boolean },
): Promise<Tree> {
  const { name, minutes, order, restart = false } = given;
  const [data, output] = [join(room, `data of ${name}`), join(room, `output of ${name}`)];
  cpSync(state, data, { recursive: true });
  for (const now of restart ? [after(minutes), after(minutes + 60)] : [after(minutes)]) {
    await world.open({ now, data, output }, async (app) => {
      const { refused } = await app.publish(order, signal);
      faults.push(...refused.map(({ path, reason }) => `${name}: ${path} was refused: ${reason}`));
      // The second start finds the files gone and makes them anew.
      if (restart && now === after(minutes))
        for (const path of readdirSync(output)) rmSync(join(output, path), { recursive: true });
    });
  }
  return { name, tree: treeOf(output) };
}

/** Some order that is not the list's, and always the same. */
function shuffled(order: Order): Order {
  const key = (id: string): string => createHash('sha256').update(id).digest('hex');
  return { ...order, sources: order.sources.toSorted((a, b) => (key(a.id) < key(b.id) ? -1 : 1)) };
}

async function quietHours(world: DemoWorld): Promise<object> {
  const counts = { publications: 0, asked: 0, notModified: 0, upstream304: 0, upstream200: 0 };
  const validators = new Map<string, Record<string, string>>();
  await world.publish({ now: after(185) }, async () => {
    // Files that changed within the last seconds have no date yet.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    for (const path of treeOf(world.output).keys()) {
      const response = await fetch(addressOf(world, path));
      await response.arrayBuffer();
      const [etag, modified] = [response.headers.get('etag'), response.headers.get('last-modified')];
      if (response.status !== 200 || etag === null || modified === null)
        faults.push(`${path}: ${response.status}, ETag ${etag}, Last-Modified ${modified}`);
      validators.set(path, { etag: etag ?? '', modified: modified ?? '' });
    }
  });
  const before = written(world.output);
  await fetch(`${world.newsroom.control}stats/reset`, { method: 'POST' });
  for (let minutes = STEP_MINUTES; minutes <= hours * 60; minutes += STEP_MINUTES) {
    const now = after(185 + minutes);
    const report = await world.publish({ now, which: 'due' }, async () => {
      for (const [path, { etag, modified }] of validators) {
        for (const headers of [{ 'if-none-match': etag! }, { 'if-modified-since': modified! }]) {
          const response = await fetch(addressOf(world, path), { headers });
          await response.arrayBuffer();
          counts.asked++;
          if (response.status === 304) counts.notModified++;
          else faults.push(`${now}: ${path} answered ${response.status} to ${JSON.stringify(headers)}`);
        }
      }
    });
    counts.publications++;
    for (const path of report.published.written) faults.push(`${now}: ${path} was written`);
  }
  const changed = differences(before, written(world.output));
  faults.push(...changed.map((path) => `after ${hours} hours: ${path}`));
  const stats = (await (await fetch(`${world.newsroom.control}stats`)).json()) as {
    readonly publishers: Readonly<Record<string, { readonly byStatus: Readonly<Record<string, number>> }>>;
  };
  for (const { byStatus } of Object.values(stats.publishers)) {
    counts.upstream304 += byStatus['304'] ?? 0;
    counts.upstream200 += byStatus['200'] ?? 0;
  }
  if (counts.asked === 0 || counts.upstream304 === 0) faults.push('nothing was asked');
  return { hours, files: validators.size, ...counts };
}

function addressOf(world: DemoWorld, path: string): string {
  return world.siteUrl + path.replace(/(?:^|(?<=\/))index\.html$/, '');
}

/** Bytes and the moment of writing, by path. */
function written(output: string): Map<string, string> {
  const files = readdirSync(output, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const digests = treeOf(output);
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(output, path), `${digests.get(relative(output, path))} ${statSync(path).mtimeMs}`];
    }),
  );
}
