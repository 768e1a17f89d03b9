// As much of JSON Schema 2020-12 as our own schemas say. A word that is not known is an error, so that none is taken for kept.

type Schema = Readonly<Record<string, unknown>>;
type Rule = (value: unknown, said: never, at: string, root: Schema) => string[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fault = (isRight: boolean, at: string, says: string): string[] => (isRight ? [] : [`${at}: ${says}`]);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: isObject,
  null: (value) => value === null,
};
const FORMATS: Readonly<Record<string, RegExp>> = {
  uri: /^[a-z][a-z0-9+.-]*:[^\s<>"]+$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
};
const silent: Rule = () => [];

const RULES: Readonly<Record<string, Rule>> = {
  $schema: silent,
  $defs: silent,
  title: silent,
  description: silent,
  default: silent,
  type: (value, said: string | readonly string[], at) =>
    fault(
      [said].flat().some((type) => TYPES[type]!(value)),
      at,
      `is no ${[said].flat().join(' or ')}`,
    ),
  const: (value, said: unknown, at) => fault(value === said, at, `is not ${String(said)}`),
  enum: (value, said: readonly unknown[], at) => fault(said.includes(value), at, `is none of ${said.join(', ')}`),
  pattern: (value, said: string, at) =>
    fault(typeof value !== 'string' || new RegExp(said, 'u').test(value), at, 'is written otherwise'),
  format: (value, said: string, at) =>
    fault(typeof value !== 'string' || FORMATS[said]!.test(value), at, `is no ${said}`),
  minimum: (value, said: number, at) => fault(typeof value !== 'number' || value >= said, at, `is below ${said}`),
  maximum: (value, said: number, at) => fault(typeof value !== 'number' || value <= said, at, `is above ${said}`),
  minItems: (value, said: number, at) => fault(!Array.isArray(value) || value.length >= said, at, 'has too few'),
  maxItems: (value, said: number, at) => fault(!Array.isArray(value) || value.length <= said, at, 'has too many'),
  required: (value, said: readonly string[], at) =>
    isObject(value) ? said.flatMap((key) => fault(Object.hasOwn(value, key), `${at}/${key}`, 'is missing')) : [],
  // Stricter than the standard: our own answers have no field that the schema does not know.
  properties: (value, said: Readonly<Record<string, Schema>>, at, root) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, each]) =>
          said[key] === undefined
            ? [`${at}/${key}: is not described`]
            : faultsBySchema(each, said[key], root, `${at}/${key}`),
        )
      : [],
  items: (value, said: Schema, at, root) =>
    Array.isArray(value) ? value.flatMap((each, index) => faultsBySchema(each, said, root, `${at}/${index}`)) : [],
  oneOf: (value, said: readonly Schema[], at, root) => {
    const tried = said.map((each) => faultsBySchema(each === undefined ? null : value, each, root, at));
    const right = tried.filter((faults) => faults.length === 0).length;
    if (right === 1) return [];
    return right > 1
      ? [`${at}: is more than one of them`]
      : tried.toSorted((one, other) => one.length - other.length)[0]!;
  },
  $ref: (value, said: string, at, root) => faultsBySchema(value, referredTo(said, root), root, at),
};

function referredTo(pointer: string, root: Schema): Schema {
  const parts = pointer.replace(/^#\//, '').split('/');
  const found = parts.reduce<unknown>((within, part) => (isObject(within) ? within[part] : undefined), root);
  if (!isObject(found)) throw new Error(`the schema has no ${pointer}`);
  return found;
}

/** Where a value is not what a schema says, each with its place in it. */
export function faultsBySchema(value: unknown, schema: Schema, root: Schema = schema, at = ''): string[] {
  return Object.entries(schema).flatMap(([word, said]) => {
    const rule = RULES[word];
    if (rule === undefined) throw new Error(`the schema says "${word}", which nobody checks`);
    return rule(value, said as never, at, root);
  });
}
