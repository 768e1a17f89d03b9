import type { EntryReading, Format } from './reading.ts';
import type { Excuse } from './compare-readings.ts';

// What other people's readers cannot say of our documents. Every line is needed (a test looks), and none is added lightly.

/** Formats that a reader does not know at all. */
export const CANNOT_READ: readonly { readonly reader: string; readonly format: Format; readonly why: string }[] = [
  { reader: 'rss-parser', format: 'json', why: 'it reads XML alone' },
  { reader: 'node-feedparser', format: 'json', why: 'it reads XML alone' },
  { reader: 'python-feedparser', format: 'json', why: 'its version 6 reads XML alone' },
];

const TAGS_STRIPPED = {
  reader: 'node-feedparser',
  field: 'title',
  of: ({ title }: EntryReading) => title?.includes('<') === true,
  why: 'it takes every title for HTML, whatever its type says, and strips what looks like a tag',
} as const;

export const CANNOT_SAY: readonly Excuse[] = [
  { ...TAGS_STRIPPED, format: 'atom' },
  { ...TAGS_STRIPPED, format: 'rss' },
  {
    reader: 'feed-extractor',
    format: 'atom',
    field: 'published',
    of: () => true,
    why: 'it has one date for an entry, and that is when it was updated',
  },
];
