import { digestInto } from '../../../src/curate/stories/near-text.ts';

/** The digest of an id as a pair. */
export function digestOf(id: string): readonly [low: number, high: number] {
  const digest = new Uint32Array(2);
  digestInto(digest, id);
  return [digest[0]!, digest[1]!];
}
