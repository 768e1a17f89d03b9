import { expect, test } from '@jest/globals';
import { carriedSettings } from '../../../src/cli/sources/carried-settings.ts';

test('what a list from elsewhere could be sent, or led by, is not carried', () => {
  const source = {
    id: 'harbour',
    url: 'https://harbour.example/feed.xml',
    republish: 'excerpt',
    adaptive: { max: '2h' },
    auth: { tokenEnv: 'DATABASE_URL' },
    proxy: 'http://proxy.example:3128',
    headers: { 'x-a': 'b' },
  };
  expect(carriedSettings(source)).toEqual({ republish: 'excerpt', adaptive: { max: '2h' } });
});
