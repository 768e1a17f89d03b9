import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { linesOfDifference } from '../../src/cli/lines-of-difference.ts';

const pretty = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
const aList = (topics: readonly object[], sources: readonly object[] = [{ id: 'the-harbour-herald' }]): string =>
  pretty({ topics, sources });
const changed = (lines: readonly string[]): readonly string[] => lines.filter((line) => /^[-+]/.test(line));

/** Does to a text what the lines of difference say, and complains where they say something else of it. */
function followed(before: string, lines: readonly string[]): string {
  const old = before.split('\n');
  const made: string[] = [];
  let at = 0;
  const taken = (line: string): string => {
    expect(old[at]).toBe(line);
    at++;
    return line;
  };
  for (const line of lines) {
    const [, start] = /^@@ line (\d+) @@$/.exec(line) ?? [];
    if (start !== undefined) while (at < Number(start) - 1) made.push(old[at++]!);
    else if (line.startsWith('+ ')) made.push(line.slice(2));
    else if (line.startsWith('- ')) taken(line.slice(2));
    else made.push(taken(line.slice(2)));
  }
  return [...made, ...old.slice(at)].join('\n');
}

/** How many lines two texts have in common, in their order: the plain way, with a table of all. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let above = Array.from({ length: b.length + 1 }, () => 0);
  for (const line of a) {
    const row = [0];
    for (const [at, other] of b.entries())
      row.push(line === other ? above[at]! + 1 : Math.max(row[at]!, above[at + 1]!));
    above = row;
  }
  return above.at(-1)!;
}

describe('the lines of difference', () => {
  test('of a topic that is added are lines that come, with two around them, and none that goes and comes back', () => {
    const harbour = { id: 'harbour', title: 'Harbour' };
    const lines = linesOfDifference(aList([harbour]), aList([harbour, { id: 'zz', match: { any: ['q'] } }]));
    expect(lines).toEqual([
      '@@ line 4 @@',
      '        "id": "harbour",',
      '        "title": "Harbour"',
      '+     },',
      '+     {',
      '+       "id": "zz",',
      '+       "match": {',
      '+         "any": [',
      '+           "q"',
      '+         ]',
      '+       }',
      '      }',
      '    ],',
    ]);
  });

  test('of texts that are alike are none', () => {
    expect(linesOfDifference('a\nb\n', 'a\nb\n')).toEqual([]);
    expect(linesOfDifference('', '')).toEqual([]);
  });

  test('tell what lies between two changes once, and begin anew where much lies between', () => {
    expect(linesOfDifference('1\n2\n3\n4\n5\n6\n7\n8\n9', '1\nB\n3\n4\nE\n6\n7\n8\n9\n10')).toEqual([
      '@@ line 1 @@',
      '  1',
      '- 2',
      '+ B',
      '  3',
      '  4',
      '- 5',
      '+ E',
      '  6',
      '  7',
      '  8',
      '  9',
      '+ 10',
    ]);
    expect(linesOfDifference('1\n2\n3\n4\n5\n6\n7\n8\n9', 'A\n2\n3\n4\n5\n6\n7\n8\n9\n10')).toEqual([
      '@@ line 1 @@',
      '- 1',
      '+ A',
      '  2',
      '  3',
      '@@ line 8 @@',
      '  8',
      '  9',
      '+ 10',
    ]);
  });

  test('lead from one text to the other, with no more lines changed than must be', () => {
    const aText = fc.array(fc.constantFrom('{', '}', '},', 'a', 'b', 'c'), { maxLength: 40 });
    fc.assert(
      fc.property(aText, aText, (before, after) => {
        const lines = linesOfDifference(before.join('\n'), after.join('\n'));
        expect(followed(before.join('\n'), lines)).toBe(after.join('\n'));
        const [a, b] = [before, after].map((text) => (text.length === 0 ? [''] : text)) as [string[], string[]];
        expect(changed(lines)).toHaveLength(a.length + b.length - 2 * inCommon(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  test('are additions alone, however many sources are added beside a topic', () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({ id: `s${index}`, title: 'S', languages: ['en'] }));
    const [before, after] = [
      aList([{ id: 'a' }], many.slice(0, 10)),
      aList([{ id: 'a' }, { id: 'b' }], [...many.slice(0, 5), ...many.slice(10), ...many.slice(5, 10)]),
    ];
    const lines = linesOfDifference(before, after);
    expect(followed(before, lines)).toBe(after);
    expect(changed(lines).filter((line) => line.startsWith('-'))).toEqual([]);
  });

  test('come to an end where nothing is alike but the commonest lines', () => {
    const many = (letter: string): string[] =>
      Array.from({ length: 20_000 }, (_, index) => (index % 3 === 0 ? '{' : index % 3 === 1 ? letter : '}'));
    const before = many('a').join('\n');
    const after = many('b').toReversed().join('\n');
    expect(followed(before, linesOfDifference(before, after))).toBe(after);
  });
});
