import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** What was learnt of a source's rhythm, and why it is asked when it is. */
export const rhythm: SchemaChange = {
  name: '0014-rhythm',
  statements(flavour) {
    const { text } = sqlWords(flavour);
    return [
      `alter table source_states add column next_check_why ${text}`,
      `alter table source_states add column rhythm ${text}`,
    ];
  },
};
