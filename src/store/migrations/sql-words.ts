import type { Flavour } from '../session.ts';

/** How a database says what statements of the schema need. What is spelt here is in databases already, and never changes. */
export type SqlWords = {
  /** Ordered and compared byte by byte in both. */
  readonly text: string;
  readonly number: string;
  readonly real: string;
  readonly bytes: string;
  /** A number that rows get by themselves: in `onceOnly` no number is given twice, also not after the last row went. */
  readonly counter: { readonly plain: string; readonly onceOnly: string };
  /** Behind a table: of plain rows, or of rows that lie where their key says. */
  readonly rows: string;
  readonly byKey: string;
};

const WORDS: Readonly<Record<Flavour['name'], SqlWords>> = {
  sqlite: {
    text: 'text',
    number: 'integer',
    real: 'real',
    bytes: 'blob',
    counter: { plain: 'integer primary key', onceOnly: 'integer primary key autoincrement' },
    rows: ' strict',
    byKey: ' strict, without rowid',
  },
  postgres: {
    text: 'text collate "C"',
    number: 'bigint',
    real: 'double precision',
    bytes: 'bytea',
    counter: {
      plain: 'bigint generated always as identity primary key',
      onceOnly: 'bigint generated always as identity primary key',
    },
    rows: '',
    byKey: '',
  },
};

export function sqlWords(flavour: Flavour['name']): SqlWords {
  return WORDS[flavour];
}
