import type { Article, Declaration } from '../model/article.ts';
import type { RslLicence, RslTerms } from '../model/rsl.ts';
import type { Extent, Source } from '../model/source.ts';
import { creativeCommonsName, creativeCommonsTerms } from '../support/creative-commons.ts';
import { textOfSanitised } from '../support/html.ts';
import { wordSpans } from '../support/words.ts';
import type { RightsOfSite } from './opt-out.ts';
import { refusalOf } from './refusal.ts';

// How much of an article may be published: what the operator allows of its source, narrowed by what feed and page declare
// and never widened by it. What is prohibited leaves a link; what is not granted, or not for nothing, leaves an excerpt.

export type AllowedExtent = {
  readonly extent: Extent;
  /** Most words of an excerpt; 0 for a link, null for a full text. */
  readonly words: number | null;
  /** Most characters of all that is shown of it, where a length was declared; else null. */
  readonly characters: number | null;
  /** Why, in words. */
  readonly reason: string;
  /** It is less than the operator allows. */
  readonly isNarrowed: boolean;
};

/** What a declaration asks for. `mostCharacters`: of an excerpt. */
type Narrowing = { readonly extent: Extent; readonly reason: string; readonly mostCharacters?: number };

const RANK = { full: 0, excerpt: 1, link: 2 } as const satisfies Record<Extent, number>;

/**
 * @param source null: it is no longer listed, and nobody answers for more than a link
 * @param site a licence may be for those who take no money alone
 */
export function extentFor(article: Article, source: Source | null, site: RightsOfSite): AllowedExtent {
  const refusal = refusalOf(article, site.optOut, source);
  if (refusal !== null) return { extent: 'link', words: 0, characters: null, reason: refusal, isNarrowed: true };
  if (source === null)
    return {
      extent: 'link',
      words: 0,
      characters: null,
      reason: 'its source is no longer listed',
      isNarrowed: false,
    };
  const asked = article.rights.declared.flatMap((declaration) => narrowingOf(declaration, source, site));
  const extent = [source.republish, ...asked.map((one) => one.extent)].reduce(narrower);
  const characters = extent === 'excerpt' ? fewestCharacters(asked) : null;
  const words = extent === 'excerpt' ? excerptWords(article, source.excerptWords, characters) : null;
  if (words === 0 && source.excerptWords > 0)
    return { extent: 'link', words: 0, characters: null, reason: reasonsAt(asked, 'excerpt'), isNarrowed: true };
  const isNarrowed = extent !== source.republish || (words !== null && words < source.excerptWords);
  return {
    extent,
    words: extent === 'link' ? 0 : words,
    characters,
    reason: isNarrowed
      ? reasonsAt(asked, extent)
      : [`the source “${source.title}” is set to ${source.republish}`, ...unread(article)].join('; '),
    isNarrowed,
  };
}

function narrower(a: Extent, b: Extent): Extent {
  return RANK[a] >= RANK[b] ? a : b;
}

function reasonsAt(asked: readonly Narrowing[], extent: Extent): string {
  return [...new Set(asked.filter((one) => one.extent === extent).map(({ reason }) => reason))].join('; ');
}

function fewestCharacters(asked: readonly Narrowing[]): number | null {
  const declared = asked.flatMap(({ mostCharacters }) => mostCharacters ?? []);
  return declared.length === 0 ? null : Math.min(...declared);
}

/** The operator's measure, or fewer words where a length in characters was declared: of every text that is shown. */
function excerptWords(article: Article, allowed: number, characters: number | null): number {
  if (characters === null) return allowed;
  const body = textOfSanitised(article.contentHtml);
  return Math.min(allowed, wordsWithin(body === '' ? article.summary : body, characters));
}

/** How many words of a text's beginning, and the mark that it goes on or what ends it, are within so many characters. */
function wordsWithin(text: string, characters: number): number {
  let count = 0;
  for (const { end } of wordSpans(text)) {
    if (end + 1 > characters) return count;
    count++;
  }
  // What stands behind the last word is shown with it.
  return text.length > characters ? Math.max(0, count - 1) : count;
}

/** Terms that are in a file of their own are carried on and told, and not known: it is not asked for. */
function unread({ rights }: Article): string[] {
  return rights.declared.flatMap((one) =>
    one.kind === 'rsl' && one.terms.file !== null
      ? [`its RSL file was not read (${one.terms.file})`]
      : one.kind === 'licence' && creativeCommonsTerms(one.url) === null
        ? [`its licence is not one that is known here (${one.url})`]
        : [],
  );
}

function narrowingOf(
  declaration: Declaration,
  source: Source,
  site: Pick<RightsOfSite, 'commercial'>,
): readonly Narrowing[] {
  const where = declaration.by === 'feed' ? 'its feed' : 'its page';
  if (declaration.kind === 'licence') return ofLicence(declaration.url, where, { source, site });
  if (declaration.kind === 'rsl') return ofTerms(declaration.terms, where, site);
  const { noArchive, mostCharacters } = declaration;
  return [
    ...(noArchive ? [{ extent: 'excerpt', reason: `${where} asks that no copies be kept` } as const] : []),
    ...(mostCharacters === null
      ? []
      : mostCharacters === 0
        ? [{ extent: 'link', reason: `${where} asks that none of its text be shown elsewhere` } as const]
        : [
            {
              extent: 'excerpt',
              reason: `${where} asks that at most ${mostCharacters} characters be shown elsewhere`,
              mostCharacters,
            } as const,
          ]),
  ];
}

/**
 * Creative Commons: BY, BY-SA and what is in the public domain ask for nothing that is not done anyway. NC is for those
 * who take no money. ND is for what is not changed: markup put in order and an excerpt word for word change no text (§2a4
 * of the licences), but a text with parts left out, told as the whole, does. What other licences say is not known.
 */
function ofLicence(
  url: string,
  where: string,
  { source, site }: { readonly source: Source; readonly site: Pick<RightsOfSite, 'commercial'> },
): readonly Narrowing[] {
  const terms = creativeCommonsTerms(url);
  if (terms === null) return [];
  const name = creativeCommonsName(url) ?? url;
  if (terms.has('nc') && site.commercial)
    return [{ extent: 'excerpt', reason: `${where} is licensed ${name}, and this site is commercial` }];
  if (terms.has('nd') && source.remove.length > 0)
    return [
      {
        extent: 'excerpt',
        reason: `${where} is licensed ${name}, and the source’s “remove” leaves parts of the text out`,
      },
    ];
  return [];
}

/** Each licence is an offer, and the best may be taken (RSL 1.0 §3.1.1). */
function ofTerms(
  { server, licences }: RslTerms,
  where: string,
  site: Pick<RightsOfSite, 'commercial'>,
): readonly Narrowing[] {
  const offers = licences.map((licence) => ofOffer(licence, where, site));
  const best = offers.toSorted((a, b) => RANK[a?.extent ?? 'full'] - RANK[b?.extent ?? 'full'])[0] ?? null;
  const atServer: Narrowing | null =
    server === null ? null : { extent: 'excerpt', reason: `RSL in ${where} asks for a licence from ${server}` };
  return [best, atServer].filter((one) => one !== null);
}

/** Nothing is to be paid that we do not give: who wrote a text and where it is from is always told. */
const PAID_BY_US: ReadonlySet<string> = new Set(['free', 'attribution']);

/**
 * What one licence leaves us. Uses: to publish a text is `all` of what machines may do with it, to show extracts and links
 * is `search`; what is said of AI is not said of us.
 */
function ofOffer(licence: RslLicence, where: string, site: Pick<RightsOfSite, 'commercial'>): Narrowing | null {
  const said = (extent: Extent, what: string): Narrowing => ({ extent, reason: `RSL in ${where} ${what}` });
  const us = site.commercial ? 'commercial' : 'non-commercial';
  const prohibited = licence.usesProhibited.filter((use) => !isOfAi(use));
  const known = prohibited.find((use) => use === 'all' || use === 'search');
  if (known !== undefined) return said('link', `prohibits the use “${known}”`);
  if (licence.usersProhibited.includes(us)) return said('link', `prohibits ${us} users`);
  if (prohibited.length > 0) return said('excerpt', `prohibits the use “${prohibited[0]}”`);
  if (licence.usesPermitted.length > 0 && !licence.usesPermitted.includes('all'))
    return said('excerpt', `permits no more than “${licence.usesPermitted.join(' ')}”`);
  if (licence.usersPermitted.length > 0 && !licence.usersPermitted.includes(us))
    return said('excerpt', `is for other than ${us} users`);
  if (licence.isForPlaces) return said('excerpt', 'holds in some countries alone');
  return PAID_BY_US.has(licence.payment) ? null : said('excerpt', `asks for payment (“${licence.payment}”)`);
}

function isOfAi(use: string): boolean {
  return /(?:^|-)ai(?:-|$)/.test(use);
}
