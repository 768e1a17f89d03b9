import type { Element } from 'domhandler';
import { wordsOf } from '../page/class-marks.ts';

// What the names that an element goes by (class, id, itemprop, slot, …) say of the words beside a picture.

const CREDIT_WORD =
  /^(?:credits?|cred|copyrights?|photographers?|attribution|urheber|urheberin|nachweis|fotografi?|fotografo|fotograaf|fotografin|photographe|fotografka|fotocredit|creditos?|crediti|courtesy|kuvaaja|fot|droits|sheying)$|(?:credits?|copyright|photographer|bildnachweis|bildquelle|urheber|bildautor|fotoautor|bildrechte|creditline|photoby)$/;
/** Of a picture where they stand in its figure, or name a picture too; else of the article. */
const MAKER_WORD =
  /^(?:copy|rights?|sources?|agency|agence|agencia|agenzia|byline|by|authors?|autore?s?|autora|auteurs?|autorin|creator|maker|quelle|rechte|lizenz|licen[cs]e|fuente|fonte|bron|kilde|kalla|lahde|zrodlo|zdroj|forras|kaynak|sursa|autor|owner|holder|signature|firma|firme|istochnik|zuozhe|laiyuan)$/;
const CAPTION_WORD =
  /^(?:captions?|cap|legend|legende|leyenda|legenda|didascalia|cutline|figcaption|bildtext|bildunterschrift|bildbeschreibung|unterschrift|onderschrift|bijschrift|pie|piedefoto|epigrafe|billedtekst|bildetekst|kuvateksti|popis|popisek|podpis|opis|aciklama|altyazi|zhaiyao|tushuo|tuzhu|shuoming)$|(?:caption|unterschrift|onderschrift|bildtext|legende|billedtekst|bildetekst|kuvateksti|didascalia)$/;
const PICTURE_WORD =
  /^(?:photos?|pictures?|pics?|images?|img|figure|fig|media|foto|fotos|bild|bilder|beeld|imagen|imagem|immagine|illustration|visuel|thumbnail|hero|lede|cover|featured|gallery|slide|video|poster|kuva|kep|zdjecie|resim|gorsel|tu|tupian)$/;
const TEXT_WORD =
  /^(?:text|txt|line|lines|notes?|desc|info|meta|below|under|words|description|sub|subline|label|footer|foot|bottom|details|legal|print|comment|title|zeile|texte|texto|testo|tekst|tekstas|teksti|rodape|pie)$/;

/** Words that stand beside a picture and are not about it. */
const OTHER_WORD =
  /^(?:standfirst|dek|deck|summary|subtitle|subheadline|subhead|subheading|excerpt|abstract|intro|introduction|chapo|chapeau|entradilla|bajada|sottotitolo|occhiello|vorspann|teaser|kicker|eyebrow|dachzeile|headline|headings?|dateline|date|datetime|time|timestamp|published|tags?|category|categories|topics?|share|sharing|social|newsletter|promo|ads?|advert|related|breadcrumbs?|biography|bio|avatar)$/;

export type CaptionName = 'credit' | 'maker' | 'caption' | 'line' | 'other' | null;

/** Whether a box is named for a picture. */
export function isNamedForPicture({ attribs }: Element): boolean {
  const names = `${attribs['class'] ?? ''} ${attribs['id'] ?? ''} ${attribs['itemtype'] ?? ''}`.slice(0, 300);
  return /photo|image|picture|bild|foto|pic(?![a-z])|pic_|media|figure|gallery|illustration|visual|visuel|imagen|immagine|zdjecie|gorsel|kuva/i.test(
    names,
  );
}

/** Attributes by which an element says what it is for. */
const NAMING = [
  'class',
  'id',
  'itemprop',
  'slot',
  'data-testid',
  'data-role',
  'data-type',
  'data-component',
  'data-qa',
] as const;

/**
 * What an element's names say that it holds: whose a picture is (`maker`: or the article), what it shows, either of
 * them, or something else.
 */
export function captionName({ name, attribs }: Element): CaptionName {
  if (name === 'figcaption') return 'caption';
  let credit = false;
  let maker = false;
  let caption = false;
  let line = false;
  let other = false;
  for (const naming of NAMING) {
    const value = attribs[naming];
    if (value === undefined) continue;
    for (const one of value.slice(0, 300).split(/\s+/, 20)) {
      const all = wordsOf(one);
      // A short word alone may be any shorthand.
      const words = all.length > 1 || one.length > 4 ? all : [];
      const pictured = words.some((word) => PICTURE_WORD.test(word));
      const made = words.some((word) => MAKER_WORD.test(word));
      credit ||= words.some((word) => CREDIT_WORD.test(word)) || (made && pictured);
      maker ||= made;
      caption ||= words.some((word) => CAPTION_WORD.test(word));
      other ||= words.some((word) => OTHER_WORD.test(word)) || (name === 'p' && /^(?:lead|lede|ingress)$/.test(one));
      line ||= pictured && words.some((word) => TEXT_WORD.test(word));
    }
  }
  // Of a caption's credit the name says both; an element that holds both is told by what it holds.
  if (credit && !caption) return 'credit';
  if (caption) return credit ? 'line' : 'caption';
  if (maker && !caption) return 'maker';
  if (other) return 'other';
  return line ? 'line' : null;
}
