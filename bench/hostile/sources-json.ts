import { chmod, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultLines, readOrder, type OrderReading } from '../../src/cli/read-order.ts';
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
/** Classes of outcome about settings that the product does not have; there the keys themselves are refused. */
const OF_A_SETTING = new Set(['pattern', 'range', 'path', 'selector']);
/** However large, a list of sources is read within this. */
const LONGEST_MS = 20_000;

/** Each configuration, good or bad, as the product reads it; every fault names the file and its place, and no secret. */
export async function* sourcesJson(): AsyncIterable<Verdict> {
  for (const one of casesIn<Case>('sources-json.jsonl')) yield await judged(one);
}

async function judged(one: Case): Promise<Verdict> {
  if (one.sequence !== undefined)
    return notBuiltYet(one.id, `${one.title}: the file is not watched, and nothing expires`);
  if (one.filesystem !== undefined) return ofFile(one);
  const text = await textOf(one);
  const begun = performance.now();
  const reading = readBytes(
    one.bytesBase64 === undefined
      ? new TextEncoder().encode(adaptSources(text))
      : Buffer.from(one.bytesBase64, 'base64'),
  );
  const tookMs = performance.now() - begun;
  const faults = 'faults' in reading ? reading.faults : [];
  const unknown = faults.filter(({ message }) => message.startsWith('is not a known setting')).map(({ path }) => path);
  if (OF_A_SETTING.has(one.expect.errorKind) && unknown.length > 0 && unknown.length === faults.length)
    return notBuiltYet(one.id, `${one.title}: there is no such setting; refused as unknown: ${unknown.join(', ')}`);
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
  if ('order' in reading) return expected.includes('ok') ? null : `expected ${expect.errorKind}, but it is taken`;
  const kinds = [...new Set(reading.faults.flatMap(kindsOf))];
  if (kinds.some((kind) => expected.includes(kind))) return null;
  return `expected ${expect.errorKind}, told ${kinds.join(', ')}: ${reading.faults.map(({ path, message }) => `${path} ${message}`).join('; ')}`;
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
    told.length > 20_000 ? `${told.length} characters are told` : null,
    secrets.some((secret) => told.includes(secret)) ? 'a secret is told' : null,
    ...words
      .filter(([when]) => when.test(expect.words))
      .map(([, says]) => (says.test(told) ? null : `told: ${told.slice(0, 200)}`)),
    title === 'environment expansion' && told.includes(process.env['HOME'] ?? '\0') ? 'the environment is told' : null,
  ];
}

async function ofFile(one: Case): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-hostile-'));
  const path = join(folder, FILE);
  try {
    await chmod(folder, 0o755);
    if (one.filesystem === 'directory') await mkdir(path);
    else if (one.filesystem === 'mode 000') await writeFile(path, '{}', { mode: 0o000 });
    else return notBuiltYet(one.id, `${one.title}: the file is not watched`);
    const reading = await asNobody(() => readOrder({ sources: path }));
    const told = 'faults' in reading ? faultLines(path, reading.faults).join('\n') : '';
    return verdictOf(one.id, [kindFault(one, reading), told.includes(path) ? null : 'the path is not named']);
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
