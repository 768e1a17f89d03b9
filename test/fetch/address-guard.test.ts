import { describe, expect, test } from '@jest/globals';
import { openAddressGuard } from '../../src/fetch/address-guard.ts';

const guard = openAddressGuard([]);
const host = (url: string): string => new URL(url).hostname;

describe('a literal address', () => {
  test.each([
    ['http://0.0.0.0/', 'an unspecified address'],
    ['http://127.0.0.1/', 'a loopback address'],
    ['http://2130706433/', 'a loopback address'],
    ['http://0x7f.1/', 'a loopback address'],
    ['http://１２７.0.0.1/', 'a loopback address'],
    ['http://10.255.255.255/', 'a private network'],
    ['http://172.31.255.255/', 'a private network'],
    ['http://192.168.0.1/', 'a private network'],
    ['http://169.254.169.254/', 'a link-local address'],
    ['http://100.127.255.255/', 'an address of a provider’s shared space'],
    ['http://224.0.0.1/', 'a multicast address'],
    ['http://255.255.255.255/', 'reserved'],
    ['http://192.0.0.192/', 'reserved'],
    ['http://198.19.0.1/', 'set aside for benchmarks'],
    ['http://203.0.113.7/', 'set aside for documentation'],
    ['http://168.63.129.16/', 'a cloud platform’s own address'],
    ['http://[::]/', 'an unspecified address'],
    ['http://[::1]/', 'a loopback address'],
    ['http://[::ffff:127.0.0.1]/', 'an IPv4 address in IPv6'],
    ['http://[::ffff:8.8.8.8]/', 'an IPv4 address in IPv6'],
    ['http://[64:ff9b::7f00:1]/', 'an IPv4 address in IPv6'],
    ['http://[2002:7f00:1::1]/', 'an IPv4 address in IPv6'],
    ['http://[::127.0.0.1]/', 'no public address'],
    ['http://[2001:0:53aa:64c::1]/', 'a Teredo address'],
    ['http://[2001:20::1]/', 'set aside for protocols'],
    ['http://[fd00::1]/', 'a private network'],
    ['http://[fe80::1]/', 'a link-local address'],
    ['http://[ff02::1]/', 'a multicast address'],
    ['http://[2001:db8::1]/', 'set aside for documentation'],
    ['http://[100::1]/', 'no public address'],
    ['http://[4000::1]/', 'no public address'],
  ])('%s is refused as %s', (url, what) => {
    expect(guard.refusalOfHost(host(url))).toContain(what);
  });

  test.each(['http://8.8.8.8/', 'http://172.32.0.1/', 'http://100.128.0.1/', 'http://[2606:2800:220:1::1]/'])(
    '%s may be asked',
    (url) => {
      expect(guard.refusalOfHost(host(url))).toBeNull();
    },
  );
});

describe('a name', () => {
  test.each([
    'localhost',
    'a.localhost',
    'nas',
    'wiki.internal',
    'printer.local',
    'x.test',
    'a.home.arpa',
    'a..example',
  ])('%s is refused before anybody resolves it', (name) => {
    expect(guard.refusalOfHost(name)).not.toBeNull();
  });

  test.each(['news.example', 'localhost.news.example', 'my-localhost.example', '127.0.0.1.nip.io'])(
    '%s may be resolved',
    (name) => {
      expect(guard.refusalOfHost(name)).toBeNull();
    },
  );
});

describe('what a name resolves to', () => {
  test.each([
    [['192.168.0.10'], 'a private network'],
    [['93.184.216.34', '127.0.0.1'], 'a loopback address'],
    [['93.184.216.34', 'fe80::1%eth0'], 'no address'],
    [['localhost.'], 'no address'],
    [['::ffff:10.0.0.1'], 'an IPv4 address in IPv6'],
  ])('%j is refused', (addresses, what) => {
    expect(guard.refusalOfAnswer('news.example', addresses)).toContain(what);
  });

  test('is fine when every address is public', () => {
    expect(guard.refusalOfAnswer('news.example', ['93.184.216.34', '2606:2800:220:1::1'])).toBeNull();
  });
});

describe('with networks that the operator allows', () => {
  const open = openAddressGuard(['10.1.0.0/16', 'fd00:1::/32', '192.168.7.7']);

  test('they may be reached, and their neighbours may not', () => {
    expect(open.refusalOfHost('10.1.2.3')).toBeNull();
    expect(open.refusalOfHost('[fd00:1::5]')).toBeNull();
    expect(open.refusalOfHost('192.168.7.7')).toBeNull();
    expect(open.refusalOfHost('10.2.0.1')).not.toBeNull();
    expect(open.refusalOfHost('192.168.7.8')).not.toBeNull();
    expect(open.refusalOfHost('[::ffff:10.1.2.3]')).not.toBeNull();
  });

  test('a name in private use must resolve into them', () => {
    expect(open.refusalOfHost('wiki.internal')).toBeNull();
    expect(open.refusalOfAnswer('wiki.internal', ['10.1.2.3'])).toBeNull();
    expect(open.refusalOfAnswer('wiki.internal', ['10.1.2.3', '93.184.216.34'])).toContain('private use');
    expect(open.refusalOfAnswer('wiki.internal', ['127.0.0.1'])).toContain('a loopback address');
  });
});
