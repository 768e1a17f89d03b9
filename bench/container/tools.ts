import { spawn } from 'node:child_process';

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a program without standing in the way of servers in this one. `code` is null where the program is not there. */
export function run(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', (error) => resolve({ code: null, stdout: '', stderr: error.message }));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same where nothing can go on without it: throws with what it complained of last. */
export async function must(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(program, args);
  if (code === 0) return stdout;
  throw new Error(`${program} ${args.join(' ')}\n${stderr.trim().split('\n').slice(-15).join('\n')}`);
}

/** Whether all of these programs are there; those that are not. */
export async function missing(programs: readonly string[]): Promise<string[]> {
  const tried = await Promise.all(programs.map((program) => run(program, ['--version'])));
  return programs.filter((_, at) => tried[at]!.code !== 0);
}
