import { slugOf } from '../../src/support/slug.ts';
import { readTopics } from './read-topics.ts';
import { casesIn, verdictOf, type Verdict } from './verdict.ts';

type Case = { readonly id: string; readonly names: readonly string[] };

/** Names that look alike never share a path: neither as topics nor as titles. */
export function* slugCollisions(): Iterable<Verdict> {
  for (const { id, names } of casesIn<Case>('slug-collisions.jsonl'))
    yield verdictOf(id, [topicFault(names), titleFault(names)]);
}

/** Together as topics they are refused by name, and those that are taken have different paths on any file system. */
function topicFault(names: readonly string[]): string | null {
  const reading = readTopics(names.map((name) => ({ id: name, title: name })));
  if ('order' in reading) return sharedPath(reading.order.topics.map(({ id }) => id));
  const told = names.filter((_, at) => reading.faults.some(({ path }) => path === `topics[${at}].id`));
  const taken = names.filter((name) => !told.includes(name));
  return (
    sharedPath(taken) ?? (taken.every((name) => /^[a-z0-9-]+$/.test(name)) ? null : `not named: ${taken.join(', ')}`)
  );
}

function titleFault(names: readonly string[]): string | null {
  const forwards = names.map((name) => slugOf(name, name));
  const backwards = names.toReversed().map((name) => slugOf(name, name));
  if (forwards.toSorted().join() !== backwards.toSorted().join()) return 'slugs depend on the order';
  return sharedPath(forwards) ?? sharedPath(names.map((_, at) => slugOf(names[0]!, String(at))));
}

function sharedPath(paths: readonly string[]): string | null {
  const folded = paths.map((path) => path.normalize('NFKC').toLowerCase());
  return new Set(folded).size === paths.length ? null : `a path is shared: ${paths.join(', ')}`;
}
