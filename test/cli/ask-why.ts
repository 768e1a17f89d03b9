import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';

export type Answer = { readonly code: number; readonly out: string; readonly err: string };

/** What `tributary why` says in a room that holds a `sources.json`; its database lies in `data` there, unless told. */
export async function askWhy(room: string, args: readonly string[], data = join(room, 'data')): Promise<Answer> {
  const said = { out: '', err: '' };
  const places = ['--sources', join(room, 'sources.json'), '--data', data, '--output', join(room, 'output')];
  const code = await runCli(['why', ...args, ...places], {
    environment: {},
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

export async function askWhyForJson(room: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await askWhy(room, [...args, '--json'])).out) as Record<string, unknown>;
}
