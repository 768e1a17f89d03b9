import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../src/cli/cli.ts';

export type Said = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** A folder with a sources.json of its own, on which commands are run. */
export type ListRoom = Disposable & {
  readonly folder: string;
  readonly file: string;
  run(...args: readonly string[]): Promise<Said>;
  text(): string;
  sources(): readonly Readonly<Record<string, unknown>>[];
};

export function openListRoom(text: string): ListRoom {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-list-'));
  const file = join(folder, 'sources.json');
  writeFileSync(file, text);
  const read = (): string => readFileSync(file, 'utf8');
  return {
    folder,
    file,
    async run(...args) {
      const said = { stdout: '', stderr: '' };
      const code = await runCli([...args, '--sources', file, '--data', join(folder, 'data')], {
        environment: {},
        stdout: { write: (written) => (said.stdout += written) },
        stderr: { write: (written) => (said.stderr += written) },
        signal: new AbortController().signal,
      });
      return { code, ...said };
    },
    text: read,
    sources: () => (JSON.parse(read()) as { sources: Record<string, unknown>[] }).sources,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
