import { getDomain } from 'tldts';

/** The site that an address belongs to: its registrable domain (Public Suffix List), else its host with the port. */
export function siteOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { hostname, host } = new URL(url);
  return getDomain(hostname, { allowPrivateDomains: true }) ?? host;
}
