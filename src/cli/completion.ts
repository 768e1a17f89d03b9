import type { Command } from './command.ts';
import { bashCompletion } from './completion/bash.ts';
import { completedCommands, type CompletedCommand } from './completion/completed.ts';
import { fishCompletion } from './completion/fish.ts';
import { zshCompletion } from './completion/zsh.ts';

const SHELLS: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `tributary completion`. @param commands the table that it is a part of */
export function completion(commands: () => readonly Command[]): Command {
  return {
    name: 'completion',
    says: 'print a script by which bash, zsh or fish complete command lines',
    group: 'upkeep',
    options: [],
    positionals: 1,
    operands: Object.keys(SHELLS).join('|'),
    needsNoSettings: true,
    about: [
      'Completes commands, their options, the settings, files and folders, and the ids and settings of sources and topics where one is asked for. The ids are those of the sources.json that --sources or TRIBUTARY_SOURCES names, as it is at that moment; all else is written into the script: print it anew after an upgrade.',
    ],
    examples: [
      {
        line: 'tributary completion bash > ~/.local/share/bash-completion/completions/tributary',
        says: 'For bash with the package bash-completion; without it, source the file from ~/.bashrc.',
      },
      {
        line: 'tributary completion zsh > ~/.zfunc/_tributary',
        says: 'For zsh, where ~/.zshrc has "fpath+=~/.zfunc" before "autoload -U compinit && compinit".',
      },
      { line: 'tributary completion fish > ~/.config/fish/completions/tributary.fish', says: 'For fish.' },
    ],
    async run({ positionals: [shell], terminal }) {
      const script = shell === undefined || !Object.hasOwn(SHELLS, shell) ? undefined : SHELLS[shell];
      if (script === undefined) {
        const what = shell === undefined ? 'Say for which shell' : `There is no completion for "${shell}"`;
        terminal.tell(`${what}: tributary completion ${Object.keys(SHELLS).join(', ')}`);
        return 2;
      }
      terminal.print(script(completedCommands(commands())).trimEnd());
      return 0;
    },
  };
}
