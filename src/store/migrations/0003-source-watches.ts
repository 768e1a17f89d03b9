import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** How the articles of a source look on its pages. */
export const sourceWatches: SchemaChange = {
  name: '0003-source-watches',
  statements(flavour) {
    const { text } = sqlWords(flavour);
    const byKey = flavour === 'sqlite' ? ' strict, without rowid' : '';
    return [
      `create table source_watches (
        source_id ${text} not null primary key,
        selectors ${text} not null,
        shapes ${text} not null,
        latest ${text} not null,
        drift_since ${text},
        drift_reason ${text}
      )${byKey}`,
    ];
  },
};
