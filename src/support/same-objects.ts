import { isSameData } from './same-data.ts';

/** Gives, of values that are the same in all their parts, always the same object: what was made of that can be kept by it. */
export type SameObject<Value> = (value: Value) => Value;

/** One value may stand in several versions at once: as another list has it. */
const MOST_VERSIONS = 4;

/**
 * Opens an empty memory of plain values, which nobody changes.
 * @param options.most so many ids are remembered; those that were not asked for longest go first
 */
export function openSameObjects<Value extends { readonly id: string }>(options: {
  readonly most: number;
}): SameObject<Value> {
  const known = new Map<string, readonly Value[]>();
  return (value) => {
    const versions = known.get(value.id) ?? [];
    const same = versions.find((version) => isSameData(version, value)) ?? value;
    known.delete(value.id);
    known.set(value.id, same === value ? [value, ...versions].slice(0, MOST_VERSIONS) : versions);
    if (known.size > options.most) known.delete(known.keys().next().value!);
    return same;
  };
}
