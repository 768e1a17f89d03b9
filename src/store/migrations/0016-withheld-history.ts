import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** Pages that entries were read from which are retracted by now: what they answer is kept no more. */
export const withheldHistory: SchemaChange = {
  name: '0016-withheld-history',
  statements(flavour) {
    const { text, byKey } = sqlWords(flavour);
    return [
      `create table history_withheld (url_mark ${text} not null primary key)${byKey}`,
      `create index history_by_kind on history (kind, url)`,
      // What was retracted before this step.
      `delete from history where kind = 'feed' and url in (
        select url from source_states where source_id in (select source_id from ledger where state = 'retracted')
      )`,
    ];
  },
};
