import type { Person } from '../../model/feed.ts';
import type { EditionEntry } from '../../model/edition.ts';
import { publicAddress } from '../../support/public-address.ts';
import { hostOf } from './addresses.ts';
import { languageTag } from '../../support/language-tag.ts';
import { languageName, sameLanguage } from './languages.ts';
import { markup, type Markup } from './markup.ts';
import type { Setting } from './setting.ts';

const WORDS_A_MINUTE = 220;

/** Who wrote it, who published it, when, in which language, and how long it takes to read. */
export function byline(setting: Setting, entry: EditionEntry): Markup {
  return markup`<div class="byline">
<p class="by">${authors(setting, entry)}<span class="by-publisher">${publisher(entry)}</span></p>
<p class="facts">${dates(setting, entry)}${language(setting, entry)}${readingTime(entry)}</p>
</div>`;
}

/** Names alone: an author's e-mail address is nobody's business here. */
function authors({ frame: { site } }: Setting, entry: EditionEntry): Markup | null {
  const named = entry.authors.flatMap((person) => authorName(person) ?? []);
  if (named.length === 0) return null;
  const list = new Intl.ListFormat(site.language, { type: 'conjunction' });
  const places = list.formatToParts(named.map((_, index) => String(index)));
  return markup`<span class="by-authors">By ${places.map(({ type, value }) =>
    type === 'element' ? author(named[Number(value)]!) : value,
  )}</span> `;
}

type Author = { readonly name: string; readonly url: string | null };

function authorName({ name, url }: Person): Author | null {
  const address = publicAddress(url);
  const shown = name ?? (address === null ? null : hostOf(address));
  return shown === null ? null : { name: shown, url: address };
}

function author({ name, url }: Author): Markup {
  const shown = markup`<bdi itemprop="name">${name}</bdi>`;
  return markup`<span itemprop="author" itemscope itemtype="https://schema.org/Person">${
    url === null ? shown : markup`<a itemprop="url" href="${url}" rel="noopener">${shown}</a>`
  }</span>`;
}

function publisher({ publisher: { name, url } }: EditionEntry): Markup {
  const address = publicAddress(url);
  const shown = markup`<bdi itemprop="name">${name}</bdi>`;
  return markup`<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization">${
    address === null ? shown : markup`<a itemprop="url" href="${address}" rel="noopener">${shown}</a>`
  }</span>`;
}

/** The second date only where a reader can tell it from the first. */
function dates({ dates }: Setting, { published, updated }: EditionEntry): Markup {
  const first = dates.moment(published);
  const second = dates.moment(updated);
  return markup`<span class="fact">Published <time itemprop="datePublished" datetime="${published}">${first}</time></span> ${
    first === second
      ? markup`<meta itemprop="dateModified" content="${updated}">`
      : markup`<span class="fact">Updated <time itemprop="dateModified" datetime="${updated}">${second}</time></span> `
  }`;
}

function language({ frame: { site } }: Setting, entry: EditionEntry): Markup | null {
  const tag = languageTag(entry.language);
  if (tag === null) return null;
  const name = sameLanguage(tag, site.language) ? null : languageName(tag, site.language);
  return markup`<meta itemprop="inLanguage" content="${tag}">${
    name === null ? null : markup`<span class="fact">In ${name}</span> `
  }`;
}

/** Only for whole texts: how long an excerpt takes is of no use, and how long the rest would take, misleading. */
function readingTime({ extent, wordCount }: EditionEntry): Markup | null {
  if (extent !== 'full' || wordCount === 0) return null;
  return markup`<span class="fact reading-time">${Math.ceil(wordCount / WORDS_A_MINUTE)} min read</span>`;
}
