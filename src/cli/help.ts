import { SETTINGS } from '../config/config.ts';
import type { Command } from './command.ts';
import { table } from './terminal.ts';

/** What the program can do, on one screen. */
export function usage(commands: readonly Command[]): string[] {
  return [
    'usage: tributary COMMAND [OPTION …]',
    '',
    'commands:',
    ...table(commands.map(({ name, says }) => [`  ${name}`, says])),
    '',
    'tributary COMMAND --help shows a command’s options and the settings.',
    'exit codes: 0 done, 1 failed, 2 wrong use',
  ];
}

export function helpFor(command: Command): string[] {
  const own = command.options.map(({ name, argument, says }) => [
    `  --${name}${argument === null ? '' : ` ${argument}`}`,
    says,
  ]);
  const settings = SETTINGS.map(({ flag, argument, environment, byDefault, repeatable, says }) => {
    const names = flag === null ? environment : `--${flag} ${argument}${repeatable ? ' …' : ''}`;
    const also = flag === null ? '' : ` (${environment})`;
    return [`  ${names}`, `${says}${byDefault === null || byDefault === '' ? '' : `; ${byDefault}`}${also}`];
  });
  return [
    `usage: tributary ${command.name} ${command.operands === undefined ? '' : `${command.operands} `}[OPTION …]`,
    '',
    command.says,
    '',
    ...(own.length === 0 ? [] : ['options:', ...table(own), '']),
    'settings:',
    ...table([...settings, ['  --json', 'print the result as JSON, for scripts']]),
  ];
}
