import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { COMMANDS, runCli } from '../../src/cli/cli.ts';
import { SETTINGS } from '../../src/config/config.ts';

/** Runs a command line on a terminal of so many columns; none: not on a terminal. */
async function run(args: readonly string[], columns?: number): Promise<{ code: number; out: string; told: string }> {
  const [out, told]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    environment: { TRIBUTARY_PORT: 'wrong' },
    stdout: { write: (text) => out.push(text), ...(columns === undefined ? {} : { columns }) },
    stderr: { write: (text) => told.push(text) },
    signal: new AbortController().signal,
  });
  return { code, out: out.join(''), told: told.join('') };
}

const NAMES = COMMANDS.map(({ name }) => name);
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('help', () => {
  test('lists every command once, by what it is for', async () => {
    const { code, out } = await run(['help']);
    expect(code).toBe(0);
    const lines = out.split('\n');
    for (const name of NAMES) expect(lines.filter((line) => line.startsWith(`  ${name}  `))).toHaveLength(1);
    expect(lines.filter((line) => /^\S.*:$/.test(line))).toEqual([
      'run the service:',
      'look into it:',
      'change what is published:',
      'upkeep:',
    ]);
  });

  test('is the same, however it is asked for, and whatever is wrong with the settings', async () => {
    const { out } = await run(['help', 'hold', 'list']);
    expect(out).toMatch(/^usage: tributary hold list \[OPTION …\]\n/);
    expect(await run(['hold', 'list', '--help'])).toEqual({ code: 0, out, told: '' });
    expect(await run(['--help'])).toEqual(await run(['help']));
    expect((await run(['help', 'hold'])).out).toEqual((await run(['hold', '--help'])).out);
  });

  test('tells what is nearest to a command that there is not', async () => {
    const brief = '\n\nusage: tributary COMMAND [OPTION …]\ntributary help lists the commands.\n';
    const told = `There is no command "statsu"; did you mean "status"?${brief}`;
    expect(await run(['help', 'statsu'])).toEqual({ code: 2, out: '', told });
    expect(await run(['statsu'])).toEqual({ code: 2, out: '', told });
    expect((await run(['help', 'status', 'now'])).told).toBe(`There is no command "status now"${brief}`);
    expect((await run(['help', 'hold', 'aprove'])).told).toMatch(/^There is no command "hold aprove"; did you mean/);
  });

  test('is a few lines for who got an option wrong, so that what is wrong is still to be seen', async () => {
    expect(await run(['hold', 'list', '--sorce', 'x'])).toEqual({
      code: 2,
      out: '',
      told: [
        'There is no option --sorce; did you mean --source?',
        '',
        'usage: tributary hold list [OPTION …]',
        'tributary help hold list tells its options, with examples.',
        '',
      ].join('\n'),
    });
  });

  test.each(NAMES)('tells of %s what it does, how it is called, and what it gives back', async (name) => {
    const { out } = await run(['help', ...name.split(' ')]);
    const command = COMMANDS.find((each) => each.name === name)!;
    expect(command.about?.length).toBeGreaterThan(0);
    expect(command.examples?.length).toBeGreaterThan(0);
    // Others beside it may show what else to do with what it has made.
    expect(command.examples?.[0]?.line).toContain(`tributary ${name}`);
    for (const each of command.options) expect(out).toContain(`--${each.name}`);
    const parts = ['usage: ', '\nexit codes:\n', '\nexamples:\n'];
    const ofMost = ['\nsettings:\n', '  --sources FILE', '  --output DIR', '  --data DIR', 'tributary help settings'];
    for (const part of [...parts, ...(command.needsNoSettings ? [] : ofMost)]) expect(out).toContain(part);
    // Who reads it on a screen sees its end.
    expect(out.slice(out.indexOf('\nexamples:\n') + 1)).not.toMatch(/\n\S/);
  });

  test('shows examples that are right: their options are ones that there are', () => {
    const settings = SETTINGS.flatMap(({ flag }) => flag ?? []);
    for (const { options, examples = [], needsNoSettings } of COMMANDS) {
      const known = [...options.map(({ name }) => name), ...(needsNoSettings ? [] : [...settings, 'json'])];
      const used = examples.flatMap(({ line }) => [...line.matchAll(/ --([a-z-]+)/g)].map(([, flag]) => flag));
      expect(used.filter((flag) => !known.includes(flag!))).toEqual([]);
    }
  });

  test('of the settings tells every one, what is read from the environment, and the files', async () => {
    const { code, out } = await run(['help', 'settings']);
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => /^\S.*:$/.test(line))).toEqual(['settings:', 'environment:', 'files:']);
    for (const { flag, environment } of SETTINGS) {
      expect(out).toContain(environment);
      if (flag !== null) expect(out).toContain(`  --${flag} `);
    }
    expect((await run(['help'])).out).toContain('tributary help settings tells');
  });

  test('keeps to the width of the terminal', async () => {
    for (const columns of [40, 60, 80, 200]) {
      const { out } = await run(['help', 'status'], columns);
      expect(widest(out.replace(/\nexamples:[^]*/, ''))).toBeLessThanOrEqual(Math.min(columns, 100));
    }
    expect((await run(['help'], 60)).out.split('\n').length).toBeGreaterThan(
      (await run(['help'], 100)).out.split('\n').length,
    );
    expect(widest((await run(['help'])).out)).toBeLessThanOrEqual(80);
    expect(widest((await run(['help', 'settings'])).out)).toBeLessThanOrEqual(80);
  });
});

describe('the manual page', () => {
  test('tells of every command and setting, and is the same whenever it is printed', async () => {
    const { code, out } = await run(['help', '--man']);
    expect(code).toBe(0);
    expect(out).toMatch(/^\.\\" .*\n\.TH TRIBUTARY 1 "" "tributary \d+\.\d+\.\d+"/);
    for (const name of NAMES) expect(out).toContain(`.SS "${name}"\n`);
    for (const { environment } of SETTINGS) expect(out).toContain(environment);
    expect((await run(['help', '--man'])).out).toBe(out);
    expect(await run(['help', 'status', '--man'])).toMatchObject({ code: 2, out: '' });
  });

  test('has nothing that roff would take for a request of its own', async () => {
    const { out } = await run(['help', '--man']);
    const requests = out.split('\n').filter((line) => /^[.']/.test(line));
    for (const request of requests) expect(request).toMatch(/^\.(\\" |TH |SH |SS "|B |I |PP$|TP$)/);
  });

  test('has no sign that roff shows as another: what is copied out of it is a command line', async () => {
    const { out } = await run(['help', '--man']);
    expect(out.split('\n').filter((line) => /[`~^]/.test(line))).toEqual([]);
    expect(out).toContain('.B tributary completion bash > \\(ti/.local/share/');
    expect(out).toContain('\\(aqurl\\(tiexample.org\\(aq');
  });

  const man = spawnSync('man', ['--version']).status === 0;
  if (!man) process.stderr.write('The manual page is not looked at by man: it is not installed.\n');
  (man ? test : test.skip)('is shown by man without a complaint', async () => {
    const { out } = await run(['help', '--man']);
    const shown = spawnSync('man', ['--warnings', '-l', '-'], {
      input: out,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', MANWIDTH: '80', MANPAGER: 'cat' },
    });
    expect({ status: shown.status, told: shown.stderr }).toEqual({ status: 0, told: '' });
    expect(shown.stdout).toContain('tributary hold approve [ID|ADDRESS …] [OPTION …]');
  });
});
