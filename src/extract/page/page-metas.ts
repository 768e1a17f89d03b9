import type { PageModel } from './page-model.ts';
import { foldWhiteSpace, withoutForbiddenCharacters } from '../../support/html.ts';

/** The meta elements of a page by name, property or itemprop, in lower case. The first of several names wins. */
export type Metas = {
  first(...names: readonly string[]): string | null;
  all(name: string): readonly string[];
};

const MOST = 1000;
const LONGEST = 5000;

export function metasOf({ metas }: Pick<PageModel, 'metas'>): Metas {
  const byName = new Map<string, string[]>();
  for (const { attribs } of metas.slice(0, MOST)) {
    const content = attribs['content'] ?? attribs['value'];
    if (content === undefined) continue;
    const text = foldWhiteSpace(withoutForbiddenCharacters(content.slice(0, LONGEST)));
    if (text === '') continue;
    for (const key of [attribs['name'], attribs['property'], attribs['itemprop'], attribs['http-equiv']]) {
      const name = key?.trim().toLowerCase();
      if (name === undefined || name === '') continue;
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [text]);
      else known.push(text);
    }
  }
  return {
    first: (...names) => {
      for (const name of names) {
        const found = byName.get(name)?.[0];
        if (found !== undefined) return found;
      }
      return null;
    },
    all: (name) => byName.get(name) ?? [],
  };
}
