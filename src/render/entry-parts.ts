import type { EditionEntry } from '../model/edition.ts';
import type { FeedParts } from '../model/feed-parts.ts';
import { fillTemplate, type FillGroup, type Node, type Values } from './fill-template.ts';
import type { ValuesOfEntry } from './kept-values.ts';

/** Stands where the entries will: no value can hold it, as XML forbids it. */
const PLACE = '\u0000';

/** Fills a template of XML with values, among them the group of its entries, those being filled once each. */
export type FillDocument = (
  template: readonly Node[],
  values: (entry: FillGroup) => Values,
  entries: readonly EditionEntry[],
) => FeedParts;

/** Opens a filling that keeps the text of an entry as long as the entry is there. Of another template it would be another text. */
export function openFillDocument(entryValues: ValuesOfEntry): FillDocument {
  const texts = new WeakMap<EditionEntry, string>();
  return (template, values, entries) => {
    let filled: readonly string[] = [];
    const entry: FillGroup = (fill) => {
      filled = entries.map((one) => {
        const known = texts.get(one);
        if (known !== undefined) return known;
        const text = fill(entryValues(one));
        texts.set(one, text);
        return text;
      });
      return PLACE;
    };
    const [before = '', after = ''] = fillTemplate(template, values(entry)).split(PLACE);
    return { before, entries: filled, between: '', after };
  };
}
