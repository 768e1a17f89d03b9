import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { editedText } from '../../../src/config/edit/edited-text.ts';

const LIST = `{
  "site": {"title":"The  Tide",   "url": "https://tide.example/" },
  "topics": [],
  "sources": [
    { "id": "a", "title": "A", "url": "https://a.example/feed", "note": "asked   in May" },
    {
      "id": "b",
      "url": "https://b.example/feed",
      "topics": ["x", "y"]
    }
  ]
}
`;

type Document = { site: object; topics: object[]; sources: Record<string, unknown>[] };
const data = (): Document => JSON.parse(LIST) as Document;

describe('an edit of the text', () => {
  test('that changes nothing gives the same text', () => {
    expect(editedText(LIST, data())).toBe(LIST);
  });

  test('changes a value where it stands', () => {
    const changed = data();
    changed.sources[0]!['title'] = 'Another';
    expect(editedText(LIST, changed)).toBe(LIST.replace('"title": "A"', '"title": "Another"'));
  });

  test('adds a member in the manner of its neighbours', () => {
    const changed = data();
    changed.sources[0]!['weight'] = 2;
    changed.sources[1]!['quota'] = { most: 5, hours: 24 };
    expect(editedText(LIST, changed)).toBe(
      LIST.replace('"asked   in May" }', '"asked   in May", "weight": 2 }').replace(
        '"topics": ["x", "y"]\n',
        '"topics": ["x", "y"],\n      "quota": { "most": 5, "hours": 24 }\n',
      ),
    );
  });

  test('adds an element in the manner of the one before it', () => {
    const changed = data();
    changed.sources.push({ id: 'c', url: 'https://c.example/' });
    expect(editedText(LIST, changed)).toBe(
      LIST.replace(
        '["x", "y"]\n    }',
        '["x", "y"]\n    },\n    {\n      "id": "c",\n      "url": "https://c.example/"\n    }',
      ),
    );
  });

  test('takes an element out with its line, wherever it stands', () => {
    const [first, second] = data().sources;
    expect(editedText(LIST, { ...data(), sources: [second] })).toBe(LIST.replace(/ {4}\{ "id": "a".*\n/, ''));
    expect(editedText(LIST, { ...data(), sources: [first] })).toBe(LIST.replace(/,\n {4}\{\n[^}]*\}/, ''));
    expect(editedText(LIST, { ...data(), sources: [] })).toBe(LIST.replace(/\[\n[^]*\]\n/, '[]\n'));
  });

  test('fills an empty list', () => {
    expect(editedText(LIST, { ...data(), topics: [{ id: 'world', title: 'World' }] })).toBe(
      LIST.replace('"topics": []', '"topics": [\n    {\n      "id": "world",\n      "title": "World"\n    }\n  ]'),
    );
  });

  test('takes members out, the first, the last, and all', () => {
    const text = '{"a": 1, "b": 2, "c": 3}';
    expect(editedText(text, { b: 2, c: 3 })).toBe('{"b": 2, "c": 3}');
    expect(editedText(text, { a: 1, b: 2 })).toBe('{"a": 1, "b": 2}');
    expect(editedText(text, { b: 2 })).toBe('{"b": 2}');
    expect(editedText(text, {})).toBe('{}');
  });

  test('keeps the line ends, the indentation and the byte order mark that are there', () => {
    const text = '\ufeff{\r\n\t"sources": [\r\n\t\t{ "id": "a" }\r\n\t]\r\n}';
    expect(editedText(text, { sources: [{ id: 'a' }, { id: 'b' }], more: [{ x: [{ y: 1 }] }] })).toBe(
      '\ufeff{\r\n\t"sources": [\r\n\t\t{ "id": "a" },\r\n\t\t{ "id": "b" }\r\n\t],\r\n\t"more": [\r\n\t\t{\r\n\t\t\t"x": [\r\n\t\t\t\t{\r\n\t\t\t\t\t"y": 1\r\n\t\t\t\t}\r\n\t\t\t]\r\n\t\t}\r\n\t]\r\n}',
    );
  });
});

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(1, 0.5, true, null, 'text', 'a "quoted" \\ one', '', '{', ']'),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'id', 'note', '__proto'), tie('value'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
}));
const sources = fc.uniqueArray(
  fc
    .record({ id: fc.constantFrom('r', 's', 't', 'u', 'v'), more: value.object })
    .map(({ id, more }) => ({ ...more, id })),
  { selector: ({ id }) => id, maxLength: 5 },
);
const document = fc.record({ sources, topics: fc.array(value.value, { maxLength: 3 }), site: value.object });
/** White space at random between the tokens, as other programs and people leave it. */
const written = fc
  .tuple(
    document,
    fc.array(fc.constantFrom('', '', ' ', '\n', '\n  ', '\r\n\t', '   '), { minLength: 1, maxLength: 40 }),
  )
  .map(([before, spaces]) => {
    let at = 0;
    const space = (): string => spaces[at++ % spaces.length]!;
    const tokens = JSON.stringify(before).match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^"[\]{},:]+/g)!;
    return { before, text: space() + tokens.map((token) => token + space()).join('') };
  });

test('holds the data that it is to hold, whatever the text looked like', () => {
  fc.assert(
    fc.property(written, document, ({ before, text }, after) => {
      expect(JSON.parse(editedText(text, before))).toEqual(before);
      expect(editedText(text, before)).toBe(text);
      expect(JSON.parse(editedText(text, after))).toEqual(JSON.parse(JSON.stringify(after)));
    }),
    { numRuns: 500 },
  );
});

test('changes nothing but the source that is edited', () => {
  fc.assert(
    fc.property(written, fc.nat(), value.value, ({ before, text }, which, changed) => {
      fc.pre(before.sources.length > 0);
      const at = which % before.sources.length;
      const list = before.sources.map((source, place) => (place === at ? { ...source, changed } : source));
      const edited = editedText(text, { ...before, sources: list });
      expect(JSON.parse(edited)).toEqual({ ...before, sources: list });
      // What is added is one piece: without it the text is as it was.
      let start = 0;
      while (start < text.length && text[start] === edited[start]) start++;
      const added = edited.length - text.length;
      expect(edited.slice(0, start) + edited.slice(start + added)).toBe(text);
    }),
    { numRuns: 300 },
  );
});
