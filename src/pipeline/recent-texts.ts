import { comparedAnew, isComparable, openRecentTexts, type RecentTexts } from '../curate/recent-texts.ts';
import { WINDOW_MS } from '../curate/duplicates/duplicate-index.ts';
import type { ComparedText } from '../model/compared-text.ts';
import type { Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';

/** The texts of the last days, read from the store once and kept: what others save meanwhile is caught up with. */
export type TextMemory = {
  /** The texts as the store has them by now. */
  upToDate(store: Store, now: Instant, giveWay: GiveWay): Promise<RecentTexts>;
  /** To be called when what was noted in the texts was not saved after all: they are read anew the next time. */
  forget(): void;
};

/** Stories that are told within another since: remembered, since their ids were published. */
export const MOVED_FACT = 'events-moved';
/** So many texts are read from the store at once. */
const BATCH = 1000;

export function openTextMemory(): TextMemory {
  let texts: RecentTexts | null = null;
  let last = 0;
  return {
    async upToDate(store, now, giveWay) {
      const fromMs = epochMsOf(now) - WINDOW_MS;
      if (texts === null) [texts, last] = [openRecentTexts(), 0];
      else texts.forgetBefore(fromMs);
      let moved = last === 0 ? await movedEvents(store) : undefined;
      for (;;) {
        const read = await store.comparedTexts({ after: last, fromMs, limit: BATCH });
        if (read.texts.length === 0) return texts;
        last = read.last;
        texts.restore(await comparable(store, read.texts), moved);
        moved = undefined;
        await giveWay();
      }
    },
    forget() {
      texts = null;
    },
  };
}

export async function movedEvents(store: Store): Promise<ReadonlyMap<string, string>> {
  const text = await store.fact(MOVED_FACT);
  return new Map(text === null ? [] : (JSON.parse(text) as [string, string][]));
}

/** Texts that another version of the program has printed are printed anew; those that are not kept any more are left out. */
async function comparable(store: Store, texts: readonly ComparedText[]): Promise<ComparedText[]> {
  const outdated = texts.filter((text) => !isComparable(text)).map(({ articleId }) => articleId);
  if (outdated.length === 0) return [...texts];
  const articles = new Map((await store.articles(outdated)).map((article) => [article.id, article]));
  return texts.flatMap((text) => {
    if (isComparable(text)) return [text];
    const article = articles.get(text.articleId);
    return article === undefined ? [] : [comparedAnew(text, article)];
  });
}
