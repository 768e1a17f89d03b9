import type { Repair } from '../model/feed.ts';

/** Every mend, with the sentence that an operator reads. A code is stable. */
const SENTENCES = {
  'bytes-capped': 'the document is larger than is read; the rest was left out',
  'bytes-invalid': 'bytes that are no characters were replaced',
  'charset-mislabelled': 'the document is not in the charset that it declares',
  'charset-unknown': 'the declared charset is not known',
  'json-mended': 'the JSON is faulty; what could be read was taken',
  'field-mistyped': 'a field is not of the kind that JSON Feed asks for and was left out',
  'text-before-root': 'text stands before the feed’s first element',
  'text-after-root': 'text stands after the feed’s last element',
  'root-odd': 'the feed’s outermost element is missing or misspelt',
  'control-characters': 'control characters were removed',
  'reference-bare': 'an ampersand is not escaped',
  'reference-unknown': 'a reference names no known character',
  'markup-bare': 'markup stands unescaped in a field for text',
  'tag-broken': 'a tag is not written properly',
  'attribute-unquoted': 'an attribute is not quoted',
  'element-unclosed': 'an element is not closed',
  'end-tag-stray': 'an end tag closes nothing',
  'cdata-nested': 'a CDATA section stands within another',
  'comment-unclosed': 'a comment is not closed',
  'prefix-undeclared': 'a namespace’s prefix is not declared; its usual meaning was taken',
  'date-unreadable': 'a date cannot be read',
  'address-unusable': 'an address cannot be used',
  'depth-capped': 'elements lie deeper in each other than is read',
  'fields-capped': 'an entry, or the feed itself, holds more fields than are read',
  'entries-capped': 'the feed holds more entries than are read',
  'list-capped': 'an entry, or the feed itself, lists more of one kind than is read',
  'attributes-capped': 'a tag holds more attributes, or the document more namespaces, than are read',
  'text-capped': 'a text is longer than is read and was cut',
  'document-cut': 'the document ends in the middle',
} as const satisfies Record<string, string>;

export type RepairCode = keyof typeof SENTENCES;

/** Collects the mends of one document: each kind once, with what was seen first and how often. */
export type Repairs = {
  note(code: RepairCode, seen?: string | null, count?: number): void;
  has(code: RepairCode): boolean;
  list(): Repair[];
};

export function collectRepairs(): Repairs {
  const found = new Map<RepairCode, { seen: string | null; count: number }>();
  return {
    note(code, seen = null, count = 1) {
      const known = found.get(code);
      if (known === undefined) found.set(code, { seen, count });
      else known.count += count;
    },
    has: (code) => found.has(code),
    list: () =>
      [...found].map(([code, { seen, count }]) => ({
        code,
        detail: seen === null ? SENTENCES[code] : `${SENTENCES[code]} (${seen})`,
        count,
      })),
  };
}
