import { nearestName } from '../support/nearest-name.ts';
import type { Command } from './command.ts';

/** What a command line asks for: a command, help on all that begin with one word, or nothing that there is. */
export type Choice =
  | { readonly command: Command; readonly rest: readonly string[] }
  | { readonly family: readonly Command[] }
  | { readonly wrong: string; readonly family: readonly Command[] };

/** Finds the command that the first words name. Names of one or two words: `status`, `sources add`. */
export function chooseCommand(commands: readonly Command[], args: readonly string[]): Choice {
  const [first = '', second] = args;
  const family = commands.filter(({ name }) => name.startsWith(`${first} `));
  const pair = family.find(({ name }) => name === `${first} ${second ?? ''}`);
  if (pair !== undefined) return { command: pair, rest: args.slice(2) };
  const single = commands.find(({ name }) => name === first);
  if (single !== undefined) return { command: single, rest: args.slice(1) };
  if (family.length === 0) return { wrong: unknown(first, commands), family: [] };
  if (second === undefined || second === '--help' || second === '-h') return { family };
  return { wrong: unknown(`${first} ${second}`, family), family };
}

function unknown(name: string, commands: readonly Command[]): string {
  const names = commands.map((command) => command.name);
  const near = nearestName(name, [...names, ...names.map((each) => each.split(' ')[0]!)]);
  return `There is no command "${name}"${near === null ? '' : `; did you mean "${near}"?`}`;
}
