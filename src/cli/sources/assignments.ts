import type { SourcesDocument } from '../../config/edit/edit-file.ts';
import { SOURCE_DEFAULTS } from '../../config/schema/source-defaults.ts';
import { sourceSettings } from '../../config/sources-schema.ts';
import { nearestName } from '../../support/nearest-name.ts';

/** What a command line says of a setting: `key=value` sets it, `key=` takes it away, `key+=` and `key-=` change a list. */
export type Assignment = {
  /** `quota.most` is a step and a step below it. */
  readonly path: readonly string[];
  readonly how: 'set' | 'unset' | 'add' | 'take';
  readonly value: unknown;
};

/** What a source must be to be meant: all of several. */
export type Condition = {
  readonly path: readonly string[];
  readonly how: 'is' | 'is not' | 'holds';
  readonly value: unknown;
};

const PATH = /^[A-Za-z$][\w$-]*(?:\.[\w$-]+)*$/;

/** `key=value`, or null for what is none. Values are JSON where they parse as such, else texts. */
export function readAssignment(written: string): Assignment | null {
  const [, key = '', sign = '', value = ''] = /^([^=+~!]*?)([+-]?=)([^]*)$/.exec(written) ?? [];
  if (!PATH.test(key)) return null;
  const how = sign === '+=' ? 'add' : sign === '-=' ? 'take' : value === '' ? 'unset' : 'set';
  return { path: key.split('.'), how, value: readValue(value) };
}

/** `key=value`, `key!=value`, `key~text`, several with commas between: all must hold. Null for what is none. */
export function readConditions(written: string): readonly Condition[] | null {
  const conditions = written.split(',').map((each): Condition | null => {
    const [, key = '', sign = '', value = ''] = /^\s*([^=~!]*)(!?=|~)([^]*?)\s*$/.exec(each) ?? [];
    if (!PATH.test(key)) return null;
    const how = sign === '~' ? 'holds' : sign === '=' ? 'is' : 'is not';
    return { path: key.split('.'), how, value: sign === '~' ? value : readValue(value) };
  });
  return conditions.every((condition) => condition !== null) ? conditions : null;
}

/** Null, or which setting of the conditions there is none of. */
export function unknownSetting(conditions: readonly Condition[]): string | null {
  const known = sourceSettings();
  const unknown = conditions.map(({ path }) => path[0]!).find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  const near = nearestName(unknown, known);
  return `--where: a source has no setting "${unknown}"${near === null ? '' : `; did you mean "${near}"?`}`;
}

function readValue(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

type Part = Readonly<Record<string, unknown>>;

/** Whether a source, with the settings that it has by default, is as all conditions say. A list is what any element is. */
export function meets(source: Part, conditions: readonly Condition[]): boolean {
  return conditions.every(({ path, how, value }) => {
    const found = path.reduce<unknown>((part, step) => (isPart(part) ? part[step] : undefined), source);
    if (how === 'holds') return textOf(found).toLowerCase().includes(String(value).toLowerCase());
    const all = Array.isArray(found) && found.length === 0 ? [''] : [found].flat();
    const isSo = all.some((one) => textOf(one) === textOf(value));
    return isSo === (how === 'is');
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/**
 * The same part with its settings changed; the others keep their order. Or why that cannot be.
 * @param inForce what holds where the part says nothing: lists are changed from there
 */
export function assigned<T extends Part>(
  part: T,
  assignments: readonly Assignment[],
  inForce: Part = {},
): T | { readonly fault: string } {
  let changed: Part = part;
  for (const assignment of assignments) {
    const after = at(changed, assignment.path, { ...assignment, inForce });
    if (isFault(after)) return { fault: `${assignment.path.join('.')} ${after.fault}` };
    changed = after;
  }
  return changed as T;
}

/** What holds of a source that says nothing itself. */
export function inForce(document: SourcesDocument): Part {
  return { ...SOURCE_DEFAULTS, ...(document['defaults'] as Part | undefined) };
}

/** Whether an assignment could not be done. */
export function isFault(outcome: object): outcome is { readonly fault: string } {
  return 'fault' in outcome && typeof outcome.fault === 'string';
}

type Doing = Pick<Assignment, 'how' | 'value'> & { readonly inForce: Part };
type Done = { readonly value: unknown } | { readonly fault: string };

function at(part: Part, [step, ...below]: readonly string[], doing: Doing): Part | { readonly fault: string } {
  const { [step!]: before, ...others } = part;
  if (below.length === 0) {
    const done = changedValue(before, doing.inForce[step!], doing);
    if ('fault' in done) return done;
    return done.value === undefined ? others : { ...part, [step!]: done.value };
  }
  if (before !== undefined && !isPart(before)) return { fault: 'leads through what is no object' };
  const within = doing.inForce[step!];
  const after = at(before ?? {}, below, { ...doing, inForce: isPart(within) ? within : {} });
  if (isFault(after)) return after;
  // The last setting of an object that is taken away takes the object with it.
  return Object.keys(after).length === 0 ? others : { ...part, [step!]: after };
}

function changedValue(before: unknown, inForce: unknown, { how, value }: Doing): Done {
  if (how === 'set') return { value };
  if (how === 'unset') return { value: undefined };
  const list = before ?? inForce ?? [];
  if (!Array.isArray(list)) return { fault: 'is no list: += and -= are for lists' };
  const isThere = list.some((one) => textOf(one) === textOf(value));
  if (how === 'add') return { value: isThere ? before : [...list, value] };
  if (!isThere) return { value: before };
  const left = list.filter((one) => textOf(one) !== textOf(value));
  // An empty list holds against the default; without one there is nothing to say.
  return {
    value: left.length === 0 && (inForce === undefined || (inForce as unknown[]).length === 0) ? undefined : left,
  };
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
