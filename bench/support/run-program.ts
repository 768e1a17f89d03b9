import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export type Ended = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: readonly string[];
};
export type Running = { readonly child: ChildProcess; readonly ended: Promise<Ended> };

/** Starts the program as an operator would, with its log lines on stderr handed on as they come. */
export function startTributary(
  args: readonly string[],
  given: { readonly environment?: Readonly<Record<string, string>>; readonly onLine?: (line: string) => void } = {},
): Running {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `${root}src/main.ts`, ...args], {
    cwd: root,
    env: { ...process.env, ...given.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stderr: string[] = [];
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    stderr.push(line);
    given.onLine?.(line);
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { child, ended };
}

/** Runs a script of ../shared/bench with our own Node. */
export function runNode(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr: stderr.split('\n') })),
  );
}
