import { isId } from '../schema/values.ts';
import { latinLetters } from './latin-letters.ts';

/** Longer ones are cut: an id is typed. */
const LONGEST_ID = 40;

/**
 * Gives ids that nothing has yet and that may be given, each once: made of the first name that makes one, else of
 * `otherwise`, and with a number behind where several have the same.
 */
export function openIds(taken: Iterable<string>, otherwise: string): (...names: readonly string[]) => string {
  const ids = new Set(taken);
  // Thousands of sources may have one name, as those of a large host without titles.
  const numbers = new Map<string, number>();
  return (...names) => {
    const plain = plainId(names.find(makesId) ?? otherwise);
    for (let number = numbers.get(plain) ?? 1; ; number++) {
      const given = number === 1 ? plain : `${plain}-${number}`;
      if (ids.has(given) || !isId(given)) continue;
      numbers.set(plain, number + 1);
      ids.add(given);
      return given;
    }
  };
}

/** Whether an id can be made of a name: of one in Chinese or Arabic none can that anybody would know again. */
export function makesId(name: string): boolean {
  return plainId(name).length >= 2;
}

/** A name as an id is written, in Latin letters, digits and hyphens; '' where it has no letter that can be one. */
export function plainId(text: string): string {
  const plain = latinLetters(text.slice(0, 300))
    .replace(/['’]+/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-$/g, '');
  return plain.length <= LONGEST_ID ? plain : plain.slice(0, Math.max(plain.lastIndexOf('-', LONGEST_ID), 20));
}
