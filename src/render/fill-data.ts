import { withoutForbiddenCharacters } from '../support/html.ts';
import { listOf, type Values } from './fill-template.ts';
import { Markup } from './markup.ts';
import { groupOf, marksIn, splitAtMarks } from './marks.ts';

/** JSON, but for null: what is absent has no key. */
export type Data = string | number | boolean | readonly Data[] | DataObject;
export type DataObject = { readonly [key: string]: Data };

/** Writes a specimen with values, as JSON; null when nothing is left of it. */
export type FillData = (values: Values) => string | null;

/** What a specimen is filled from, and where it will stand. */
type Place = { readonly scope: string; readonly indent: string };

const STEP = '    ';

/**
 * Reads a specimen of JSON. Filling it writes values in the place of marks, as JSON.stringify would with four spaces for each
 * step in. A key without a value is left out, and so is an object or array of which nothing is left. An array whose marks
 * are of one group is written with its elements once for each value of that group; an object whose marks are of one group
 * takes the first value.
 * @param place.scope what the names of all marks begin with: `entry.`
 * @param place.indent what its lines are indented by, but for the first
 */
export function readDataTemplate(specimen: DataObject, { scope, indent }: Place): FillData {
  const { of, within } = groupWithin(specimen, scope);
  const inside = { scope: within, indent: indent + STEP };
  const fields = Object.entries(specimen).map(([key, value]) => ({
    start: `${inside.indent}${written(key)}: `,
    fill: templateOf(value, inside),
  }));
  return (values) => {
    const first = of === null ? values : listOf(values, of)[0];
    if (first === undefined) return null;
    let text = '';
    for (const { start, fill } of fields) {
      const data = fill(first);
      if (data !== null) text += (text === '' ? '' : ',\n') + start + data;
    }
    return text === '' ? null : `{\n${text}\n${indent}}`;
  };
}

function templateOf(specimen: Data, place: Place): FillData {
  if (typeof specimen === 'string') return stringTemplate(specimen, place);
  if (typeof specimen === 'number' || typeof specimen === 'boolean') return () => written(specimen);
  return isArray(specimen) ? arrayTemplate(specimen, place) : readDataTemplate(specimen, place);
}

function arrayTemplate(specimen: readonly Data[], { scope, indent }: Place): FillData {
  const { of, within } = groupWithin(specimen, scope);
  const inside = { scope: within, indent: indent + STEP };
  const elements = specimen.map((element) => templateOf(element, inside));
  return (values) => {
    let text = '';
    for (const one of of === null ? [values] : listOf(values, of)) {
      for (const fill of elements) {
        const data = fill(one);
        if (data !== null) text += (text === '' ? '' : ',\n') + inside.indent + data;
      }
    }
    return text === '' ? null : `[\n${text}\n${indent}]`;
  };
}

/** A string is one mark, or stays as it is. */
function stringTemplate(specimen: string, { scope }: Place): FillData {
  const [before, path, after] = splitAtMarks(specimen);
  if (path === undefined || before !== '' || after !== '') {
    const text = written(specimen);
    return () => text;
  }
  const name = path.slice(scope.length);
  return (values) => {
    const value = values[name] ?? null;
    if (typeof value === 'number' || typeof value === 'boolean') return written(value);
    const told = value instanceof Markup ? value.html : value;
    if (typeof told !== 'string') return null;
    const text = withoutForbiddenCharacters(told);
    return text === '' ? null : written(text);
  };
}

/** JSON, whose brackets are no markup to whoever pastes it into a page: the same text in JSON's eyes. */
function written(value: string | number | boolean): string {
  const text = JSON.stringify(value);
  return text.includes('<') ? text.replace(/</g, '\\u003c') : text;
}

/** The group of the marks in a specimen, null if they have none in common; and the scope of what is in it. */
function groupWithin(
  specimen: DataObject | readonly Data[],
  scope: string,
): { readonly of: string | null; readonly within: string } {
  const of = groupOf(marksIn(JSON.stringify(specimen)), scope);
  return { of, within: of === null ? scope : `${scope}${of}.` };
}

function isArray(data: readonly Data[] | DataObject): data is readonly Data[] {
  return Array.isArray(data);
}
