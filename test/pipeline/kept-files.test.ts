import { expect, test } from '@jest/globals';
import { keptFiles } from '../../src/pipeline/backup/kept-files.ts';

const output = (path: string, given: object = {}) => ({
  path,
  sha256: `digest of ${path}`,
  input_key: 'made',
  ...given,
});
const refusal = (path: string, of: 'file' | 'entries') => ({
  path,
  inputKey: 'made',
  of,
  reasons: ['not well-formed'],
});

test('closed archives and last good files of what the gate refuses go into a backup, and nothing else does', () => {
  const kept = keptFiles();
  kept.note('outputs', [
    output('feeds/world/archive/1.atom', { input_key: 'closed' }),
    output('feeds/world/archive/2.atom', { input_key: 'closed', sha256: '' }),
    output('feeds/world.atom'),
    output('feeds/world.rss'),
    output('feeds/seas.atom', { sha256: '' }),
    output('index.html'),
  ]);
  const refusals = [
    refusal('feeds/world.rss', 'file'),
    refusal('feeds/world.atom', 'entries'),
    refusal('feeds/seas.atom', 'file'),
  ];
  kept.note('facts', [
    { name: 'something-else', value: 'no JSON' },
    { name: 'published-with', value: JSON.stringify({ key: 'k', files: 4, refusals }) },
  ]);
  kept.note('ledger', [{ path: 'feeds/other.atom', sha256: 'x', input_key: 'closed' }]);
  expect(kept.all()).toEqual(
    ['feeds/world/archive/1.atom', 'feeds/world.rss'].map((path) => ({ path, sha256: `digest of ${path}` })),
  );
});
