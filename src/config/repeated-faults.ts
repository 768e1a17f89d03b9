import { pathText, type Fault } from './faults.ts';
import { repeatedNames } from './json-places.ts';

/** Names that stand twice in one object: whoever reads the file sees both, and only the last would count. */
export function repeatedFaults(text: string): Fault[] {
  return repeatedNames(text).map(({ path, before, place }) => ({
    path: pathText(path),
    place,
    message: `is given twice, first at line ${before.line}, column ${before.column}; only the last would count, so take one of them out`,
  }));
}
