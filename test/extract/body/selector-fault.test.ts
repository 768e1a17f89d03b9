import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { selectedElements } from '../../../src/extract/body/select-body.ts';
import { selectorFault } from '../../../src/extract/body/selector-fault.ts';
import { readSourcesFile } from '../../../src/config/sources-file.ts';

// What matches takes almost anything for a name: a slip of the finger would never match, and nobody would be told.

describe('a selector of an operator', () => {
  test.each([
    'article > .body',
    '*',
    '.größe',
    '#1204',
    'h1, h2 ,\n.lead',
    'a[href$=".pdf" i]',
    '[title="]<b>)"]',
    'div:not(.ad, aside):has(> p + p)',
    'p:nth-child(2n + 1)',
    'p:contains("a b")',
    'div/* the body */p',
    String.raw`.md\:grid`,
  ])('%s can be read', (selector) => {
    expect(selectorFault(selector)).toBeNull();
  });

  test.each([
    ['div..x', 'at character 5, ".", behind "div.": a name belongs behind ".", as in ".text"'],
    ['div:has(..x)', 'at character 10, ".", behind "div:has(.": a name belongs behind ".", as in ".text"'],
    ['h1, #', 'at its end, behind "h1, #": a name belongs behind "#", as in "#text"'],
    ['article >', 'at its end, behind "article >": ">" leads to nothing'],
    ['article > > p', 'at character 11, ">", behind "article > ": ">" leads to nothing'],
    ['> p', 'at character 1, ">": an element belongs here, as in "article .text"'],
    ['h1,,h2', 'at character 4, ",", behind "h1,": an element belongs here, as in "article .text"'],
    [' ', 'at its end: an element belongs here, as in "article .text"'],
    ['div[class', 'at character 4, "[", behind "div": this "[" is never closed by "]"'],
    ['p:not(.ad', 'at character 6, "(", behind "p:not": this "(" is never closed by ")"'],
    ['p)', 'at character 2, ")", behind "p": it has no meaning here'],
    ['a{color:red}', 'at character 2, "{", behind "a": it has no meaning here'],
    ['<p>', 'at character 1, "<": an element belongs here, as in "article .text"'],
    ['@media', 'at character 1, "@": an element belongs here, as in "article .text"'],
    ['p:', 'at its end, behind "p:": a name belongs behind ":", as in ":not(.text)"'],
    [`${'p '.repeat(100)}!`, 'at character 201, "!", behind "… p p p p p p p p p p p p p p ": it has no meaning here'],
    [`${':not('.repeat(100)}p${')'.repeat(100)}`, 'it has parentheses within parentheses more than 50 times'],
    ['p:foo', 'Unknown pseudo-class :foo'],
  ])('%s is a fault, with its place', (selector, says) => {
    expect(selectorFault(selector)).toBe(`is no CSS selector: ${says}`);
  });

  test('of whatever signs is told to be a fault, or can be matched', () => {
    const signs = fc.constantFrom('p', '.', '#', 'x', ' ', ',', '>', '+', '~', '*', ':not(', ')', '[', ']', '"', '\\');
    const page = parseDocument('<p class="x">a</p>');
    fc.assert(
      fc.property(fc.string({ unit: signs, minLength: 1, maxLength: 12 }), (selector) => {
        const fault = selectorFault(selector);
        if (fault === null) expect(Array.isArray(selectedElements(page, selector))).toBe(true);
        else expect(fault).toMatch(/^is no CSS selector: ./);
      }),
      { numRuns: 500 },
    );
  });

  test('never makes elements, also where a tag stands in its quotes', () => {
    expect(selectedElements(parseDocument('<p>a</p>'), '[title="<b>"]')).toEqual([]);
  });

  test('is looked at wherever the list has one', () => {
    const list = {
      site: { title: 'Test', url: 'https://news.example/' },
      defaults: { remove: ['.ad', 'div..x'] },
      topics: [],
      sources: [{ id: 'harbour', title: 'Harbour', url: 'https://a.example/f', select: 'p:has(', remove: ['aside >'] }],
    };
    const reading = readSourcesFile(Buffer.from(JSON.stringify(list)), { scheduleFault: () => null, selectorFault });
    expect('faults' in reading ? reading.faults : []).toEqual([
      {
        path: 'defaults.remove[1]',
        place: { line: 1, column: expect.any(Number) },
        message:
          'is no CSS selector: at character 5, ".", behind "div.": a name belongs behind ".", as in ".text" (it is "div..x")',
      },
      expect.objectContaining({ path: 'sources[0].select', of: 'harbour' }),
      expect.objectContaining({ path: 'sources[0].remove[0]', of: 'harbour' }),
    ]);
  });
});
