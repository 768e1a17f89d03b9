import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** What podcasts say of an article as an episode. Of what was stored before nothing is known. */
export const episodes: SchemaChange = {
  name: '0008-episodes',
  statements(flavour) {
    const { text } = sqlWords(flavour);
    return [`alter table articles add column episode ${text}`];
  },
};
