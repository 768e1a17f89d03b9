import { chmod, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultLines, readOrder, type OrderReading } from '../../src/cli/read-order.ts';
import { openList } from '../../src/cli/running-list.ts';
import { readConfig } from '../../src/config/config.ts';
import { doubtsOf } from '../../src/config/doubts.ts';
import type { OrderRead } from '../../src/config/sources-file.ts';
import { openAddressGuard } from '../../src/fetch/address-guard.ts';
import { silentLog } from '../../src/support/log.ts';
import { isSameData } from '../../src/support/same-data.ts';
import { adaptSources } from './adapt-sources.ts';
import { kindsOf } from './fault-kinds.ts';
import { openHostileBody } from './hostile-server.ts';
import { readBytes } from './read-topics.ts';
import { casesIn, notBuiltYet, verdictOf, type Verdict } from './verdict.ts';

type Case = {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  readonly bytesBase64?: string;
  readonly generator?: unknown;
  readonly filesystem?: string;
  readonly sequence?: readonly string[];
  readonly expect: { readonly errorKind: string; readonly words: string };
};

const FILE = 'sources.json';
/** However large, a list of sources is read within this. */
const LONGEST_MS = 20_000;

/** Each configuration, good or bad, as the product reads it; every fault names the file and its place, and no secret. */
export async function* sourcesJson(): AsyncIterable<Verdict> {
  for (const one of casesIn<Case>('sources-json.jsonl')) yield await judged(one);
}

async function judged(one: Case): Promise<Verdict> {
  if (one.sequence !== undefined) return ofEdits(one, one.sequence);
  if (one.filesystem !== undefined) return ofFile(one);
  const text = await textOf(one);
  const begun = performance.now();
  const reading = readBytes(
    one.bytesBase64 === undefined
      ? new TextEncoder().encode(adaptSources(text))
      : Buffer.from(one.bytesBase64, 'base64'),
  );
  const tookMs = performance.now() - begun;
  return verdictOf(
    one.id,
    [
      kindFault(one, reading),
      ...toldFaults(one, reading, text),
      tookMs > LONGEST_MS ? `took ${Math.round(tookMs)} ms` : null,
    ].map((fault) => (fault === null ? null : `${one.title.slice(0, 50)}: ${fault}`)),
  );
}

async function textOf({ text, generator }: Case): Promise<string> {
  if (generator === undefined) return text ?? '';
  const chunks = await Array.fromAsync(await openHostileBody({ generator }));
  return Buffer.concat(chunks).toString();
}

function kindFault({ expect }: Case, reading: OrderReading): string | null {
  const expected = expect.errorKind.split('-or-');
  const kinds = [...new Set('order' in reading ? kindsTaken(reading) : reading.faults.flatMap(kindsOf))];
  if (kinds.some((kind) => expected.includes(kind))) return null;
  const told = 'order' in reading ? doubtsIn(reading) : reading.faults.map(({ path, message }) => `${path} ${message}`);
  return `expected ${expect.errorKind}, told ${kinds.join(', ')}: ${told.join('; ')}`;
}

/** A list that is taken, and of which `check` says that a source's address is never asked: the address is what is at fault. */
function kindsTaken(read: OrderRead): readonly string[] {
  return [
    'ok',
    ...(doubtsIn(read).some((doubt) => /^sources\[\d+\]\.url: .* is never asked/.test(doubt)) ? ['url'] : []),
  ];
}

function doubtsIn(read: OrderRead): readonly string[] {
  return doubtsOf(read, { ...openAddressGuard([]), secretOf: () => null });
}

/** What the operator is told, beyond that it is refused. */
function toldFaults({ expect, title }: Case, reading: OrderReading, text: string): (string | null)[] {
  if ('order' in reading) return [];
  const told = faultLines(FILE, reading.faults).join('\n');
  const secrets = [...text.matchAll(/:\/\/([^/@\s"]+)@/g)].map(([, secret]) => secret!);
  const words: readonly (readonly [when: RegExp, says: RegExp])[] = [
    [/^Says that UTF-8/, /UTF-8/],
    [/says it is empty/, /empty/],
    [/[Ll]ine and column/, /line \d+, column \d+/],
    [/Names both positions/, /sources\[0\][\s\S]*sources\[1\]|sources\[1\][\s\S]*sources\[0\]/],
    [/did you mean/, /did you mean "sources"/],
    [/expected array/, /sources is an object, but must be a list/],
  ];
  return [
    told.includes(FILE) ? null : 'the file is not named',
    reading.faults.every(({ message }) => message.length > 5) ? null : 'a fault is told without words',
    reading.faults.every(({ path, place }) => path === '' || place !== null)
      ? null
      : 'a fault is told without its place',
    told.length > 20_000 ? `${told.length} characters are told` : null,
    secrets.some((secret) => told.includes(secret)) ? 'a secret is told' : null,
    ...words
      .filter(([when]) => when.test(expect.words))
      .map(([, says]) => (says.test(told) ? null : `told: ${told.slice(0, 200)}`)),
    title === 'environment expansion' && told.includes(process.env['HOME'] ?? '\0') ? 'the environment is told' : null,
  ];
}

async function ofFile(one: Case): Promise<Verdict> {
  if (one.filesystem === 'truncated then completed within 100 ms') return ofEdits(one, [GOOD, CUT, GOOD]);
  return inRoom(async (path) => {
    if (one.filesystem === 'directory') await mkdir(path);
    else if (one.filesystem === 'mode 000') await writeFile(path, '{}', { mode: 0o000 });
    else return notBuiltYet(one.id, `${one.title}: no such file is made here`);
    const reading = await asNobody(() => readOrder({ sources: path }));
    const told = 'faults' in reading ? faultLines(path, reading.faults).join('\n') : '';
    return verdictOf(one.id, [kindFault(one, reading), told.includes(path) ? null : 'the path is not named']);
  });
}

const GOOD = '{"sources":[{"id":"a","url":"https://ok.example/feed.xml","topics":["news"]}]}';
const CUT = GOOD.slice(0, 40);

/** A list that is edited while the service runs: what is good takes effect, what is not changes nothing and is told. */
async function ofEdits(one: Case, edits: readonly string[]): Promise<Verdict> {
  return inRoom(async (path) => {
    const read = readConfig({ sources: path }, {});
    const [first] = edits.map((text) => readBytes(new TextEncoder().encode(adaptSources(text))));
    if ('faults' in read || first === undefined || 'faults' in first) return verdictOf(one.id, ['it never ran']);
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const terminal = { print: say, tell: say, showProgress: say, interactive: false };
    const list = openList({ config: read.config, terminal, log: silentLog }, first.order);
    let running = first.order;
    const faults: (string | null)[] = [];
    for (const text of edits.map(adaptSources)) {
      await writeFile(path, text);
      const told = said.length;
      const reading = await readOrder({ sources: path });
      const next = await list.read();
      const news = said.slice(told).join('\n');
      if ('order' in reading) faults.push(isSameData(next, reading.order) ? null : 'a good edit does not take effect');
      else {
        faults.push(isSameData(next, running) ? null : 'a faulty edit changes what runs');
        const isTold = news.includes(path) && /line \d+, column \d+/.test(news) && news.includes('goes on');
        faults.push(isTold ? null : `a faulty edit is told as: ${news}`);
      }
      running = next;
    }
    return verdictOf(one.id, faults);
  });
}

/** A folder for one sources.json, gone afterwards. */
async function inRoom(work: (path: string) => Promise<Verdict>): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-hostile-'));
  try {
    await chmod(folder, 0o755);
    return await work(join(folder, FILE));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The superuser may read everything: a right that is not there is tried without it. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid!(65_534);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
