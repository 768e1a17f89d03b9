import { inventArticle, KINDS, type ArticleKind, type InventedArticle } from './invent-article.ts';
import { randomOf } from './random.ts';
import type { Look, Site } from './site.ts';
import type { LanguageTexts } from './texts/language-texts.ts';

/** How an invented newsroom works: which kinds of article it has, in which shares, and how many have a picture. */
export type Habits = {
  readonly kinds: Readonly<Partial<Record<ArticleKind, number>>>;
  readonly pictures: number;
};

/** The kind that a newsroom prints least often. */
export function rarestKind({ kinds }: Habits): ArticleKind {
  const printed = KINDS.filter((kind) => kinds[kind] !== undefined);
  return printed.sort((one, other) => (kinds[one] ?? 0) - (kinds[other] ?? 0))[0] ?? 'note';
}

/** A newsroom's site, with headlines of its own. */
export function inventSite(
  name: string,
  { host, texts, look, urlPattern }: { host: string; texts: LanguageTexts; look: Look; urlPattern: string },
): Site {
  const headlines = Array.from({ length: 12 }, (_, at) => {
    const { title, summary } = inventArticle(`${name} headline ${at}`, 'note', texts, {
      picture: false,
      published: publishedAt(0),
    });
    return { title, teaser: summary };
  });
  return { name, host, texts, look, urlPattern, headlines };
}

/** The newsroom's articles, oldest first: kinds and pictures as its habits have them. */
export function inventArticles(site: Site, { kinds, pictures }: Habits, count: number, from = 0): InventedArticle[] {
  const bag = KINDS.flatMap((kind) => Array.from({ length: kinds[kind] ?? 0 }, () => kind));
  return Array.from({ length: count }, (_, at) => {
    const name = `${site.name} article ${from + at}`;
    const random = randomOf(`${name} habits`);
    return inventArticle(name, random.pick(bag), site.texts, {
      picture: random.chance(pictures),
      published: publishedAt(from + at),
    });
  });
}

/** When a newsroom prints its nth article: one every seven hours and a bit. */
export function publishedAt(at: number): string {
  const minutes = at * 431;
  return new Date(Date.UTC(2026, 0, 5, 6, minutes)).toISOString().replace('.000', '');
}
