import { describe, expect, test } from '@jest/globals';
import { readConfig, SETTINGS, shownValue } from '../../src/config/config.ts';

const read = (TRIBUTARY_PROXY: string) => readConfig({}, { TRIBUTARY_PROXY });

describe('the program’s proxy', () => {
  test('is none unless its variable names one, whatever other programs go by', () => {
    expect(readConfig({}, { HTTPS_PROXY: 'http://proxy.example:3128' })).toMatchObject({ config: { proxy: null } });
    expect(read('http://proxy.example:3128')).toMatchObject({ config: { proxy: 'http://proxy.example:3128' } });
  });

  test('may hold a user name and a password, which are not shown', () => {
    const reading = read('http://me:planted%40@proxy.example:3128');
    if ('faults' in reading) throw new Error('it is right');
    const shown = SETTINGS.map((each) => shownValue(each, reading.config)).join();
    expect([shown.includes('planted'), shown.includes('(set, not shown)')]).toEqual([false, true]);
  });

  test.each([
    'proxy.example:3128',
    'socks5://planted@p.example',
    'http://p.example/planted',
    'http://me:planted%@p.example',
    'http://',
  ])('is refused where it is none, and not repeated: %s', (written) => {
    expect(read(written)).toEqual({
      faults: [
        {
          setting: 'TRIBUTARY_PROXY',
          message: 'TRIBUTARY_PROXY: the value is no address of an HTTP proxy, as http://proxy.example.org:3128',
        },
      ],
    });
  });
});
