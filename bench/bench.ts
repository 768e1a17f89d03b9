// Runs every scorer of ../shared/bench over the developers' halves with the adapters here, and prints one table.
//   npm run bench [-- NAME …]      NAME: a row's name or its beginning
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runNode } from './support/run-program.ts';

const shared = join(root, '../shared');
const bench = (name: string): string => join(shared, 'bench', name);
const corpus = (name: string): string => join(shared, 'corpus', name);
const adapter = (name: string): string => join(root, 'bench/adapters', name);

type Row = {
  readonly name: string;
  /** As notes/ state it. */
  readonly target: string;
  readonly steps: (out: string) => readonly (readonly string[])[];
};

const articles = (set: string, metric: string, target: string): Row => ({
  name: `articles ${set}`,
  target,
  steps: (out) => [
    [bench('run-articles.mjs'), corpus(`articles/${set}`), adapter('articles.ts'), out],
    [
      bench('score-articles.mjs'),
      '--truth',
      corpus(`articles/${set}/truth.json`),
      '--predicted',
      out,
      '--metric',
      metric,
    ],
  ],
});
const stories = (task: string, folder: string, target: string): Row => ({
  name: `stories ${folder}`,
  target,
  steps: (out) => [
    [bench('run-stories.mjs'), task, corpus(`stories/${folder}`), adapter('stories.ts'), out],
    [bench('score-stories.mjs'), task, corpus(`stories/${folder}/gold.jsonl`), out],
  ],
});

const ROWS: readonly Row[] = [
  {
    name: 'feeds',
    target: 'mean of groups ≥ 98, worst ≥ 93, real ≥ 99',
    steps: () => [[bench('score-feeds.mjs'), corpus('feeds'), '--module', adapter('feeds.ts')]],
  },
  articles('zyte-181', 'shingles', 'F1 ≥ .970'),
  articles('wcxb-articles', 'words', 'F1 ≥ .945'),
  articles('trafilatura-articles', 'segments', 'F1 ≥ .935'),
  articles('publisher-meta', 'words', 'title .85, author .78, date .96, image .98'),
  {
    name: 'source links',
    target: 'all',
    steps: () => [[bench('score-source-links.mjs'), corpus('source-links/cases.jsonl'), adapter('source-links.ts')]],
  },
  {
    name: 'sanitiser',
    target: '0 failures',
    steps: () => [
      [
        bench('check-sanitised.mjs'),
        '--cases',
        ['html-payloads', 'html-payloads-html5sec', 'html-payloads-owasp']
          .map((name) => corpus(`hostile/${name}.jsonl`))
          .join(','),
        '--module',
        `${adapter('sanitise.ts')}#sanitise`,
      ],
    ],
  },
  stories('neardup', 'neardup', 'link F1 ≥ .985'),
  stories('pairs', 'neardup-natural', 'F1 ≥ .85'),
  stories('stories', 'stories-fulltext', 'B-cubed F1 ≥ .90'),
  stories('stories', 'stories-headlines', 'B-cubed F1 ≥ .87'),
  stories('related', 'related', 'r ≥ .63'),
  stories('urls', 'urls', 'accuracy ≥ .98'),
];

if (!existsSync(shared)) {
  console.error('SKIPPED: ../shared is not here, and the corpora with it');
  process.exit(0);
}
const wanted = process.argv.slice(2);
const chosen = ROWS.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
const room = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
let broken = 0;
for (const [at, row] of chosen.entries()) {
  console.log(`\n== ${row.name}   (target: ${row.target})`);
  for (const step of row.steps(join(room, String(at)))) {
    const { code, stdout, stderr } = await runNode(step);
    console.log(stdout.trimEnd().split('\n').slice(-30).join('\n'));
    // A scorer ends with 1 for cases that fail; what it cannot run ends otherwise.
    if (code !== 0 && stdout.trim() === '') {
      broken++;
      console.log(stderr.slice(0, 10).join('\n'));
      break;
    }
  }
}
rmSync(room, { recursive: true });
process.exit(broken === 0 ? 0 : 1);
