import { editSourcesFile, type Change, type EditOutcome, type EditTools } from '../config/edit/edit-file.ts';
import { selectorFault } from '../extract/body/selector-fault.ts';
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

/** An edit as a command tells of it. */
export type ToldEdit = {
  /** What was done, as lines, when it was. */
  says(): readonly string[];
  /** The same for scripts. */
  result(): Readonly<Record<string, unknown>>;
};

/** What edits of sources.json ask of the stages that know more than config/ does. */
export function editTools(): EditTools {
  return { judges: { scheduleFault, selectorFault }, clock: systemClock(), pid: process.pid };
}

/** Changes sources.json and tells how that went. Under --dry-run nothing is changed, and the lines that would be are shown. */
export async function editList(
  context: CommandContext,
  edit: ToldEdit & { readonly change: Change },
): Promise<ExitCode> {
  const request = { file: context.config.sources, change: edit.change, isRehearsal: isRehearsal(context) };
  return tellEdit(context, await editSourcesFile(editTools(), request, context.signal), edit);
}

/** Whether a command that edits is asked to change nothing. */
export function isRehearsal({ options }: Pick<CommandContext, 'options'>): boolean {
  return options[DRY_RUN.name] === true;
}

/** Tells what came of an edit of sources.json, and how the command ends. */
export function tellEdit(context: CommandContext, outcome: EditOutcome, edit: ToldEdit): ExitCode {
  const { terminal } = context;
  const file = context.config.sources;
  const isWell = outcome.kind === 'written' || outcome.kind === 'unchanged';
  if (context.json) {
    const told = { ok: isWell, file, outcome: outcomeFor(context, outcome), ...(isWell ? edit.result() : {}) };
    terminal.print(JSON.stringify(told, null, 2));
  } else if (outcome.kind === 'refused') terminal.tell(outcome.why);
  else if (outcome.kind === 'failed') terminal.tell(`${file} ${outcome.why}`);
  else if (outcome.kind === 'unchanged') terminal.print('Nothing is to be changed: it is so already.');
  else if (outcome.kind === 'faulty') {
    if (!outcome.already) terminal.tell('That would make the list faulty:');
    // Lines of a text that nobody has seen say nothing.
    const faults = outcome.already ? outcome.faults : outcome.faults.map((fault) => ({ ...fault, place: null }));
    for (const line of faultLines(file, faults, 'nothing was changed')) terminal.tell(line);
  } else if (isRehearsal(context)) {
    for (const line of linesOfDifference(outcome.before, outcome.after)) terminal.print(line);
    terminal.tell('Nothing was changed: this was a rehearsal.');
  } else {
    for (const line of edit.says()) terminal.print(line);
    const undo = file === 'sources.json' ? 'tributary undo' : `tributary undo --sources ${file}`;
    terminal.tell(`The list before is kept as ${outcome.previous}; ${undo} puts it back.`);
  }
  return isWell ? 0 : outcome.kind === 'refused' ? 2 : 1;
}

function outcomeFor(context: CommandContext, outcome: EditOutcome): Readonly<Record<string, unknown>> {
  if (outcome.kind !== 'written') return outcome;
  const { before, after, previous } = outcome;
  return isRehearsal(context)
    ? { kind: 'rehearsed', lines: linesOfDifference(before, after) }
    : { kind: 'written', previous };
}
