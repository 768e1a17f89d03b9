import type { Config } from '../config/config.ts';
import type { Log } from '../support/log.ts';
import type { Terminal } from './terminal.ts';

/** An option of one command, besides the settings that every command takes. */
export type CommandOption = {
  readonly name: string;
  /** Name of its value; null: it takes none. */
  readonly argument: string | null;
  readonly says: string;
};

/** What a command is given. */
export type CommandContext = {
  readonly config: Config;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  readonly json: boolean;
  readonly terminal: Terminal;
  readonly log: Log;
  /** A secret by its name in the environment; null where it is not set. */
  readonly secretOf: (name: string) => string | null;
  readonly signal: AbortSignal;
};

/** 0 done, 1 failed, 2 wrong use. */
export type ExitCode = 0 | 1 | 2;

export type Command = {
  /** One word, or two: `sources add`. */
  readonly name: string;
  readonly says: string;
  readonly options: readonly CommandOption[];
  /** How many positional arguments it takes at the most. */
  readonly positionals: number;
  /** What these are, as its help shows it: `[ID|ADDRESS …]`. */
  readonly operands?: string;
  run(context: CommandContext): Promise<ExitCode>;
};
