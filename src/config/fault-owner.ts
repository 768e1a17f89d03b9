import type { Fault } from './faults.ts';

const WITHIN = /^(sources|topics)\[(\d+)\]/;
/** As ids are, and some that were meant to be one: nothing that could disturb a line. */
const NAME = /^[\w.-]{1,63}$/;

/** A fault with the id of the source or topic that it is in, where that has one by which people find it. */
export function withOwner(fault: Fault, document: unknown): Fault {
  const [, list, at] = WITHIN.exec(fault.path) ?? [];
  const entries = list === undefined ? undefined : propertyOf(document, list);
  const id = Array.isArray(entries) ? propertyOf(entries[Number(at)], 'id') : undefined;
  return typeof id === 'string' && NAME.test(id) ? { ...fault, of: id } : fault;
}

const ID_ITSELF = /^(?:sources|topics)\[\d+\]\.id$/;

/** `sources[12] (harbour-news).url`; of a faulty id the fault tells enough. */
export function ownedPath({ path, of }: Fault): string {
  return of === undefined || ID_ITSELF.test(path) ? path : path.replace(WITHIN, `$& (${of})`);
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
