import { beginning, type ParseLimits } from './limits.ts';
import type { Repairs } from './repairs.ts';

/** What a value is held against, and where it is told that one was too large. */
export type Capping = { readonly limits: ParseLimits; readonly repairs: Repairs };

/** Much of a long text may be markup or white space: so many times a line's length are looked at to fill one. */
const LOOKED_AT = 8;

/** A text as one line, by `plain`; null where nothing is left of it. */
export function cappedLine(capping: Capping, written: string, plain: (text: string) => string): string | null {
  const most = capping.limits.maxLineLength;
  const line = plain(beginning(written, most * LOOKED_AT));
  if (line.length <= most && written.length <= most * LOOKED_AT) return line === '' ? null : line;
  capping.repairs.note('text-capped');
  return beginning(line, most).trimEnd();
}

/** A body or a summary. */
export function cappedBody({ limits, repairs }: Capping, text: string): string {
  if (text.length <= limits.maxBodyLength) return text;
  repairs.note('text-capped');
  return beginning(text, limits.maxBodyLength);
}

/** Values of one kind that an entry or the feed lists. */
export function cappedList<Value>({ limits, repairs }: Capping, values: readonly Value[]): readonly Value[] {
  if (values.length <= limits.maxListed) return values;
  repairs.note('list-capped');
  return values.slice(0, limits.maxListed);
}

/** As cappedList, each value once. */
export function cappedSet(capping: Capping, values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : cappedList(capping, [...new Set(values)]);
}
