import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/** Alerts: what is wrong now (one row), what happened, and what is on its way to whom it is told. */
export const alerts: SchemaChange = {
  name: '0012-alerts',
  statements(flavour) {
    const {
      text,
      counter: { onceOnly: counter },
      number,
      rows,
    } = sqlWords(flavour);
    return [
      `create table alert_board (
        id ${number} not null primary key,
        revision ${number} not null,
        states ${text} not null
      )${rows}`,
      `create table alert_events (
        number ${counter},
        event ${text} not null
      )${rows}`,
      `create table alert_deliveries (
        number ${counter},
        channel ${text} not null,
        body ${text} not null,
        due_at ${text},
        tries ${number} not null,
        since ${text},
        last_failure ${text}
      )${rows}`,
    ];
  },
};
