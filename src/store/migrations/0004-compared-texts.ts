import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/**
 * The texts of the last days as duplicates and stories are found by them, so that a start reads no text again; and which
 * event a story reports, and which of its topics no rule gives it. Numbers are never given twice: by them a program finds what another has saved since.
 */
export const comparedTexts: SchemaChange = {
  name: '0004-compared-texts',
  statements(flavour) {
    const {
      text,
      number,
      counter: { onceOnly: counter },
      bytes,
      rows,
    } = sqlWords(flavour);
    return [
      `create table compared_texts (
        number ${counter},
        entry ${number} not null unique references ledger (entry),
        at_ms ${number} not null,
        print ${bytes} not null,
        story_print ${bytes},
        weights ${bytes},
        near ${text}
      )${rows}`,
      `create index compared_texts_by_time on compared_texts (at_ms)`,
      `alter table stories add column event_id ${text} not null default ''`,
      `create index stories_by_event on stories (event_id)`,
      `update stories set event_id = id`,
      `alter table story_topics add column learnt integer not null default 0`,
    ];
  },
};
