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
    const isSo = [found].flat().some((one) => textOf(one) === textOf(value));
    return isSo === (how === 'is');
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** The same part with its settings changed; the others keep their order. */
export function assigned<T extends Part>(part: T, assignments: readonly Assignment[]): T {
  return assignments.reduce<Part>((changed, assignment) => at(changed, assignment.path, assignment), part) as T;
}

function at(part: Part, [step, ...below]: readonly string[], assignment: Assignment): Part {
  const { [step!]: before, ...others } = part;
  const after = below.length === 0 ? changed(before, assignment) : at(isPart(before) ? before : {}, below, assignment);
  // The last setting of an object that is taken away takes the object with it.
  if (after === undefined || (below.length > 0 && isPart(after) && Object.keys(after).length === 0)) return others;
  return { ...part, [step!]: after };
}

function changed(before: unknown, { how, value }: Assignment): unknown {
  const list = Array.isArray(before) ? before : [];
  if (how === 'unset') return undefined;
  if (how === 'add') return list.some((one) => textOf(one) === textOf(value)) ? list : [...list, value];
  if (how === 'take') {
    const left = list.filter((one) => textOf(one) !== textOf(value));
    return left.length === 0 ? undefined : left;
  }
  return value;
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
