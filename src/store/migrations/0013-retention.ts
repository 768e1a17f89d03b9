import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** What expires is found by the dates of articles; and the archives that hold something of it, until they are made again without. */
export const retention: SchemaChange = {
  name: '0013-retention',
  statements(flavour) {
    const { text, byKey } = sqlWords(flavour);
    return [
      `create index articles_by_age on articles (source_id, published)`,
      `create table archives_to_mend (
        topic_id ${text} not null,
        page integer not null,
        primary key (topic_id, page)
      )${byKey}`,
    ];
  },
};
