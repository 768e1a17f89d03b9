// Changes rendered feeds in one place each, and shows that the gate refuses every one of them.
//
//   node bench/gate-mutations.ts [--count 200] [--seed 1] [--entries 12] [--show]
//
// Exit 0: all refused; 1: some passed (their ids are printed).
import { parseArgs } from 'node:util';
import { MUTATIONS } from './support/mutations.ts';
import { sampleEdition } from './support/sample-edition.ts';
import { tryMutations, type Trial } from './support/try-mutations.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    entries: { type: 'string', default: '12' },
    show: { type: 'boolean', default: false },
  },
});

const trials = tryMutations(sampleEdition(Number(values.entries)), {
  count: Number(values.count),
  seed: Number(values.seed),
});

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
