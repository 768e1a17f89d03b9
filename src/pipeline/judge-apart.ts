import { APART } from '../curate/entry-states.ts';
import type { EntryJudgement } from '../model/judgement.ts';
import type { TrailStep } from '../model/trail.ts';
import type { ApartArticle, ApartArticles, Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import type { Instant } from '../support/instant.ts';
import { loadJudge, type JudgeOrder } from './load-judge.ts';

/** So many entries are looked at, and no more articles are held at once. */
const BATCH = 500;

/**
 * After a change of the operator's rules: lets what was held, refused or dropped by filters await sorting again where the rules now
 * say something else of it. Doing it twice does no harm. Gives the number of these entries.
 */
export async function judgeApart(
  { store, giveWay }: { readonly store: Store; readonly giveWay: GiveWay },
  { now, ...order }: JudgeOrder & { readonly now: Instant },
): Promise<number> {
  let count = 0;
  for (let after: number | null = 0; after !== null;) {
    const { articles, last }: ApartArticles = await store.apartArticles(after, BATCH);
    after = last;
    await giveWay();
    if (articles.length === 0) continue;
    const judge = await loadJudge(
      store,
      order,
      articles.map(({ article }) => article),
    );
    const steps: TrailStep[] = [];
    for (const apart of articles) {
      // A source that is not listed any more sends nothing anywhere: what waits of it goes on waiting.
      const isListed = order.sources.has(apart.article.sourceId);
      if (isListed && !isTheSame(apart, judge.judge(apart.article)))
        steps.push({ articleId: apart.article.id, at: now, state: 'awaiting', reason: 'the rules have changed' });
      await giveWay();
    }
    await store.saveSteps(steps);
    count += steps.length;
  }
  return count;
}

/** What is on probation goes on waiting, in whatever words. */
function isTheSame({ state, reason }: ApartArticle, judgement: EntryJudgement): boolean {
  if (judgement.kind === 'pass') return false;
  if (judgement.kind === 'hold' && judgement.by === 'probation') return state === 'held';
  return state === APART[judgement.kind] && reason === judgement.reason;
}
