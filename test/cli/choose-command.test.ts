import { describe, expect, test } from '@jest/globals';
import { chooseCommand } from '../../src/cli/choose-command.ts';
import type { Command } from '../../src/cli/command.ts';

const named = (name: string): Command => ({ name, says: '', options: [], positionals: 0, run: async () => 0 });
const status = named('status');
const add = named('sources add');
const list = named('sources list');
const commands = [status, add, list];

describe('the command that a command line asks for', () => {
  test('is named by one word or by two, and the rest is its own', () => {
    expect(chooseCommand(commands, ['status', '--json'])).toEqual({ command: status, rest: ['--json'] });
    expect(chooseCommand(commands, ['sources', 'add', 'list'])).toEqual({ command: add, rest: ['list'] });
  });

  test('is one of several where only their first word is given', () => {
    for (const args of [['sources'], ['sources', '--help']])
      expect(chooseCommand(commands, args)).toEqual({ family: [add, list] });
  });

  test('is not there: the nearest name is told', () => {
    expect(chooseCommand(commands, ['statsu'])).toEqual({
      wrong: 'There is no command "statsu"; did you mean "status"?',
      family: [],
    });
    expect(chooseCommand(commands, ['sources', 'lst'])).toEqual({
      wrong: 'There is no command "sources lst"; did you mean "sources list"?',
      family: [add, list],
    });
    expect(chooseCommand(commands, ['source', 'list'])).toEqual({
      wrong: 'There is no command "source"; did you mean "sources"?',
      family: [],
    });
  });
});
