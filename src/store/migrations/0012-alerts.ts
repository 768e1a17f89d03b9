import type { SchemaChange } from './schema-change.ts';

/** Alerts: what is wrong now (one row), what happened, and what is on its way to whom it is told. */
export const alerts: SchemaChange = {
  name: '0012-alerts',
  statements(flavour) {
    const { text, counter, number, rows } = {
      sqlite: { text: 'text', counter: 'integer primary key autoincrement', number: 'integer', rows: ' strict' },
      postgres: {
        text: 'text collate "C"',
        counter: 'bigint generated always as identity primary key',
        number: 'bigint',
        rows: '',
      },
    }[flavour];
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
