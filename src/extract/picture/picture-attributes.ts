import { isTag, type Element, type ParentNode } from 'domhandler';
import { partCaption, type Caption } from './caption.ts';
import { plainWords } from '../page/plain-words.ts';

// Caption and credit in the attributes of a picture and of what is wrapped around it.

const CREDIT_ATTRIBUTE =
  /^data-(?:[a-z]+-)*?(?:credits?|copyright|photographer|byline|attrib(?:ution)?|author|source-name|creator|fotograf|rights|autor|quelle)(?:-(?:text|line|name|notice))?$/;
const CAPTION_ATTRIBUTE =
  /^data-(?:[a-z]+-)*?(?:captions?|legende?|bildunterschrift|description|sub-html|desc)(?:-(?:text|html|abstract|title))?$/;
const MOST_STEPS = 4;
const FEWEST_TITLE_WORDS = 4;

/** What the data attributes say; where none does, the title of the picture, if it is a sentence of its own. */
export function attributeWords(picture: Element, known: readonly string[]): Caption {
  let caption: string | null = null;
  let credit: string | null = null;
  let node: ParentNode | null = picture;
  for (let steps = 0; node !== null && isTag(node) && steps < MOST_STEPS; steps++, node = node.parent) {
    // What holds more than this picture does not speak of it alone.
    if (steps > 0 && /^(?:body|main|article|section|ul|ol|p)$/.test(node.name)) break;
    for (const [name, value] of Object.entries(node.attribs)) {
      if (!name.startsWith('data-') || value.length < 2 || !/\p{L}/u.test(value) || /^(?:https?:|[{[]|#)/.test(value))
        continue;
      if (CREDIT_ATTRIBUTE.test(name)) credit ??= plainWords(value);
      else if (CAPTION_ATTRIBUTE.test(name)) caption ??= plainWords(value);
    }
  }
  if (caption !== null || credit !== null) {
    const alike = (text: string): string => text.replace(/\s+/g, ' ').trim();
    const own = caption !== null && known.some((other) => alike(other) === alike(caption)) ? null : caption;
    return partCaption(own ?? '', credit);
  }
  return titleWords(picture, known);
}

function titleWords({ attribs }: Element, known: readonly string[]): Caption {
  const title = plainWords(attribs['title'] ?? '').trim();
  const isSentence = title.split(/\s+/).length >= FEWEST_TITLE_WORDS && !/\.(?:jpe?g|png|gif|webp)$/i.test(title);
  const alt = (attribs['alt'] ?? '').trim();
  if (!isSentence || title === alt || known.some((other) => other.startsWith(title) || title.startsWith(other)))
    return { caption: null, credit: null };
  return partCaption(title, null);
}
