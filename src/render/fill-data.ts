import { withoutForbiddenCharacters } from '../support/html.ts';
import { listOf, type Values } from './fill-template.ts';
import { groupOf, marksIn, splitAtMarks } from './marks.ts';

/** JSON, but for null: what is absent has no key. */
export type Data = string | number | boolean | readonly Data[] | DataObject;
export type DataObject = { readonly [key: string]: Data };

/** Fills a specimen; null when nothing is left of it. */
export type FillData<Filled extends Data> = (values: Values) => Filled | null;

/**
 * Reads a specimen of JSON. Filling it puts values, as data, in the place of marks. A key without a value is left out,
 * and so is an object or array of which nothing is left. An array whose marks are of one group is written with its
 * elements once for each value of that group; an object whose marks are of one group takes the first value.
 */
export function readDataTemplate(specimen: DataObject, scope = ''): FillData<DataObject> {
  const { of, within } = groupWithin(specimen, scope);
  const fields = Object.entries(specimen).map(([key, value]) => ({ key, fill: templateOf(value, within) }));
  return (values) => {
    const [first] = of(values);
    if (first === undefined) return null;
    const filled: Record<string, Data> = {};
    for (const { key, fill } of fields) {
      const data = fill(first);
      if (data !== null) filled[key] = data;
    }
    return Object.keys(filled).length === 0 ? null : filled;
  };
}

function templateOf(specimen: Data, scope: string): FillData<Data> {
  if (typeof specimen === 'string') return stringTemplate(specimen, scope);
  if (typeof specimen === 'number' || typeof specimen === 'boolean') return () => specimen;
  return isArray(specimen) ? arrayTemplate(specimen, scope) : readDataTemplate(specimen, scope);
}

function arrayTemplate(specimen: readonly Data[], scope: string): FillData<Data> {
  const { of, within } = groupWithin(specimen, scope);
  const elements = specimen.map((element) => templateOf(element, within));
  return (values) => {
    const filled = of(values).flatMap((one) => elements.map((fill) => fill(one)).filter((data) => data !== null));
    return filled.length === 0 ? null : filled;
  };
}

/** A string is one mark, or stays as it is. */
function stringTemplate(specimen: string, scope: string): FillData<Data> {
  const [before, path, after] = splitAtMarks(specimen);
  if (path === undefined || before !== '' || after !== '') return () => specimen;
  const name = path.slice(scope.length);
  return (values) => {
    const value = values[name] ?? null;
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (typeof value !== 'string') return null;
    const text = withoutForbiddenCharacters(value);
    return text === '' ? null : text;
  };
}

function groupWithin(
  specimen: DataObject | readonly Data[],
  scope: string,
): { readonly of: (values: Values) => readonly Values[]; readonly within: string } {
  const group = groupOf(marksIn(JSON.stringify(specimen)), scope);
  if (group === null) return { of: (values) => [values], within: scope };
  return { of: (values) => listOf(values, group), within: `${scope}${group}.` };
}

function isArray(data: readonly Data[] | DataObject): data is readonly Data[] {
  return Array.isArray(data);
}
