import type { InventedArticle } from './invent-article.ts';
import { inventArticle } from './invent-article.ts';
import { inventArticles, inventSite, publishedAt, type Habits } from './newsroom.ts';
import { addressOf, type Look, type Site } from './site.ts';
import { pageFor, type Page } from './page.ts';
import type { LanguageTexts } from './texts/language-texts.ts';

/** One redesign: eight articles before it and three after. */
export type Redesign = {
  /** A sentence that says what happened. */
  readonly sentence: string;
  /** False where a good extractor still gives the whole article, so that an alarm would be a false one. */
  readonly harm: boolean;
  readonly change: string;
  /** What the operator had written for the old template, or null. */
  readonly select: string | null;
  readonly urlPattern: string;
  readonly before: readonly Page[];
  readonly after: readonly Page[];
};

/** How a redesign is made: a newsroom, and what it serves for an article once it has changed. */
export type Plan = {
  readonly sentence: string;
  readonly change: string;
  readonly select: string | null;
  readonly host: string;
  readonly name: string;
  readonly texts: LanguageTexts;
  readonly look: Look;
  readonly urlPattern: string;
  readonly habits?: Habits;
  /** Where the addresses change too. */
  readonly urlPatternAfter?: string;
  /** The page of an article before, where it is not just the look's. */
  readonly drawBefore?: (site: Site, article: InventedArticle) => string;
  readonly draw: (site: Site, article: InventedArticle, older: InventedArticle) => string;
};

/** What most newsrooms print: reports first, a few short notes and talks between them. */
export const DAILY: Habits = {
  kinds: { report: 6, feature: 2, note: 2, interview: 1, list: 1 },
  pictures: 0.8,
};

export function carryOut(plan: Plan, { harm }: { harm: boolean }): Redesign {
  const { sentence, change, select, urlPattern, habits = DAILY } = plan;
  const site = inventSite(plan.name, plan);
  const articles = inventArticles(site, habits, 8);
  // A short note may come first after the change; the two behind it are long enough to show what happened.
  const first = inventArticles(site, habits, 1, 8);
  const rest = [9, 10].map((at) =>
    inventArticle(`${plan.name} article ${at}`, 'report', site.texts, {
      picture: habits.pictures > 0.5,
      published: publishedAt(at),
    }),
  );
  const siteAfter = { ...site, urlPattern: plan.urlPatternAfter ?? urlPattern };
  return {
    sentence,
    harm,
    change,
    select,
    urlPattern: `https://${site.host}${urlPattern}`,
    before: articles.map((article) => pageFor(site, article, plan.drawBefore?.(site, article))),
    after: [...first, ...rest].map((article, at) => {
      const older = articles[articles.length - 1 - at] ?? article;
      return { ...pageFor(site, article, plan.draw(siteAfter, article, older)), url: addressOf(siteAfter, article) };
    }),
  };
}
