import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs the program as an operator would; resolves when it has ended. */
export function runTributary(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    env: { ...process.env, DATABASE_URL: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}
