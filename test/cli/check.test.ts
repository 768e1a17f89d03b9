import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';

let file: string;
let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-check-'));
  file = join(room, 'sources.json');
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

async function check(
  text: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  writeFileSync(file, text);
  const said = { stdout: '', stderr: '' };
  const code = await runCli(['check', '--sources', file, ...args], {
    environment,
    stdout: { write: (written) => (said.stdout += written) },
    stderr: { write: (written) => (said.stderr += written) },
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

const list = JSON.stringify({
  site: { title: 'Test', url: 'https://news.example.org/', hub: 'https://news.example.org/hub' },
  topics: [
    {
      id: 'world',
      title: 'World',
      webhooks: [{ url: 'http://10.1.2.3/a-place', secretEnv: 'WORLD_SECRET' }],
    },
    { id: 'sport', title: 'Sport', closed: true },
  ],
  sources: [{ id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed.xml', topics: ['world', 'sport'] }],
});

test('a right list is told with all that it will not do', async () => {
  const { code, stdout, stderr } = await check(list);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\n').filter((line) => line.startsWith('  but '))).toEqual([
    '  but topic "sport" is closed, so nothing comes into it; yet it is named in "topics" by source "harbour"',
    '  but webhook 1 of topic "world" (10.1.2.3) is told nothing: 10.1.2.3 is an address of a private network; if that is meant, add --allow-network',
    '  but webhook 1 of topic "world" (10.1.2.3) is told nothing: the environment variable WORLD_SECRET, its secret, is not set; set it where the program is started',
    '  but site.hub is https://news.example.org/hub, a place of your own site, where a hub is only with "hub": true',
  ]);
  const mended = await check(list, ['--allow-network', '10.1.0.0/16', '--json'], { WORLD_SECRET: 'a-secret' });
  expect(JSON.parse(mended.stdout)).toMatchObject({
    ok: true,
    doubts: [/closed/, /site\.hub/].map((doubt) => expect.stringMatching(doubt)),
  });
  expect(mended.stdout).not.toContain('a-secret');
});

test('each fault of a list is told with its line, its column and its path', async () => {
  const text = list.replace('"id":"world"', '\n"id":"world","id":"World"').replace('"title":"Test"', '\n  "title":7');
  const { code, stderr } = await check(text);
  expect(code).toBe(1);
  expect(stderr.split('\n')).toEqual([
    `${file}: 4 faults`,
    '  line 2, column 11: site.title is 7, but must be a text in quotes, as "The Daily Confluence"',
    expect.stringMatching(/^ {2}line 3, column 19: topics\[0\].*\.id must be 1 to 63 lower-case letters/),
    expect.stringMatching(
      /^ {2}line \d+, column \d+: sources\[0\].*\.topics\[0\] names "world", but there is no such topic/,
    ),
    expect.stringMatching(
      /^ {2}line 3, column 14: topics\[0\].*\.id is given twice, first at line 3, column 1; only the last would count, so take one of them out$/,
    ),
    '',
  ]);
  const { stdout } = await check(text, ['--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    faults: [{ path: 'site.title', place: { line: 2, column: 11 } }, {}, {}, {}],
  });
});

test('a text that is no JSON is told with its line and column, and a file that is none without', async () => {
  expect((await check('{\n "site": }')).stderr).toBe(
    `${file}: one fault\n  line 2, column 10: the character "}" cannot stand here\n`,
  );
  expect((await check('[]')).stderr).toContain(`  ${file} is a list, but must be an object {…}\n`);
});
