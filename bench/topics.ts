// Topics that learn, over the classified corpora of ../shared/corpus/stories: five folds of each, every document told by
// what the other four have taught.
//   node bench/topics.ts
// Ends with 1 when an accuracy is more than .01 below the best that the corpus's README names.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runNode } from './support/run-program.ts';

const FOLDS = 5;
const MARGIN = 0.01;
const SETS = [
  { name: 'topics-bbc', best: 0.981 },
  { name: 'topics-agnews', best: 0.872 },
  { name: 'topics-reuters8', best: 0.972 },
] as const;

type Told = { readonly id: string; readonly topic: string };

const shared = join(root, '../shared');
if (existsSync(join(shared, 'corpus/stories'))) {
  let missed = 0;
  for (const { name, best } of SETS) {
    const accuracy = await accuracyOf(name);
    const isMet = accuracy >= best - MARGIN;
    if (!isMet) missed++;
    console.log(
      `${isMet ? 'met   ' : 'MISSED'} ${name}: ${accuracy.toFixed(4)} (no less than ${(best - MARGIN).toFixed(3)})`,
    );
  }
  process.exitCode = missed === 0 ? 0 : 1;
} else console.log('SKIPPED: the corpora are not here');

async function accuracyOf(name: string): Promise<number> {
  const corpus = join(shared, 'corpus/stories', name);
  const documents = linesOf(join(corpus, 'docs.jsonl'));
  const gold = linesOf(join(corpus, 'gold.jsonl'));
  const topicOf = new Map(gold.map(told).map(({ id, topic }) => [id, topic]));
  const folder = mkdtempSync(join(tmpdir(), 'tributary-topics-'));
  try {
    let right = 0;
    for (let fold = 0; fold < FOLDS; fold++) {
      const answers = await askFold(join(folder, String(fold)), documents, { gold, fold });
      right += answers.filter(({ id, topic }) => topicOf.get(id) === topic).length;
    }
    return right / documents.length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is told of every fifth document, with the others to learn from. */
async function askFold(
  at: string,
  documents: readonly string[],
  { gold, fold }: { readonly gold: readonly string[]; readonly fold: number },
): Promise<readonly Told[]> {
  const asked = documents.filter((_, place) => place % FOLDS === fold);
  const taught = documents.filter((_, place) => place % FOLDS !== fold);
  const taughtIds = new Set(taught.map((line) => told(line).id));
  save(`${at}-asked`, { 'docs.jsonl': asked });
  save(`${at}-taught`, {
    'docs.jsonl': taught,
    'gold.jsonl': gold.filter((line) => taughtIds.has(told(line).id)),
  });
  const run = join(shared, 'bench/run-stories.mjs');
  const adapter = join(root, 'bench/adapters/stories.ts');
  const { code, stderr } = await runNode([
    run,
    'topics',
    `${at}-asked`,
    adapter,
    `${at}-out`,
    '--train',
    `${at}-taught`,
  ]);
  if (code !== 0) throw new Error(stderr.join('\n'));
  return linesOf(`${at}-out`).map(told);
}

function save(folder: string, files: Readonly<Record<string, readonly string[]>>): void {
  mkdirSync(folder);
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function told(line: string): Told {
  return JSON.parse(line) as Told;
}
