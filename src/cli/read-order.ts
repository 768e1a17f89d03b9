import { readFile } from 'node:fs/promises';
import type { Config } from '../config/config.ts';
import { ownedPath } from '../config/fault-owner.ts';
import type { Fault } from '../config/faults.ts';
import { readSourcesFile, type Order, type OrderRead } from '../config/sources-file.ts';
import { selectorFault } from '../extract/body/selector-fault.ts';
import { scheduleFault } from '../pipeline/schedule.ts';
import type { CommandContext } from './command.ts';

export type OrderReading = OrderRead | { readonly faults: readonly Fault[] };

/** Reads sources.json, or says everything that is wrong with it. */
export async function readOrder({ sources }: Pick<Config, 'sources'>): Promise<OrderReading> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(sources);
  } catch (error) {
    return { faults: [{ path: '', place: null, message: unreadable(error) }] };
  }
  return readSourcesFile(bytes, { scheduleFault, selectorFault });
}

function unreadable(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT') return 'does not exist; make one (README.md shows how) or name another with --sources FILE';
  if (code === 'EISDIR') return 'is a folder; name the file with --sources FILE';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read; check its rights';
  return `cannot be read (${code})`;
}

/** The order, or null after all faults were told. */
export async function orderOrTell({ config, terminal, json }: CommandContext): Promise<Order | null> {
  const reading = await readOrder(config);
  if ('order' in reading) return reading.order;
  const { faults } = reading;
  if (json) terminal.print(JSON.stringify({ ok: false, file: config.sources, faults }, null, 2));
  else for (const line of faultLines(config.sources, faults)) terminal.tell(line);
  return null;
}

/** All faults of a list, for people. @param unchanged of a command that would have changed something: nothing was */
export function faultLines(
  file: string,
  faults: readonly Fault[],
  unchanged: 'nothing was changed' | '' = '',
): string[] {
  const lines = faults.map((fault) => {
    const { place, message } = fault;
    const path = ownedPath(fault);
    const where = place === null ? '' : `line ${place.line}, column ${place.column}: `;
    const what = path === '' && place === null ? `${file} ` : path === '' ? '' : `${path} `;
    return `  ${where}${what}${message}`;
  });
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return [`${file}: ${count}${unchanged === '' ? '' : `; ${unchanged}`}`, ...lines];
}
