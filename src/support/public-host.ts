import { BlockList, isIP } from 'node:net';

const RESERVED = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  RESERVED.addSubnet(network, prefix, 'ipv4');

/**
 * Whether a host (as the URL parser writes it) can be one of the public web: a name with a dot that is not kept for
 * local use, or a public IPv4 address. Nothing is looked up; the outbound client guards what is really connected to.
 */
export function isPublicHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return false;
  if (isIP(hostname) === 4) return !RESERVED.check(hostname, 'ipv4');
  const name = hostname.replace(/\.$/, '');
  if (!name.includes('.')) return false;
  return !/(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|invalid|test|arpa)$/.test(
    name,
  );
}
