import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';

let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-faults-'));
  writeFileSync(join(room, 'sources.json'), '{');
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

test.each([
  [['check'], 'one fault\n'],
  [['status'], 'one fault\n'],
  [['plan'], 'one fault\n'],
  [['why', 'bridge'], 'one fault\n'],
  [['topics', 'add', 'ships', '--any', 'ferry'], 'one fault; nothing was changed\n'],
])(
  'of a list with a fault %j tells that, and that nothing was changed where something would have been',
  async (args, says) => {
    let told = '';
    const code = await runCli([...args, '--sources', join(room, 'sources.json'), '--data', join(room, 'data')], {
      environment: {},
      stdout: { write: () => {} },
      stderr: { write: (text) => (told += text) },
      signal: new AbortController().signal,
    });
    expect(code).toBe(1);
    expect(told).toContain(`sources.json: ${says}`);
  },
);
