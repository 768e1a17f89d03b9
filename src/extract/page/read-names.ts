import type { Person } from '../../model/feed.ts';
import { plainTitle } from '../../support/plain-title.ts';

const MOST_AUTHORS = 20;
/** Words of accounts, desks and forms, not of people. */
const NO_PERSON =
  /^(?:admin|administrator|administrador|webmaster|web ?master|editor|editors|editorial|editorial (?:staff|team|board|desk)|staff|staff (?:writer|reporter|author)|redaktion|die redaktion|redaktionsteam|redacci[oó]n|reda[cç][aã]o|redazione|r[eé]daction|la r[eé]daction|redactie|redakcja|redakce|редакция|редактор|news ?desk|newsroom|online|web|wordpress|user|guest|guest (?:author|post|blogger)|author|authors?|posted|posted on|posted in|ver[oö]ffentlicht(?: am)?|publicado|publi[eé]|updated|link|see full bio|full bio|por|von|par|di|no author|post author|unknown|anonymous|none|null|undefined|n\/a|default|test|root|contributor|contributors|the team|press release|home|share|by|posted by|view all posts|about|contact|more|follow|subscribe|comments?|date|name \*?|name|your name|e-?mail|full name|last updated|\d+)$/i;
const MONTH_OR_DAY =
  '(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\\p{L}{0,9}\\.? \\d|\\d{1,2}[./ ]|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:sat|sun|mon|tue|wed|thu|fri)\\b|am \\p{Lu}\\p{L}+tag|last (?:updated|modified)|updated|published';
const BEHIND_A_NAME = new RegExp(
  `\\s*[|•·⋅–—]\\s.*$|\\s+-\\s.*$|[,\\s]+(?:on\\s+)?(?:${MONTH_OR_DAY}).*$|\\s+(?:for|at|of|in|on behalf of)\\s+(?:the\\s+)?\\p{Lu}.*$|\\s+(?:last|read more|follow|contact)$`,
  'iu',
);
const BEFORE_A_NAME =
  /^(?:(?:written|posted|published|reviewed|reported|edited|medically reviewed|story|words|text|review|recipe|post author|eingestellt|geschrieben|verfasst|ein beitrag|pressemitteilung|escrito|publicado|escrita|scritto|[eé]crit|geschreven|autor|author)\s)?(?:by|von|vom|par|por|di|door|av|af|przez)\s*[:\s]\s*|^(?:text|autor(?:in)?|author|redaktion|redacteur|words|photos?)(?:\s?:\s*|\s+)/iu;
/** "ByAna Ruiz", "AuthorAna Ruiz": the space is made by a style sheet. */
const GLUED_BEFORE_A_NAME = /^(?:By|BY|Von|Por|Par|Author|Autor)(?=\p{Lu}\p{Ll})/u;
const ROLE_BEHIND_A_NAME =
  /(?<=\p{L}{2}\s\p{L}.{0,30}?\p{Ll})\s?(?:(?:Senior|Staff|Chief|Deputy|Managing|Associate|Contributing|Executive|Sports|Political|Business|News|Marketing|Content|Review|Founder|Tech|Autos?)\s){0,3}(?:Reporter|Writer|Editor|Correspondent|Columnist|Journalist|Producer|Contributor|Manager|Director|Analyst|Strategist|Specialist|Expert|Author|Developer|Founder)$/u;
const NO_NAME_AT_ALL = new RegExp(`^(?:${MONTH_OR_DAY})`, 'iu');
const TITLE_OR_ROLE =
  /^(?:[\p{Lu}\d]{1,2}|ph\.?d\.?|m\.?d\.?|jr\.?|esq\.?|mba|rn|cpa|cfp|[\p{Lu}]{3,6}|correspondent|reporter|editor|(?:\p{L}+ ){0,3}(?:correspondent|reporter|editor|writer|columnist|journalist|producer|photographer|contributor|staff|analyst|director|manager|professor))$/iu;

/** The people that texts name, each once, in order. `siteNames` (in lower case) are nobody. */
export function peopleOf(texts: Iterable<string>, siteNames: readonly string[] = []): readonly Person[] {
  const people: Person[] = [];
  const seen = new Set<string>();
  for (const text of texts) {
    if (/https?:|^\/|^www\./i.test(text)) continue;
    for (const [index, part] of splitNames(text).entries()) {
      const name = personOf(part, index);
      if (
        name === null ||
        siteNames.includes(name.toLowerCase()) ||
        seen.has(name.toLowerCase()) ||
        people.length >= MOST_AUTHORS
      )
        continue;
      seen.add(name.toLowerCase());
      people.push({ name, email: null, url: null });
    }
  }
  return people;
}

/** Whether a name is an account's rather than a person's: one word in small letters, or with signs in it. */
export function isHandle({ name }: Person): boolean {
  return name !== null && /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name);
}

function splitNames(text: string): string[] {
  const plain = plainTitle(text.slice(0, 1000))
    .replace(BEFORE_A_NAME, '')
    .replace(GLUED_BEFORE_A_NAME, '')
    .replace(/\s*\((?:[^()]{0,60})\)\s*/g, ' ')
    .replace(BEHIND_A_NAME, '');
  return plain
    .split(/\s*[,;/|&、，]\s*|\s+(?:and|und|et|y|e|en|och|og|i|with|mit)\s+/iu)
    .filter((part) => part.trim() !== '');
}

function personOf(text: string, index: number): string | null {
  const name = plainTitle(text)
    .replace(/^(?:by|von|par|por|mr|mrs|ms|and)\s+/i, '')
    .replace(/^[\s\p{P}]+|[\s,;:|⋅–—-]+$/gu, '')
    .replace(ROLE_BEHIND_A_NAME, '');
  if (name.length < 2 || name.length > 60 || name.split(/\s+/).length > 6) return null;
  if (
    /https?:|www\.|[@<>{}\\*]|\.(?:com|org|net|co|de|fr|es|it|ch|at|io)$/i.test(name) ||
    /\d{2}/.test(name) ||
    NO_PERSON.test(name) ||
    NO_NAME_AT_ALL.test(`${name} 1`)
  )
    return null;
  if (/\b(?:copyright|rights reserved|gmbh|inc|llc|ltd)\b/i.test(name)) return null;
  // Degrees and roles stand behind a name and a comma.
  if (index > 0 && TITLE_OR_ROLE.test(name)) return null;
  return /\p{L}{2}|[\u3040-\u9fff]/u.test(name) ? name : null;
}
