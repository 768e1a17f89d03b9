// Changes rendered feeds in one place each, and shows that the gate refuses every one of them.
//
//   node bench/gate-mutations.ts [--count 200] [--seed 1] [--entries 12] [--show]
//
// Half of them are put to a gate that sees the documents for the first time, half to one that has found all entries right
// before and remembers how they were written. A quarter of the documents are archives.
//
// Exit 0: all refused; 1: some passed (their ids are printed).
import { parseArgs } from 'node:util';
import { MUTATIONS } from './support/mutations.ts';
import { sampleArchive, sampleEdition } from './support/sample-edition.ts';
import { tryMutations, type Trial } from './support/try-mutations.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    entries: { type: 'string', default: '12' },
    show: { type: 'boolean', default: false },
  },
});

const entries = Number(values.entries);
const seed = Number(values.seed);
const half = Math.ceil(Number(values.count) / 2);
const trials = [
  ...tryMutations(sampleEdition(entries), { count: half, seed, gate: 'new' }),
  ...tryMutations(sampleEdition(entries), { count: Math.ceil(half / 2), seed: seed + 1, gate: 'remembering' }),
  ...tryMutations(sampleArchive(entries), { count: Math.floor(half / 2), seed: seed + 2, gate: 'remembering' }),
];

if (values.show) for (const { id, refusal } of trials) console.log(`${id}\n    ${refusal ?? 'PASSED'}`);
const row = (kind: string, of: readonly Trial[]): string => {
  const refused = (format: string): string => {
    const tried = of.filter((trial) => trial.format === format);
    return `${tried.filter(({ refusal }) => refusal !== null).length}/${tried.length}`.padStart(10);
  };
  return `${kind.padEnd(14)}${refused('atom')}${refused('rss')}${refused('json')}`;
};
console.log(`${'refused'.padEnd(14)}${'atom'.padStart(10)}${'rss'.padStart(10)}${'json'.padStart(10)}`);
for (const kind of new Set(MUTATIONS.map(({ kind }) => kind))) {
  console.log(
    row(
      kind,
      trials.filter((trial) => trial.kind === kind),
    ),
  );
}
console.log(row('all', trials));
const passed = trials.filter(({ refusal }) => refusal === null);
for (const { id } of passed) console.log(`passed: ${id}`);
console.log(`${trials.length - passed.length} of ${trials.length} single changes refused`);
process.exitCode = passed.length === 0 ? 0 : 1;
