import type { SchemaChange } from './schema-change.ts';

/** An entry is found by an id or a former address, whatever its source. */
export const entriesByTheirSigns: SchemaChange = {
  name: '0006-entries-by-their-signs',
  statements(flavour) {
    // Ids are of any length, and PostgreSQL refuses long ones in an index that is in order.
    const byId = flavour === 'sqlite' ? '' : 'using hash ';
    return [
      `create index ledger_by_entry_id on ledger ${byId}(entry_id)`,
      `create index aliases_by_mark on aliases (mark)`,
    ];
  },
};
