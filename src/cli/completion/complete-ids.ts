import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Stream } from '../terminal.ts';

/**
 * What the completions of shells ask while somebody waits for the next key: `tributary complete sources` (or `topics`)
 * prints the ids in sources.json, one a line. It loads nothing of the program, looks at the names alone, and is silent
 * about whatever is wrong: `tributary check` is not. Names that a shell could take for more than a name are left out.
 */
export async function completeIds(
  args: readonly string[],
  world: { readonly environment: Readonly<Record<string, string | undefined>>; readonly stdout: Stream },
): Promise<0 | 1> {
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(1),
      options: { sources: { type: 'string' } },
      allowPositionals: true,
    });
    const [list = ''] = positionals;
    if (list !== 'sources' && list !== 'topics') return 1;
    const file = values.sources ?? (world.environment['TRIBUTARY_SOURCES'] || 'sources.json');
    const written = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, '')) as Record<string, unknown>;
    const entries: readonly unknown[] = Array.isArray(written[list]) ? written[list] : [];
    const ids = entries.map((entry) => (entry as { id?: unknown } | null)?.id).filter(isPlainName);
    world.stdout.write(ids.map((id) => `${id}\n`).join(''));
    return 0;
  } catch {
    return 1;
  }
}

function isPlainName(id: unknown): id is string {
  return typeof id === 'string' && /^[A-Za-z0-9][\w.-]{0,199}$/.test(id);
}
