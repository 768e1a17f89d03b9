import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** What the operator has said of entries that waited, or should not have gone where they went. */
export const verdicts: SchemaChange = {
  name: '0005-verdicts',
  statements(flavour) {
    const { text, number, rows } = sqlWords(flavour);
    return [
      `create table verdicts (
        entry ${number} not null primary key references ledger (entry),
        verdict ${text} not null,
        at ${text} not null,
        note ${text}
      )${rows}`,
    ];
  },
};
