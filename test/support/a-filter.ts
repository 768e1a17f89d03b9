import type { EntryFilter } from '../../src/model/rule.ts';

/** A filter with what a test says of it, all else not asked for. */
export function aFilter(given: Partial<EntryFilter> = {}): EntryFilter {
  return {
    any: [],
    all: [],
    none: [],
    phrases: [],
    categories: [],
    language: null,
    author: null,
    address: null,
    minWords: null,
    maxWords: null,
    does: 'drop',
    note: null,
    ...given,
  };
}
