import type { Site } from '../model/site.ts';

/** Who does not want to appear (`site.optOut`), made ready to be asked about every article: by host, what is listed of it. */
export type OptOut = ReadonlyMap<string, readonly Listed[]>;

/** One line of the list. */
type Listed = {
  /** Its place in the list: of several that fit the first is told. */
  readonly at: number;
  /** As the operator wrote it. */
  readonly written: string;
  readonly path: string;
  /** Where the operator wrote one: several publishers may share a host; empty: of any port. */
  readonly port: string;
};

/** What of the site decides how much of an article may be shown, made ready once for all of them. */
export type RightsOfSite = Pick<Site, 'commercial'> & { readonly optOut: OptOut };

/** The site with its list made ready. */
export type ReadySite = Omit<Site, 'optOut'> & RightsOfSite;

export function readySite(site: Site): ReadySite {
  return { ...site, optOut: prepareOptOut(site.optOut) };
}

/** @param list hosts, with or without `*.`, and beginnings of addresses; what is neither stands for nobody */
export function prepareOptOut(list: readonly string[]): OptOut {
  const byHost = new Map<string, Listed[]>();
  for (const [at, written] of list.entries()) {
    const place = URL.parse(/^https?:\/\//i.test(written) ? written : `https://${written.replace(/^\*\./, '')}`);
    if (place === null) continue;
    const host = bare(place.hostname);
    const ofHost = byHost.get(host) ?? [];
    ofHost.push({ at, written, path: place.pathname, port: place.port });
    byHost.set(host, ofHost);
  }
  return byHost;
}

/** The first line of the list that one of the addresses is of: its host, or one above it, and the beginning of its path. */
export function listedOf(optOut: OptOut, addresses: readonly URL[]): string | null {
  let first: Listed | null = null;
  for (const { hostname, pathname, port } of addresses)
    for (const host of hostAndAbove(bare(hostname)))
      for (const listed of optOut.get(host) ?? [])
        if ((first === null || listed.at < first.at) && isOf(listed, { pathname, port })) first = listed;
  return first?.written ?? null;
}

function* hostAndAbove(host: string): Generator<string> {
  yield host;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) yield host.slice(dot + 1);
}

function isOf({ path, port }: Listed, address: { readonly pathname: string; readonly port: string }): boolean {
  if (port !== '' && port !== address.port) return false;
  return address.pathname === path || address.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function bare(hostname: string): string {
  return hostname.replace(/\.$/, '').replace(/^www\./, '');
}
