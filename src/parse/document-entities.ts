import { decodeReferences, type DefinedEntities } from './references.ts';

// Old feeds define a few words of their own: <!ENTITY pub "The Weekly">. Such a definition is taken if it is short
// plain text: no markup, no reference to another entity, nothing external. So nothing can grow out of it: no nesting,
// and what a document may gain by it is bounded.

const MOST_DEFINITIONS = 64;
const LONGEST_VALUE = 256;
const MOST_GAINED = 16_384;
const LONGEST_SUBSET = 65_536;

const DEFINITION = /<!ENTITY\s+([\w.-]{1,32})\s+(?:"([^"<%]{0,256})"|'([^'<%]{0,256})')\s*>/g;

/** The entities that a DOCTYPE's internal subset defines as plain words; null if there are none. */
export function definedEntities(subset: string): DefinedEntities | null {
  const values = new Map<string, string>();
  for (const [, name, double, single] of subset.slice(0, LONGEST_SUBSET).matchAll(DEFINITION)) {
    const value = decodeReferences(double ?? single ?? '');
    if (value.length > LONGEST_VALUE || /<|&[#\w]/.test(value) || values.has(name!)) continue;
    values.set(name!, value);
    if (values.size === MOST_DEFINITIONS) break;
  }
  if (values.size === 0) return null;
  let gained = 0;
  return {
    valueOf(name) {
      const value = values.get(name);
      if (value === undefined || gained + value.length > MOST_GAINED) return null;
      gained += value.length;
      return value;
    },
  };
}
