import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import { openStore } from '../../src/store/open-store.ts';
import { handClock } from '../support/hand-clock.ts';
import { arrival, aState, aStep, someArticles } from '../store/records.ts';

let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-faulty-'));
  writeFileSync(
    join(room, 'sources.json'),
    '{ "site": { "title": "Test", "url": "ftp://news.example/" },\n "topics": [] }',
  );
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

async function haveFetched(): Promise<void> {
  await using store = await openStore(
    { databaseUrl: null, dataDir: join(room, 'data') },
    { clock: handClock('2026-11-24T12:00:00Z') },
  );
  const articles = someArticles(2);
  await store.saveRefresh({
    ...arrival(articles),
    state: aState({
      checkedAt: '2026-11-24T06:00:00Z',
      nextCheckAt: '2026-11-24T07:00:00Z',
      failures: 2,
      lastFailure: {
        at: '2026-11-24T05:00:00Z',
        code: 'fetch-gone',
        message: 'the server says the feed is gone (410)',
      },
    }),
    trail: articles.map(({ id }) => aStep({ articleId: id, state: 'published' })),
  });
  await store.savePrivateToken(
    { topicId: 'circle', token: 'a-token-that-nobody-sees', madeAt: '2026-11-24T06:00:00Z' },
    { inPlaceOfOlder: true },
  );
}

async function status(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  const places = ['--sources', join(room, 'sources.json'), '--data', join(room, 'data')];
  const code = await runCli(['status', ...args, ...places], {
    environment: {},
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

describe('the status while sources.json is faulty', () => {
  test('tells the faults, and how the sources stand that the database knows', async () => {
    await haveFetched();
    const { code, stdout, stderr } = await status();
    expect(code).toBe(1);
    expect(stderr).toContain('sources.json: 2 faults\n');
    expect(stderr).toContain('line 1, column 37: site.url must begin with https:// or http://');
    const lines = stdout.split('\n').map((line) => line.replace(/ +/g, ' '));
    expect(lines[0]).toBe('how the sources stand that the database knows, whether they are listed or not:');
    expect(lines).toContain('harbour failing (2) 2026-11-24T06:00:00Z 2026-11-24T07:00:00Z 2 0 0 0 0 0');
    expect(lines).toContain('harbour: the server says the feed is gone (410) (since 2026-11-24T05:00:00Z)');
    expect(lines).toContain('entries: 2: 2 published');
    expect(lines).toContain('private: circle, at its address since 2026-11-24T06:00:00Z');
    expect(stdout).not.toContain('a-token');
  });

  test('is an object for scripts that has the faults and the sources', async () => {
    await haveFetched();
    const { code, stdout, stderr } = await status('--json');
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      file: join(room, 'sources.json'),
      faults: [{ path: 'sources' }, { path: 'site.url', place: { line: 1, column: 37 } }].toReversed(),
      sources: [{ id: 'harbour', failures: 2, entries: { published: 2 } }],
      entries: { published: 2 },
      privateTopics: [{ id: 'circle' }],
    });
  });

  test('tells of every entry all the same', async () => {
    await haveFetched();
    const { code, stdout, stderr } = await status('--entries', '--source', 'harbour');
    expect([code, stdout.match(/^published harbour: /gm)?.length]).toEqual([1, 2]);
    expect(stderr).toContain('2 faults');
    const unknown = await status('--entries', '--source', 'harbor');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('there is no source "harbor"; did you mean "harbour"?');
    const { stdout: json } = await status('--entries', '--json');
    expect(JSON.parse(json)).toMatchObject({ ok: false, faults: [{}, {}], articles: [{}, {}] });
  });

  test('tells of one source that the database knows', async () => {
    await haveFetched();
    const { code, stdout } = await status('--source', 'harbour');
    expect([code, stdout.match(/^\S+/gm)]).toEqual([1, ['source', 'harbour', 'harbour:', 'entries:', 'database:']]);
    expect(await status('--source', 'harbor')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean "harbour"?'),
    });
  });

  test('says that nothing was fetched yet where there is no database', async () => {
    const { code, stdout, stderr } = await status();
    expect(code).toBe(1);
    expect(stderr).toContain('2 faults');
    expect(stdout).toContain('Nothing was fetched yet');
  });
});
