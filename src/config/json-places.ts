import { placesAt, type TextPlace } from './json-position.ts';
import { scanJson } from './json-scan.ts';

// Where in the text of a JSON document things stand. The text must be JSON.

/** A way down into a document, from its whole. */
export type Path = readonly PropertyKey[];

/** What is looked for: the value at a path, or the name that it goes by. */
export type Sought = { readonly path: Path; readonly part: 'value' | 'name' };

type Node = { readonly below: Map<PropertyKey, Node>; valueAt: number | null; nameAt: number | null };

/**
 * The places of what is sought, in the same order. Of what is not there (a setting that is missing) it is the place of the
 * innermost object or list around it; of a name that stands twice the last, whose value counts.
 */
export function placesOf(text: string, sought: readonly Sought[]): TextPlace[] {
  const root = aNode();
  const wanted = sought.map(({ path, part }) => {
    const way = [root];
    for (const step of path) way.push(nodeBelow(way.at(-1)!, step));
    return { way, part };
  });
  const open: (Node | undefined)[] = [];
  let last: Node | undefined;
  scanJson(text, {
    begins(step, { nameAt, valueAt }) {
      last = step === null ? root : open.at(-1)?.below.get(step);
      if (last === undefined) return;
      last.valueAt = valueAt;
      last.nameAt = nameAt;
    },
    opens: () => void open.push(last),
    closes: () => void open.pop(),
  });
  const offsets = wanted.map(({ way, part }) => {
    const found = way.findLast(({ valueAt }) => valueAt !== null);
    const ownName = part === 'name' && found === way.at(-1) ? found?.nameAt : null;
    return ownName ?? found?.valueAt ?? 0;
  });
  return placesAt(text, offsets);
}

function aNode(): Node {
  return { below: new Map(), valueAt: null, nameAt: null };
}

function nodeBelow(node: Node, step: PropertyKey): Node {
  const known = node.below.get(step);
  if (known !== undefined) return known;
  const made = aNode();
  node.below.set(step, made);
  return made;
}

/** A name that an object has once more: JSON.parse keeps the last value and says nothing of the others. */
export type RepeatedName = { readonly path: Path; readonly before: TextPlace; readonly place: TextPlace };

/** The names that stand twice in one object, in the order of the text. */
export function repeatedNames(text: string): RepeatedName[] {
  const found: { readonly path: Path; readonly beforeAt: number; readonly nameAt: number }[] = [];
  const open: { readonly step: string | number | null; readonly names: Map<string, number> }[] = [];
  let last: string | number | null = null;
  scanJson(text, {
    begins(step, { nameAt }) {
      last = step;
      if (nameAt === null || typeof step !== 'string') return;
      const { names } = open.at(-1)!;
      const beforeAt = names.get(step);
      if (beforeAt === undefined) {
        names.set(step, nameAt);
        return;
      }
      const above = open.map((one) => one.step).filter((one) => one !== null);
      found.push({ path: [...above, step], beforeAt, nameAt });
    },
    opens: () => void open.push({ step: last, names: new Map() }),
    closes: () => void open.pop(),
  });
  const places = placesAt(
    text,
    found.flatMap(({ beforeAt, nameAt }) => [beforeAt, nameAt]),
  );
  return found.map(({ path }, at) => ({ path, before: places[2 * at]!, place: places[2 * at + 1]! }));
}
