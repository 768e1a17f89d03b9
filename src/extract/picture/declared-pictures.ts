import { partCaption, type Caption } from './caption.ts';
import { imageKey } from './image-key.ts';
import { isObject, linked, textOf, type JsonObject } from '../page/json-ld.ts';
import { alternativeText, imageType, isPicture, pixels, type Sizes } from './likely-picture.ts';
import type { Metas } from '../page/page-metas.ts';
import { safeMediaAddress } from '../page/safe-address.ts';

// The pictures that a page declares in its head and its structured data, and what it says of them there.

/** A picture that may lead. */
export type Candidate = Sizes &
  Caption & {
    readonly url: string;
    readonly type: string | null;
    readonly alt: string | null;
    readonly licence: string | null;
  };

export type Declaring = {
  readonly metas: Metas;
  readonly articles: readonly JsonObject[];
  /** The picture objects of the structured data (schema.org ImageObject). */
  readonly pictures: readonly JsonObject[];
  readonly baseUrl: string;
};

/** Of a picture of which nothing else is known. */
export const UNTOLD: Omit<Candidate, 'url'> = {
  width: null,
  height: null,
  type: null,
  alt: null,
  caption: null,
  credit: null,
  licence: null,
};
const MOST_PICTURES = 40;

/** What a page declares: its picture, and whether it names any at all, be it a logo or a placeholder. */
export type Declared = { readonly picture: Candidate | null; readonly isAnyNamed: boolean };

/** The picture that the page declares: Open Graph, else structured data, else Twitter's card, else older names. */
export function declaredPicture(declaring: Declaring): Declared {
  let isAnyNamed = false;
  for (const candidate of namedIn(declaring)) {
    const url = safeMediaAddress(candidate.url ?? undefined, declaring.baseUrl);
    if (url === null) continue;
    isAnyNamed = true;
    if (isPicture(url, candidate)) return { picture: { ...candidate, url }, isAnyNamed };
  }
  return { picture: null, isAnyNamed };
}

type Named = Omit<Candidate, 'url'> & { readonly url: string | null };

function namedIn(declaring: Declaring): readonly Named[] {
  const { metas, articles, pictures } = declaring;
  return [
    {
      ...UNTOLD,
      url: metas.first('og:image:secure_url', 'og:image', 'og:image:url'),
      width: pixels(metas.first('og:image:width')),
      height: pixels(metas.first('og:image:height')),
      type: imageType(metas.first('og:image:type')),
      alt: alternativeText(metas.first('og:image:alt')),
    },
    ...articles.flatMap((node) => picturesOf(resolved(node['image'] ?? node['thumbnailUrl'], pictures), declaring)),
    {
      ...UNTOLD,
      url: metas.first('twitter:image', 'twitter:image:src'),
      alt: alternativeText(metas.first('twitter:image:alt')),
    },
    {
      ...UNTOLD,
      url: metas.first('sailthru.image.full', 'parsely-image-url', 'thumbnail', 'image'),
    },
  ];
}

/** What the structured data says of a picture, by whatever rendition it names it; null where it says nothing. */
export function structuredWords(url: string, declaring: Declaring): Candidate | null {
  const key = imageKey(url);
  const { articles, pictures, baseUrl } = declaring;
  const nodes = [...articles.flatMap((node) => asList(resolved(node['image'], pictures))), ...pictures];
  const told = nodes
    .slice(0, MOST_PICTURES)
    .flatMap((node) => picturesOf(node, declaring))
    .filter((found) => {
      const address = safeMediaAddress(found.url, baseUrl);
      return address !== null && imageKey(address) === key;
    });
  if (told.length === 0) return null;
  const first = told[0]!;
  return {
    ...first,
    caption: told.find(({ caption }) => caption !== null)?.caption ?? null,
    credit: told.find(({ credit }) => credit !== null)?.credit ?? null,
    licence: told.find(({ licence }) => licence !== null)?.licence ?? null,
  };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, 10) : [value];
}

/** Objects that are named by their `@id` alone, as they stand elsewhere. */
function resolved(value: unknown, pictures: readonly JsonObject[]): readonly unknown[] {
  return asList(value).map((item) => {
    if (!isObject(item) || item['@id'] === undefined || Object.keys(item).length > 2) return item;
    return pictures.find((picture) => picture['@id'] === item['@id'] && Object.keys(picture).length > 2) ?? item;
  });
}

function picturesOf(value: unknown, { metas, baseUrl }: Declaring): Candidate[] {
  return asList(value).flatMap((item) => {
    const url = isObject(item) ? (addressOf(item) ?? linked(item)[0]?.url) : linked(item)[0]?.url;
    if (url === undefined) return [];
    if (!isObject(item)) return [{ ...UNTOLD, url }];
    const dimension = (name: string): number | null =>
      pixels(textOf(item[name]) ?? (isObject(item[name]) ? textOf(item[name]['value']) : null));
    const words = partCaption(textOf(item['caption']) ?? '', creditOf(item, metas));
    const licence = [...linked(item['license']), ...linked(item['acquireLicensePage'])][0]?.url ?? null;
    return [
      {
        ...UNTOLD,
        ...words,
        url,
        width: dimension('width'),
        height: dimension('height'),
        licence: safeMediaAddress(licence ?? undefined, baseUrl),
      },
    ];
  });
}

/** An object's address is no mere name for it. */
function addressOf(item: JsonObject): string | undefined {
  for (const name of ['contentUrl', 'url']) {
    const value = item[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** The names of all who are said to have made it; the site itself says nothing by naming itself. */
function creditOf(item: JsonObject, metas: Metas): string | null {
  const site = metas.first('og:site_name', 'application-name');
  for (const property of ['creditText', 'creator', 'author', 'copyrightHolder', 'copyrightNotice']) {
    const names = asList(item[property])
      .map((value) => textOf(value))
      .filter((name): name is string => name !== null && name !== site && !/^https?:/i.test(name));
    if (names.length > 0) return [...new Set(names)].join(', ');
  }
  return null;
}
