import { realpath } from 'node:fs/promises';
import { keptVersions, MOST_KEPT } from '../config/edit/kept-versions.ts';
import { restoreVersion, type RestoreOutcome } from '../config/edit/restore-version.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { DRY_RUN, editTools, isRehearsal, nextSteps, tellEdit } from './edit-list.ts';

export const undo: Command = {
  name: 'undo',
  says: 'put sources.json back as it was before the last edit by a command',
  group: 'change',
  operands: '[NUMBER]',
  options: [{ name: 'list', argument: null, says: 'tell which versions are kept, and until when each held' }, DRY_RUN],
  positionals: 1,
  about: [
    `The ${MOST_KEPT} versions that commands replaced last are kept beside the list: sources.json.previous is number 1, sources.json.previous-2 is number 2. Without a NUMBER it is the newest.`,
    'The list that goes is kept as the newest version in its turn, also where it is faulty: tributary undo, given again, puts it back.',
  ],
  examples: [
    { line: 'tributary undo --list', says: 'What there is to put back.' },
    { line: 'tributary undo 3 --dry-run', says: 'The lines that would change.' },
    { line: 'tributary undo', says: 'The last edit is taken back.' },
  ],
  async run(context) {
    const { config, positionals, options, terminal } = context;
    const [written] = positionals;
    const number = written === undefined ? null : Number(written);
    if (number !== null && !(Number.isInteger(number) && number >= 1 && number <= MOST_KEPT)) {
      terminal.tell(`"${written}" is no number of a version: that is 1 to ${MOST_KEPT}`);
      return 2;
    }
    if (options['list'] === true) {
      if (number === null) return listVersions(context);
      terminal.tell('--list tells of all versions and takes no number');
      return 2;
    }
    const request = { file: config.sources, number, isRehearsal: isRehearsal(context) };
    const outcome = await restoreVersion(editTools(), request, context.signal);
    return tellEdit(context, outcome, {
      says: () => [`${config.sources} is again as it was until ${untilOf(outcome)}.`, nextSteps(config.sources)],
      result: () => (outcome.kind === 'written' ? { version: outcome.version } : {}),
    });
  },
};

function untilOf(outcome: RestoreOutcome): string {
  return outcome.kind === 'written' ? outcome.version.until : '';
}

async function listVersions({ config, terminal, json }: CommandContext): Promise<ExitCode> {
  // What edits keep lies beside the file itself, not beside a link to it.
  const versions = await keptVersions(await realpath(config.sources).catch(() => config.sources));
  if (json) terminal.print(JSON.stringify(versions, null, 2));
  else if (versions.length === 0) terminal.print(`No version of ${config.sources} from before an edit is kept.`);
  else
    for (const { number, path, until } of versions)
      terminal.print(`${String(number).padStart(2)}  until ${until}  ${path}`);
  return 0;
}
