import { expect, test } from '@jest/globals';
import { readConfig, SETTINGS, shownValue } from '../../src/config/config.ts';

test('flags win over the environment, and the environment over the defaults', () => {
  const reading = readConfig({ port: '9000' }, { TRIBUTARY_PORT: '9001', TRIBUTARY_DATA: '/srv/data' });
  expect(reading).toMatchObject({ config: { port: 9000, data: '/srv/data', output: 'output' } });
});

test('a repeatable flag gives a list, and so does a comma in the environment', () => {
  expect(readConfig({ 'allow-network': ['10.0.0.0/8', 'fd00::/8'] }, {})).toMatchObject({
    config: { allowNetwork: ['10.0.0.0/8', 'fd00::/8'] },
  });
  expect(readConfig({}, { TRIBUTARY_ALLOW_NETWORK: '10.0.0.0/8, 127.0.0.1/32' })).toMatchObject({
    config: { allowNetwork: ['10.0.0.0/8', '127.0.0.1/32'] },
  });
});

test('every fault is told, by the name that it was given under, and a secret is never shown', () => {
  const reading = readConfig(
    { port: '99999', 'allow-network': ['10.0.0.1'] },
    { DATABASE_URL: 'mysql://me:secret@x/', TRIBUTARY_NOW: 'today' },
  );
  const messages = 'faults' in reading ? reading.faults.map(({ message }) => message) : [];
  expect(messages).toEqual([
    '--allow-network: "10.0.0.1" holds 10.0.0.1, which is not a network such as 10.1.0.0/16 or fd00::/8',
    'DATABASE_URL: the value does not begin with postgres://',
    '--port: "99999" is not a whole number from 0 to 65535',
    'TRIBUTARY_NOW: "today" is not an instant such as 2026-11-24T06:00:00Z',
  ]);
});

test('every setting can be shown, secrets blotted out', () => {
  const reading = readConfig({}, { DATABASE_URL: 'postgres://me:secret@x/db' });
  if ('faults' in reading) throw new Error('faults');
  const shown = SETTINGS.map((each) => `${each.name}=${shownValue(each, reading.config)}`);
  expect(shown).toContain('databaseUrl=(set, not shown)');
  expect(shown.join()).not.toContain('secret');
});
