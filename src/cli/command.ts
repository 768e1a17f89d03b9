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

/** 0 done, 1 failed, 2 wrong use; 3, where a command is asked to tell it so: done, and there is something to look at. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command is for; the main help goes by it. */
export type CommandGroup = 'run' | 'look' | 'change' | 'upkeep';

/** A command line to learn from. */
export type Example = {
  /** What follows `$ `: mostly `tributary …`. */
  readonly line: string;
  /** What it does, as a sentence. */
  readonly says: string;
};

export type Command = {
  /** One word, or two: `sources add`. */
  readonly name: string;
  readonly says: string;
  readonly options: readonly CommandOption[];
  /** How many positional arguments it takes at the most. */
  readonly positionals: number;
  /**
   * What these are, as its help shows it: `[ID|ADDRESS …]`. Shells complete by it: words in small letters as they stand
   * (`list|renew`), FILE and DIR by what is there, SOURCE and TOPIC by sources.json.
   */
  readonly operands?: string;
  /** Absent: it is listed last. */
  readonly group?: CommandGroup;
  /** What its help tells beyond `says`: paragraphs, each on one line, which are broken to the width of the terminal. */
  readonly about?: readonly string[];
  readonly examples?: readonly Example[];
  /** What its exit codes tell, where that is more than done, failed, wrong use. */
  readonly exits?: Readonly<Partial<Record<ExitCode, string>>>;
  /** It reads no settings, and so no fault in them keeps it from its work. */
  readonly needsNoSettings?: true;
  run(context: CommandContext): Promise<ExitCode>;
};
