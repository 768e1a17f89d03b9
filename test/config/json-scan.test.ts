import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { placesOf, repeatedNames, type Path } from '../../src/config/json-places.ts';
import { scanJson } from '../../src/config/json-scan.ts';

/** Every way down into a document, with what is there. */
function ways(value: unknown, path: Path = []): { readonly path: Path; readonly value: unknown }[] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const step = (key: string): PropertyKey => (Array.isArray(value) ? Number(key) : key);
  return [{ path, value }, ...below.flatMap(([key, inner]) => ways(inner, [...path, step(key)]))];
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('the scan takes for JSON what the engine does, in texts that are damaged anywhere', () => {
  const damage = fc.record({
    at: fc.nat(),
    text: fc.constantFrom('', ',', '"', '{', ']', '\\', '\n', '0', '.', 'tru', ' '),
  });
  fc.assert(
    fc.property(fc.json(), fc.array(damage, { maxLength: 2 }), (json, damages) => {
      const text = damages.reduce((whole, { at, text: put }) => {
        const place = at % (whole.length + 1);
        return whole.slice(0, place) + put + whole.slice(place + 1);
      }, json);
      expect([text, scanJson(text) === null]).toEqual([text, parses(text)]);
    }),
    { numRuns: 2000 },
  );
});

test('each value of a document is found where its text begins, and its name before it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (document, indent) => {
      const text = JSON.stringify(document, null, indent);
      const lines = text.split('\n');
      const rest = ({ line, column }: { line: number; column: number }): string =>
        [lines[line - 1]!.slice(column - 1), ...lines.slice(line)].join('\n');
      const all = ways(JSON.parse(text));
      const values = placesOf(
        text,
        all.map(({ path }) => ({ path, part: 'value' })),
      );
      const names = placesOf(
        text,
        all.map(({ path }) => ({ path, part: 'name' })),
      );
      for (const [at, { path, value }] of all.entries()) {
        const first = JSON.stringify(value)[0]!;
        expect([path, rest(values[at]!).slice(0, 1)]).toEqual([path, first]);
        const name = path.at(-1);
        if (typeof name === 'string') expect(rest(names[at]!).startsWith(JSON.stringify(name))).toBe(true);
      }
      expect(repeatedNames(text)).toEqual([]);
    }),
  );
});
