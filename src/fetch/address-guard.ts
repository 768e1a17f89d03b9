import { BlockList, isIP } from 'node:net';

// Which hosts and addresses may be reached. Pure: the dialler asks it for every address that it is about to connect to.

/** Where nobody publishes: the special-purpose registries of IANA (RFC 6890), and addresses of cloud platforms. */
const CLOSED: readonly (readonly [what: string, ...networks: string[]])[] = [
  ['an unspecified address', '0.0.0.0/8', '::/128'],
  ['a loopback address', '127.0.0.0/8', '::1/128'],
  ['an address of a private network', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fec0::/10'],
  ['a link-local address', '169.254.0.0/16', 'fe80::/10'],
  ['an address of a provider’s shared space', '100.64.0.0/10'],
  ['a cloud platform’s own address', '168.63.129.16/32'],
  ['a multicast address', '224.0.0.0/4', 'ff00::/8'],
  ['set aside for documentation', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'],
  ['set aside for benchmarks', '198.18.0.0/15', '2001:2::/48'],
  ['reserved', '192.0.0.0/24', '192.88.99.0/24', '240.0.0.0/4', '3ffe::/16'],
  ['an IPv4 address in IPv6', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16'],
  ['a Teredo address', '2001::/32'],
  ['set aside for protocols', '2001::/23'],
];

/** The one part of IPv6 that is given out to the public (RFC 4291 §2.4). All else is closed, named above or not. */
const PUBLIC_IPV6 = '2000::/3';

/** Last labels that the public name system does not know, or must not (RFC 6761, RFC 6762 app. G, RFC 8375, RFC 9476). */
const PRIVATE_TOP_LABELS = new Set(
  'localhost local localdomain internal intranet private corp home lan domain svc consul test invalid onion alt arpa'.split(
    ' ',
  ),
);

export type AddressGuard = {
  /**
   * Why a host must not be asked, before anything is asked of the name system; null when it may. Literal addresses are
   * judged for good; names in private use are refused unless some network is allowed.
   * @param host as in URL.hostname
   */
  readonly refusalOfHost: (host: string) => string | null;
  /**
   * Why what a name resolves to must not be connected to; null when all its addresses may. One closed address among
   * public ones refuses the whole. A name in private use must lie in the allowed networks altogether.
   */
  refusalOfAnswer(host: string, addresses: readonly string[]): string | null;
};

/** @param allowedNetworks CIDRs that may be reached although they are closed, as `10.1.0.0/16` or `fd00::/8` */
export function openAddressGuard(allowedNetworks: readonly string[]): AddressGuard {
  const allowed = networks(allowedNetworks);
  const publicIpv6 = networks([PUBLIC_IPV6]);
  const closed = CLOSED.map(([what, ...list]) => ({ what, holds: networks(list) }));

  const refusalOfAddress = (address: string): string | null => {
    const version = isIP(address);
    // A zone ("%eth0") belongs to link-local addresses alone.
    if (version === 0 || address.includes('%')) return `${address} is no address`;
    if (allowed(address)) return null;
    const found = closed.find(({ holds }) => holds(address));
    if (found !== undefined) return `${address} is ${found.what}`;
    return version === 4 || publicIpv6(address) ? null : `${address} is no public address`;
  };

  return {
    refusalOfHost(host) {
      const literal = literalAddress(host);
      if (literal !== null) return refusalOfAddress(literal);
      if (host.split('.').includes('')) return `${host} is no name`;
      return isPrivateName(host) && allowedNetworks.length === 0 ? `${host} is a name in private use` : null;
    },
    refusalOfAnswer(host, addresses) {
      for (const address of addresses) {
        const refusal = refusalOfAddress(address);
        if (refusal !== null) return host === address ? refusal : `${host}: ${refusal}`;
        if (isPrivateName(host) && !allowed(address)) {
          return `${host} is a name in private use`;
        }
      }
      return null;
    },
  };
}

/** The address that a URL's host is, without the brackets of IPv6; null when it is a name. */
export function literalAddress(host: string): string | null {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host;
  return isIP(bare) === 0 ? null : bare;
}

/** Names of one label, and those below a label that is not public. */
function isPrivateName(host: string): boolean {
  if (literalAddress(host) !== null) return false;
  const lastDot = host.lastIndexOf('.');
  return lastDot < 0 || PRIVATE_TOP_LABELS.has(host.slice(lastDot + 1));
}

/**
 * Whether an address lies in one of some networks. A list for each family: Node's BlockList takes an IPv4 address and
 * its IPv6 form for the same, and here that difference is what is asked.
 */
function networks(cidrs: readonly string[]): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const cidr of cidrs) {
    const [address = '', prefix] = cidr.split('/');
    const family = familyOf(address);
    lists[family].addSubnet(address, Number(prefix ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return (address) => lists[familyOf(address)].check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
