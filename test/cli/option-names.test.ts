import { expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/cli/cli.ts';
import { SETTINGS } from '../../src/config/config.ts';

test('no option of a command has the name of a setting, which every command takes', () => {
  const taken = new Set(['json', 'help', ...SETTINGS.map(({ flag }) => flag)]);
  const options = COMMANDS.flatMap((command) => command.options.map(({ name }) => `${command.name} --${name}`));
  expect(options.length).toBeGreaterThan(10);
  expect(options.filter((option) => taken.has(option.split('--')[1]!))).toEqual([]);
});

test('no two commands have one name, and none begins as another is called', () => {
  const names = COMMANDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => names.includes(name.split(' ')[0]!) && name.includes(' '))).toEqual([]);
});
