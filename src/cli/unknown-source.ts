import type { Source } from '../model/source.ts';
import { nearestName } from '../support/nearest-name.ts';
import type { CommandContext, ExitCode } from './command.ts';
import { orderOrTell } from './read-order.ts';
import { oneLine } from './terminal.ts';

/** What is wrong with a name that no source has; null for one that only has no entries yet. */
export function unknownSource(id: string, sources: readonly Pick<Source, 'id'>[]): string | null {
  return unknownName('source', id, sources);
}

/** The same of topics too. */
export function unknownName(
  kind: 'source' | 'topic',
  id: string,
  all: readonly { readonly id: string }[],
): string | null {
  const ids = all.map((one) => one.id);
  if (ids.includes(id)) return null;
  const meant = nearestName(id, ids);
  return `there is no ${kind} "${oneLine(id, 70)}"${meant === null ? '' : `; did you mean "${meant}"?`}`;
}

/** Tells that no source has a name, and gives the exit code; null, and nothing told, where one has it. */
export async function tellUnknownSource(context: CommandContext, id: string): Promise<ExitCode | null> {
  const order = await orderOrTell(context);
  if (order === null) return 1;
  const fault = unknownSource(id, order.sources);
  if (fault === null) return null;
  context.terminal.tell(fault);
  return 2;
}
