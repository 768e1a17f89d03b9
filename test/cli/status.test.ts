import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import { closingObject, closingTable, driftLine, sourceLine } from '../../src/cli/closing-table.ts';
import { outcomeLines, outcomesOf } from '../../src/cli/outcomes.ts';
import { gatherStatus, statusOfOne } from '../../src/cli/gather-status.ts';
import { statusLines } from '../../src/cli/status.ts';
import { ERRORS } from '../../src/model/errors.ts';
import { NOTHING_COPIED } from '../../src/pipeline/images/open-image-copier.ts';
import { emptyReport } from '../../src/pipeline/refresh-report.ts';
import { SCHEMA_CHANGES } from '../../src/store/migrate.ts';
import { openMemoryStore, openStore } from '../../src/store/open-store.ts';
import { handClock } from '../support/hand-clock.ts';
import { aMissedPage, arrival, aState, aStep, someArticles } from '../store/records.ts';
import { aSource } from '../support/an-entry.ts';

let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-status-'));
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

describe('status', () => {
  test('of a source that there is not names the one that was meant', async () => {
    const list = {
      site: { title: 'Test', url: 'https://news.example/' },
      topics: [{ id: 'world', title: 'World' }],
      sources: [{ id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed.xml', topics: ['world'] }],
    };
    writeFileSync(join(room, 'sources.json'), JSON.stringify(list));
    const where = { databaseUrl: null, dataDir: join(room, 'data') };
    {
      await using store = await openStore(where, { clock: handClock('2026-11-24T12:00:00Z') });
      await store.saveFact('founded', 'today');
    }
    let said = '';
    const stream = { write: (text: string) => (said += text) };
    const places = ['--sources', join(room, 'sources.json'), '--data', where.dataDir, '--output', join(room, 'output')];
    const given = { environment: {}, stdout: stream, stderr: stream, signal: new AbortController().signal };
    expect(await runCli(['status', '--entries', '--source', 'harbor', ...places], given)).toBe(2);
    expect(said).toBe('there is no source "harbor"; did you mean "harbour"?\n');
    said = '';
    expect(await runCli(['status', '--entries', '--source', 'harbour', ...places], given)).toBe(0);
    expect(said).toBe('');
    said = '';
    expect(await runCli(['status', '--source', 'harbor', ...places], given)).toBe(2);
    expect(said).toBe('there is no source "harbor"; did you mean "harbour"?\n');
    expect(
      await runCli(['status', '--source', 'harbor', '--data', join(room, 'none'), ...places.slice(0, 2)], given),
    ).toBe(2);
  });

  test('tells of one source alone', async () => {
    await using store = await openMemoryStore();
    const articles = someArticles(2);
    await store.saveRefresh(
      arrival(articles, { trail: articles.map(({ id }) => aStep({ articleId: id, state: 'published' })) }),
    );
    await store.saveRefresh(arrival(someArticles(3, { sourceId: 'wire' })));
    const all = await gatherStatus(store, { sources: [aSource({ id: 'harbour' }), aSource({ id: 'fresh' })] });
    const one = statusOfOne(all, 'harbour');
    expect(one).toMatchObject({ sources: [{ id: 'harbour' }], notListed: [], entries: { published: 2, awaiting: 0 } });
    expect(statusOfOne(all, 'wire')).toMatchObject({
      sources: [],
      notListed: [{ id: 'wire' }],
      entries: { awaiting: 3 },
    });
    expect(statusOfOne(all, 'nosuch')).toBeNull();
    expect(statusLines(one!).filter((line) => line.startsWith('fresh'))).toEqual([]);
  });

  test('of every entry tells the id by which other commands take it', async () => {
    await using store = await openMemoryStore();
    const [one] = someArticles(1, { title: 'The bridge opens' });
    await store.saveRefresh(arrival([one!], { trail: [aStep({ articleId: one!.id, state: 'published' })] }));
    const [outcome] = await outcomesOf(store, null);
    expect(outcome).toMatchObject({ id: one!.id, title: 'The bridge opens' });
    expect(outcomeLines(outcome!).slice(1, 2)).toEqual([`          ${one!.id}`]);
  });

  test('says that nothing was fetched yet, and makes no folder and no file', async () => {
    const list = {
      site: { title: 'Test', url: 'https://news.example/' },
      topics: [{ id: 'world', title: 'World' }],
      sources: [{ id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed.xml', topics: ['world'] }],
    };
    writeFileSync(join(room, 'sources.json'), JSON.stringify(list));
    const said = { stdout: '', stderr: '' };
    const code = await runCli(
      [
        'status',
        '--sources',
        join(room, 'sources.json'),
        '--data',
        join(room, 'data'),
        '--output',
        join(room, 'output'),
      ],
      {
        environment: {},
        stdout: { write: (text) => (said.stdout += text) },
        stderr: { write: (text) => (said.stderr += text) },
        signal: new AbortController().signal,
      },
    );
    expect([code, said]).toEqual([
      0,
      { stdout: `Nothing was fetched yet: there is no database in ${join(room, 'data')}.\n`, stderr: '' },
    ]);
    expect(readdirSync(room)).toEqual(['sources.json']);
  });

  test('tells of a source whose pages have changed their shape, and what to do', async () => {
    await using store = await openMemoryStore();
    const drift = { since: '2026-11-24T06:00:00Z', reason: 'the page holds no text' };
    const watch = { selectors: 'article', shapes: [], latest: [], drift };
    await store.saveRefresh(arrival([], { state: aState({ checkedAt: '2026-11-24T06:00:00Z' }), watch }));
    const gathered = await gatherStatus(store, { sources: [aSource()] });
    expect(gathered.sources[0]).toMatchObject({ drift });
    const lines = statusLines(gathered).map((line) => line.replace(/ +/g, ' '));
    expect(lines[1]).toContain('harbour new shape');
    const says =
      'its pages have changed their shape (since 2026-11-24T06:00:00Z: the page holds no text); the feed’s text is used until they look right again or `select` is set';
    expect(lines).toContain(`harbour: ${says}`);
    const report = { ...emptyReport(aSource(), 'refreshed'), drift };
    const cycle = {
      sources: [report],
      curated: { published: 0, merged: 0, dropped: 0, held: 0, refused: 0, resorted: 0 },
      images: NOTHING_COPIED,
      published: { written: [], removed: [], unchanged: 0, refused: [] },
    };
    expect(closingTable(cycle)).toContain(`  harbour: ${says}`);
    expect(sourceLine(report)).toContain('its pages have changed their shape');
    expect(sourceLine({ ...report, drift: null, driftEnded: true })).toContain('its pages look right again');
    expect((await gatherStatus(store, { sources: [aSource({ content: 'feed' })] })).sources[0]!.drift).toBeNull();
  });

  test('tells of a selector that finds nothing by what there is to do', () => {
    const since = '2026-11-24T06:00:00Z';
    const reason = 'the source’s selector finds nothing on its pages';
    expect(driftLine({ since, reason })).toBe(
      'its selector finds nothing on its pages; correct `select`, or remove it (since 2026-11-24T06:00:00Z the feed’s text is used)',
    );
    expect(driftLine({ since, reason: `${reason}; the page asks for a login` })).toBe(
      'its selector finds nothing on its pages; correct `select`, or remove it (since 2026-11-24T06:00:00Z the feed’s text is used; also: the page asks for a login)',
    );
    const report = { ...emptyReport(aSource(), 'refreshed'), drift: { since, reason } };
    expect(sourceLine(report)).toContain(', its selector finds nothing on its pages');
  });

  test('shows every entry in some column, what nobody could read, and the pages that were not had', async () => {
    await using store = await openMemoryStore();
    const articles = someArticles(4);
    const ids = articles.map(({ id }) => id);
    const states = ['published', 'awaiting', 'refused', 'failed'] as const;
    await store.saveRefresh({
      ...arrival(articles),
      state: aState({ checkedAt: '2026-11-24T06:00:00Z', unreadable: ['entry 2: it holds nothing'] }),
      trail: states.map((state, at) => aStep({ articleId: ids[at]!, state })),
      missed: [aMissedPage({ articleId: ids[0]! }), aMissedPage({ articleId: ids[1]!, nextAt: null, given: null })],
    });
    const gathered = await gatherStatus(store, { sources: [aSource(), aSource({ id: 'off', enabled: false })] });
    expect(gathered.sources[0]).toMatchObject({
      unreadable: ['entry 2: it holds nothing'],
      pagesNotHad: [{ code: 'fetch-timed-out', count: 2, again: 1 }],
      entries: { published: 1, awaiting: 1, refused: 1, failed: 1 },
    });
    expect(statusLines(gathered).map((line) => line.replace(/ +/g, ' '))).toEqual([
      'source state asked next published merged dropped other unreadable no page',
      'harbour well 2026-11-24T06:00:00Z – 1 0 0 3 1 2',
      'off off – – 0 0 0 0 0 0',
      '',
      'harbour: other: 1 awaiting, 1 refused, 1 failed',
      'harbour: pages not had: 2 (the server did not answer in time); 1 of them are asked for again',
      'harbour: unreadable: entry 2: it holds nothing',
      '',
      'entries: 4: 1 awaiting, 1 published, 1 refused, 1 failed',
      `database: ${SCHEMA_CHANGES.at(-1)!.name}`,
    ]);
  });

  test('counts what a source brought that is not listed any more, so that every entry is counted once', async () => {
    await using store = await openMemoryStore();
    await store.saveRefresh(arrival(someArticles(2)));
    const left = someArticles(3, { sourceId: 'left' });
    const trail = left.map(({ id }, at) => aStep({ articleId: id, state: at === 0 ? 'held' : 'published' }));
    await store.saveRefresh(
      arrival(left, { trail, missed: [aMissedPage({ articleId: left[0]!.id, sourceId: 'left' })] }),
    );
    const gathered = await gatherStatus(store, { sources: [aSource()] });
    expect(gathered.notListed).toMatchObject([
      { id: 'left', entries: { published: 2, held: 1, awaiting: 0 }, pagesNotHad: [{ count: 1 }] },
    ]);
    expect(gathered.entries).toMatchObject({ awaiting: 2, published: 2, held: 1, dropped: 0 });
    expect(statusLines(gathered).map((line) => line.replace(/ +/g, ' '))).toEqual([
      'source state asked next published merged dropped other unreadable no page',
      'harbour never asked – – 0 0 0 2 0 0',
      'left not listed – – 2 0 0 1 0 1',
      '',
      'harbour: other: 2 awaiting',
      'left: other: 1 held',
      '',
      'entries: 5: 2 awaiting, 2 published, 1 held',
      `database: ${SCHEMA_CHANGES.at(-1)!.name}`,
    ]);
  });

  test('tells what waits for the operator, and where it is listed', async () => {
    await using store = await openMemoryStore();
    const articles = someArticles(3);
    const trail = articles.map(({ id }) => aStep({ articleId: id, state: 'held' }));
    await store.saveRefresh({ ...arrival(articles), trail, state: aState({ checkedAt: '2026-11-24T06:00:00Z' }) });
    expect(statusLines(await gatherStatus(store, { sources: [aSource()] })).slice(3, 5)).toEqual([
      'harbour: other: 3 held',
      'harbour: 3 entries wait until you approve or reject: tributary hold list --source harbour',
    ]);
  });

  test('tells when an edited source is asked, not when the source before the edit was', async () => {
    await using store = await openMemoryStore();
    await store.saveSourceState(
      aState({ checkedAt: '2026-11-24T06:00:00Z', nextCheckAt: '2026-11-24T12:00:00Z', failures: 9 }),
    );
    const edited = [aSource({ url: 'https://harbour.example/right.xml' })];
    expect((await gatherStatus(store, { sources: edited })).sources[0]).toMatchObject({
      nextCheckAt: null,
      failures: 0,
    });
    const denser = [aSource({ schedule: '* * * * *' })];
    expect((await gatherStatus(store, { sources: denser })).sources[0]!.nextCheckAt).toBe('2026-11-24T10:16:00Z');
  });
});

describe('the closing table', () => {
  const report = (sources: Parameters<typeof closingTable>[0]['sources']): Parameters<typeof closingTable>[0] => ({
    sources,
    curated: { published: 0, merged: 0, dropped: 0, held: 0, refused: 0, resorted: 0 },
    images: NOTHING_COPIED,
    published: { written: [], removed: [], unchanged: 0, refused: [] },
  });
  const later = { count: 3, nextAt: '2026-11-24T06:15:00Z' };

  test('says why no source was asked', () => {
    const nothing = report([]);
    expect(closingTable(nothing, later).map((line) => line.replace(/ +/g, ' '))).toContain(
      'sources not yet due 3 next at 2026-11-24T06:15:00Z',
    );
    expect(closingTable(nothing).join('\n')).not.toContain('not yet due');
    expect(closingObject(nothing, later)).toMatchObject({ notYetDue: later });
  });

  test('does not promise a last good file where there may be none', () => {
    const refused = [{ path: 'feeds/world.atom', reason: 'its title is another' }];
    const lines = closingTable({
      ...report([]),
      published: { written: [], removed: [], unchanged: 0, refused },
    });
    expect(lines.slice(-4)).toEqual([
      '',
      'refused by the gate:',
      '  feeds/world.atom: its title is another',
      'A feed goes on without an entry that is refused. Any other file stays as it last was good; where none was, or anything was taken back since, there is none (503) until it is mended.',
    ]);
    expect(ERRORS['gate-refused'].advice).toContain('unless anything was taken back');
  });

  test('counts the pages that were not had, each source with its reasons', () => {
    const pagesNotHad = { 'fetch-robots': 1, 'fetch-timed-out': 2 };
    const one = { ...emptyReport(aSource(), 'unchanged'), pagesNotHad, pagesHadAtLast: 4 };
    expect(sourceLine(one)).toBe('· Harbour News: unchanged, 3 pages not had, 4 pages had at last');
    const lines = closingTable(report([one]));
    expect(lines.find((line) => line.startsWith('pages not had'))).toMatch(/ 3$/);
    expect(lines.slice(-3)).toEqual([
      'what did not go well:',
      '  harbour: pages not had: 1 (the site’s robots.txt asks not to fetch the page)',
      '  harbour: pages not had: 2 (the server did not answer in time)',
    ]);
  });
});
