import { editSourcesFile, type Change, type EditOutcome } from '../config/edit/edit-file.ts';
import { selectorFault } from '../extract/body/select-body.ts';
import { scheduleFault } from '../pipeline/schedule.ts';
import { systemClock } from '../support/clock.ts';
import type { CommandContext, ExitCode } from './command.ts';
import { linesOfDifference } from './lines-of-difference.ts';
import { faultLines } from './read-order.ts';

/** What there is to do after an edit: the list that was edited may be another than the one that runs. */
export function nextSteps(file: string): string {
  return `tributary plan --sources ${file} shows what that changes; a service that runs by this file takes it within a minute.`;
}

/** Of commands that change sources.json. */
export const DRY_RUN = {
  name: 'dry-run',
  argument: null,
  says: 'show the lines that would change, and change nothing',
} as const;

/**
 * Changes sources.json and tells how that went. Under --dry-run nothing is changed, and the lines that would be are shown.
 * @param says what was done, as one line, when it was
 * @param result the same for scripts
 */
export async function editList(
  { config, options, terminal, json, signal }: CommandContext,
  edit: { readonly change: Change; says(): readonly string[]; result(): Readonly<Record<string, unknown>> },
): Promise<ExitCode> {
  const isRehearsal = options[DRY_RUN.name] === true;
  const tools = { judges: { scheduleFault, selectorFault }, clock: systemClock(), pid: process.pid };
  const file = config.sources;
  const outcome = await editSourcesFile(tools, { file, change: edit.change, isRehearsal }, signal);
  const isWell = outcome.kind === 'written' || outcome.kind === 'unchanged';
  if (json) {
    const told = { ok: isWell, file, outcome: outcomeFor(outcome, isRehearsal), ...(isWell ? edit.result() : {}) };
    terminal.print(JSON.stringify(told, null, 2));
  } else tell(outcome);
  return isWell ? 0 : outcome.kind === 'refused' ? 2 : 1;

  function tell(told: EditOutcome): void {
    if (told.kind === 'refused') terminal.tell(told.why);
    else if (told.kind === 'failed') terminal.tell(`${file} ${told.why}`);
    else if (told.kind === 'unchanged') terminal.print('Nothing is to be changed: it is so already.');
    else if (told.kind === 'faulty') {
      if (!told.already) terminal.tell('That would make the list faulty:');
      // Lines of a text that nobody has seen say nothing.
      const faults = told.already ? told.faults : told.faults.map((fault) => ({ ...fault, place: null }));
      for (const line of faultLines(file, faults, 'nothing was changed')) terminal.tell(line);
    } else if (isRehearsal) {
      for (const line of linesOfDifference(told.before, told.after)) terminal.print(line);
      terminal.tell('Nothing was changed: this was a rehearsal.');
    } else {
      for (const line of edit.says()) terminal.print(line);
      terminal.tell(`The list before is kept as ${told.previous}.`);
    }
  }
}

function outcomeFor(outcome: EditOutcome, isRehearsal: boolean): Readonly<Record<string, unknown>> {
  if (outcome.kind !== 'written') return outcome;
  const { before, after, previous } = outcome;
  return isRehearsal ? { kind: 'rehearsed', lines: linesOfDifference(before, after) } : { kind: 'written', previous };
}
