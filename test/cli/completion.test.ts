import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/cli.ts';
import { completeIds } from '../../src/cli/completion/complete-ids.ts';

// The scripts are run by the shells themselves, and ask the program as it stands for ids.

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const LIST = {
  topics: [{ id: 'world' }, { id: 'works' }],
  sources: [{ id: 'harbour-news' }, { id: 'hill-post' }, { id: '$(touch caught)' }, { id: 7 }, null, 'x'],
};

let room: string;
beforeAll(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-completion-'));
  writeFileSync(join(room, 'sources.json'), JSON.stringify(LIST));
  writeFileSync(join(room, 'other.json'), JSON.stringify({ sources: [{ id: 'elsewhere' }] }));
  mkdirSync(join(room, 'other folder'));
  const program = join(room, 'tributary');
  writeFileSync(
    program,
    `#!/bin/sh\nexec '${process.execPath}' --disable-warning=ExperimentalWarning '${MAIN}' "$@"\n`,
  );
  chmodSync(program, 0o755);
  for (const shell of ['bash', 'zsh', 'fish']) writeFileSync(join(room, shell), (await run('completion', shell)).out);
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<{ code: number; out: string; told: string }> {
  const [out, told]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    environment: { TRIBUTARY_PORT: 'wrong' },
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => told.push(text) },
    signal: new AbortController().signal,
  });
  return { code, out: out.join(''), told: told.join('') };
}

/** What a shell prints, a line each, when it runs a script of ours. */
function linesOf(shell: string, args: readonly string[], script: string): string[] {
  const environment = { PATH: `${room}:${process.env['PATH']}`, HOME: room, TERM: 'dumb', LC_ALL: 'C.UTF-8' };
  const done = spawnSync(shell, [...args, '-c', script], { cwd: room, env: environment, encoding: 'utf8' });
  expect({ status: done.status, told: done.stderr }).toEqual({ status: 0, told: '' });
  return done.stdout.split('\n').filter((line) => line !== '');
}

const quoted = (word: string): string => `'${word}'`;

const SHELLS: Readonly<Record<string, (...words: readonly string[]) => string[]>> = {
  bash: (...words) =>
    linesOf(
      'bash',
      ['--norc', '--noprofile'],
      `source ./bash
      COMP_WORDS=(${words
        .flatMap((word) => word.split(/(?<=^[\w.+-]+)(=)/).filter((part, at) => at === 0 || part !== ''))
        .map(quoted)
        .join(' ')})
      COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
      _tributary && printf '%s\\n' "\${COMPREPLY[@]}"`,
    ),
  // The completion system of zsh lives in an editor of lines alone: what the script hands to it is looked at here.
  zsh: (...words) =>
    linesOf(
      'zsh',
      ['-f'],
      `compdef() { : }
      source ./zsh
      _describe() { [[ $1 == -o ]] && shift; print -rl -- "\${(@)\${(@P)2}%%:*}" }
      compadd() { [[ $1 == -S ]] && shift 2; print -rl -- "\${@:#--}" }
      _files() { [[ $1 == -/ ]] && print -rl -- *(/) || print -rl -- * }
      compset() { PREFIX=\${PREFIX#*=} }
      words=(${words.map(quoted).join(' ')}) CURRENT=${words.length} PREFIX=$words[-1]
      _tributary | while IFS= read -r line; do [[ $line == \${PREFIX#[a-zA-Z-]*=}* ]] && print -r -- $line; done; true`,
    ),
  fish: (...words) =>
    linesOf('fish', ['--no-config'], `source ./fish; complete -C ${quoted(words.join(' '))}`).map((line) =>
      line
        .replace(/\t.*$/, '')
        .replace(/^[\w.+-]+=(?=.)/, '')
        .replace(/\\ /g, ' '),
    ),
};

const missing = Object.keys(SHELLS).filter((shell) => spawnSync(shell, ['--version']).status !== 0);
for (const shell of missing) process.stderr.write(`Completion is not tested in ${shell}: it is not installed.\n`);

describe.each(Object.keys(SHELLS).filter((shell) => !missing.includes(shell)))('the completion of %s', (shell) => {
  const complete = (...words: readonly string[]): string[] => SHELLS[shell]!('tributary', ...words).toSorted();

  test('knows the commands, of one word and of two', () => {
    expect(complete('sta')).toEqual(['start', 'status']);
    expect(complete('ho')).toEqual(['hold']);
    expect(complete('hold', '')).toEqual(['approve', 'list', 'reject']);
    expect(complete('hold', 'r')).toEqual(['reject']);
  });

  test('knows the commands that help is asked on', () => {
    expect(complete('help', 'sta')).toEqual(['start', 'status']);
    expect(complete('help', 'hold', 'a')).toEqual(['approve']);
    expect(complete('help', '--m')).toEqual(['--man']);
  });

  test('knows the options of each command, and the settings', () => {
    expect(complete('status', '--e')).toEqual(['--entries']);
    expect(complete('hold', 'approve', '--n')).toEqual(['--note']);
    expect(complete('once', '--a')).toEqual(['--all', '--allow-network', '--at-once']);
    expect(complete('completion', '--a')).toEqual([]);
  });

  test('knows the words that an argument may be', () => {
    expect(complete('completion', '')).toEqual(['bash', 'fish', 'zsh']);
    expect(complete('start', '--log-level', 'd')).toEqual(['debug']);
    expect(complete('start', '--log-level=d')).toEqual(['debug']);
  });

  test('asks for the ids of sources and topics, and takes nothing for one that is more than a name', () => {
    expect(complete('status', '--source', '')).toEqual(['harbour-news', 'hill-post']);
    expect(complete('status', '--source=ha')).toEqual(['harbour-news']);
    expect(complete('private', 'renew', 'wor')).toEqual(['works', 'world']);
    expect(complete('status', '--sources', 'other.json', '--source', '')).toEqual(['elsewhere']);
    expect(complete('hold', 'list', '--sources', 'missing.json', '--source', '')).toEqual([]);
  });

  test('knows the settings of sources and of topics, and of some what they may be', () => {
    expect(complete('sources', 'add', 'https://new.example/feed', 'repub')).toEqual(['republish=']);
    expect(complete('sources', 'add', 'https://new.example/feed', 'quota.m')).toEqual(['quota.most=']);
    expect(complete('sources', 'add', 'https://new.example/feed', 'id')).toEqual(['identity=']);
    expect(complete('sources', 'set', 'h')).toEqual(['harbour-news', 'headers=', 'hill-post']);
    expect(complete('topics', 'set', 'match.min')).toEqual(['match.minWords=']);
    expect(complete('topics', 'add', 'seas', 'formerl')).toEqual(['formerly+=', 'formerly-=', 'formerly=']);
    expect(complete('sources', 'set', '--wh')).toEqual(['--where']);
  });

  test('knows of some settings what they may be', () => {
    expect(complete('sources', 'add', 'new.example', 'republish=')).toEqual(['excerpt', 'full', 'link']);
    expect(complete('sources', 'add', 'new.example', 'republish=f')).toEqual(['full']);
    expect(complete('sources', 'add', 'new.example', 'weight=')).toEqual([]);
    expect(complete('topics', 'add', 'seas', 'updates=')).toEqual(['all', 'corrections', 'none']);
    expect(complete('sources', 'add', 'new.example', 'topics+=wor')).toEqual(['works', 'world']);
    expect(complete('topics', 'add', 'seas', 'match.sources-=')).toEqual(['harbour-news', 'hill-post']);
  });

  test('knows files and folders', () => {
    expect(complete('status', '--sources', 'oth').map((name) => name.replace(/\/$/, ''))).toEqual([
      'other folder',
      'other.json',
    ]);
    expect(complete('status', '--data', 'oth').map((name) => name.replace(/\/$/, ''))).toEqual(['other folder']);
  });
});

describe('completion', () => {
  test('is there for three shells, whatever is wrong with the settings', async () => {
    expect((await run('completion', 'zsh')).out).toMatch(/^#compdef tributary\n/);
    expect(await run('completion')).toEqual({
      code: 2,
      out: '',
      told: 'Say for which shell: tributary completion bash, zsh, fish\n',
    });
    expect((await run('completion', 'toString')).told).toBe(
      'There is no completion for "toString": tributary completion bash, zsh, fish\n',
    );
  });

  test('tells ids, and nothing of what is wrong', async () => {
    const out: string[] = [];
    const ask = (...args: readonly string[]): Promise<number> =>
      completeIds(['complete', ...args], {
        environment: { TRIBUTARY_SOURCES: join(room, 'sources.json') },
        stdout: { write: (text) => out.push(text) },
      });
    expect([await ask('topics'), await ask('topics', '--sources', join(room, 'other.json'))]).toEqual([0, 0]);
    expect([await ask('secrets'), await ask(), await ask('topics', '--nothing')]).toEqual([1, 1, 1]);
    expect([await ask('sources', '--sources', room), await ask('sources', '--sources', join(room, 'bash'))]).toEqual([
      1, 1,
    ]);
    expect(out.join('')).toBe('world\nworks\n');
  });
});
