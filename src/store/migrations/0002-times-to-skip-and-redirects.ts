import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** When a feed asks to be left alone, and where redirectors lead that keep their target to themselves. */
export const timesToSkipAndRedirects: SchemaChange = {
  name: '0002-times-to-skip-and-redirects',
  statements(flavour) {
    const { text } = sqlWords(flavour);
    const byKey = flavour === 'sqlite' ? ' strict, without rowid' : '';
    return [
      `alter table source_states add column skip_hours ${text} not null default '[]'`,
      `alter table source_states add column skip_days ${text} not null default '[]'`,
      `create table redirects (
        url ${text} not null primary key,
        target ${text} not null,
        asked_at ${text} not null
      )${byKey}`,
      `create index redirects_by_time on redirects (asked_at)`,
    ];
  },
};
