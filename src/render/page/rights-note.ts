import type { EditionEntry } from '../../model/edition.ts';
import { publicAddress } from '../../support/public-address.ts';
import { hostOf } from './addresses.ts';
import { markup, type Markup } from './markup.ts';

/** Whose the text is and on which terms: the publisher's own words where there are any. */
export function rightsNote({ rights, licence, publisher }: EditionEntry): Markup {
  return markup`<p class="rights">${
    rights === null
      ? markup`Rights: <bdi itemprop="copyrightHolder">${publisher.name}</bdi>.`
      : markup`<span itemprop="copyrightNotice" dir="auto">${rights}</span>`
  }${licence === null ? null : markup` Licence: ${licenceLink(licence)}.`}</p>`;
}

function licenceLink(licence: string): Markup {
  const address = publicAddress(licence);
  if (address === null) return markup`<bdi>${licence}</bdi>`;
  return markup`<a href="${address}" rel="license noopener" itemprop="license">${licenceName(address)}</a>`;
}

/** Creative Commons' licences say their name in their address: `/licenses/by-sa/4.0/` is CC BY-SA 4.0. */
function licenceName(address: string): string {
  const { hostname, pathname } = new URL(address);
  if (!/(^|\.)creativecommons\.org$/.test(hostname)) return hostOf(address);
  const [, kind, name, version] = /^\/(licenses|publicdomain)\/([a-z-]{1,20})(?:\/(\d\.\d))?/.exec(pathname) ?? [];
  if (name === undefined) return hostOf(address);
  const short = kind === 'publicdomain' && name === 'zero' ? 'CC0' : `CC ${name.toUpperCase()}`;
  return version === undefined ? short : `${short} ${version}`;
}
