import type { EditionEntry } from '../../model/edition.ts';
import type { Enclosure } from '../../model/feed.ts';
import { publicAddress } from '../../support/public-address.ts';
import { hostOf } from './addresses.ts';
import { markup, type Markup } from './markup.ts';
import type { Setting } from './setting.ts';

/** The files that come with an entry, the lead image apart: recordings, films, papers. Links, never players. */
export function attachments(setting: Setting, { enclosures, image }: EditionEntry): Markup | null {
  const files = enclosures.flatMap((file) => {
    const address = file.url === image?.url ? null : publicAddress(file.url);
    return address === null ? [] : [{ ...file, address }];
  });
  if (files.length === 0) return null;
  return markup`<section class="attachments" aria-labelledby="attachments">
<h2 id="attachments">With this story</h2>
<ul>
${files.map(
  (file) =>
    markup`<li><a href="${file.address}" rel="noopener" dir="auto">${file.title ?? fileName(file.address)}</a> <span class="file-facts">${fileFacts(setting, file)}</span></li>\n`,
)}</ul>
</section>`;
}

function fileName(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  return last === '' ? hostOf(address) : last;
}

const KINDS: Readonly<Record<string, string>> = { audio: 'Audio', video: 'Video', image: 'Image' };

/** "Audio, 12 min, 14 MB": as much of it as is told. */
function fileFacts({ frame: { site } }: Setting, { type, durationSeconds, lengthBytes }: Enclosure): string {
  const kind = type === null ? null : (KINDS[type.split('/')[0]!.toLowerCase()] ?? type);
  const amount = (value: number, unit: string): string =>
    new Intl.NumberFormat(site.language, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
      value,
    );
  return [
    kind,
    durationSeconds === null || durationSeconds <= 0 ? null : amount(Math.ceil(durationSeconds / 60), 'minute'),
    lengthBytes === null || lengthBytes <= 0 ? null : fileSize(lengthBytes, amount),
  ]
    .filter((fact) => fact !== null)
    .join(', ');
}

function fileSize(bytes: number, amount: (value: number, unit: string) => string): string {
  return bytes < 1e6 ? amount(Math.ceil(bytes / 1e3), 'kilobyte') : amount(bytes / 1e6, 'megabyte');
}
