import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/**
 * What sources and pages answered, as it came, for some days. `mark` is a digest of all that an answer is asked for by,
 * `url_mark` one of what and where alone; a failure has the digest `failed`, so there is one at the most of each mark.
 */
export const history: SchemaChange = {
  name: '0011-history',
  statements(flavour) {
    const {
      text,
      number,
      counter: { onceOnly: counter },
      bytes,
      rows,
    } = sqlWords(flavour);
    return [
      `create table history (
        number ${counter},
        mark ${text} not null,
        url_mark ${text} not null,
        digest ${text} not null,
        at ${text} not null,
        size ${number} not null,
        kind ${text} not null,
        url ${text} not null,
        asked_as ${text} not null,
        answer ${text} not null,
        body ${bytes}
      )${rows}`,
      `create unique index history_by_mark on history (mark, digest)`,
      `create index history_by_address on history (url_mark)`,
      `create index history_by_age on history (at, number, size)`,
    ];
  },
};
