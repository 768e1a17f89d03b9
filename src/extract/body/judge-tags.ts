import { ALLOWED_ATTRIBUTES, VOID } from './allowed-markup.ts';

/** Text, an end tag, or a start tag with its attributes in double quotes: HTML that every parser reads alike. */
const TOKEN = /[^<>]+|<\/([a-z][a-z0-9]*)>|<([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)>/gy;
/** Players and their sources speak for each other: they are judged together or not at all. */
const TOGETHER: ReadonlySet<string> = new Set(['audio', 'video', 'source', 'picture']);
/** Said to be safe or not by their attributes, even if they have none. */
const BY_ATTRIBUTES: ReadonlySet<string> = new Set(['a', 'img']);
/** No text holds it: XML forbids it, and what XML forbids was taken out. */
const BETWEEN = '\uffff';

/**
 * Hands a sanitiser the tags alone that carry attributes, all in one call; bare tags of allowed elements and text, of
 * which it would change nothing, are left as they are. Null where the text is not written plainly throughout, holds an
 * element that is not allowed as it stands, ends another than the innermost one, has a link within a link, or where the
 * answers are not as many as the tags: then all of it is to be judged.
 */
export function judgeTags(html: string, judge: (html: string) => string): string | null {
  const out: string[] = [];
  const places: number[] = [];
  const asked: string[] = [];
  const open: string[] = [];
  let read = 0;
  for (const [token, endOf, name, attributes] of html.matchAll(TOKEN)) {
    read += token.length;
    if (endOf !== undefined) {
      if (open.pop() !== endOf) return null;
    } else if (name !== undefined) {
      if (!Object.hasOwn(ALLOWED_ATTRIBUTES, name) || TOGETHER.has(name)) return null;
      if (name === 'a' && open.includes('a')) return null;
      if (attributes !== '' || BY_ATTRIBUTES.has(name)) {
        places.push(out.length);
        asked.push(VOID.has(name) ? token : `${token}</${name}>`);
      }
      if (!VOID.has(name)) open.push(name);
    }
    out.push(token);
  }
  if (read < html.length) return null;
  if (places.length === 0) return html;
  const answers = judge(asked.join(BETWEEN)).split(BETWEEN);
  if (answers.length !== places.length) return null;
  for (const [index, place] of places.entries()) out[place] = answers[index]!.replace(/<\/[a-z0-9]+>$/, '');
  return out.join('');
}
