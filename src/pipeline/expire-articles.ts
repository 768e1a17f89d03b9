import type { Order } from '../config/sources-file.ts';
import type { Verdict } from '../model/rule.ts';
import type { KeptFrom, OldEntry } from '../store/upkeep-store.ts';
import type { Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import { sha256 } from '../support/hash.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';

/** So many entries expire in one run; the next one goes on. */
const MOST = 2000;
/** So many are told in one transaction. */
const BATCH = 200;
const MOST_ROOM = 256 * 1024 * 1024;
/** A running report is sorted anew all day; nobody reads back further. */
const LAST_STEPS = 100;
/** The day, and the rules, by which all that is kept was looked through last. */
const FACT = 'expired-by';

type Rules = Pick<Order, 'sources' | 'topics' | 'retentionDays'>;

/**
 * Has entries that are older than they are kept await their end: the sorting that follows takes them out of their stories
 * and wipes them, as it does with what is retracted. What is to be sorted anyway is looked at each time, so that nothing is
 * published which is too old on arrival; all else once a day, and when the rules have changed. Gives how many there are.
 */
export async function expireArticles(
  { store, giveWay }: { readonly store: Store; readonly giveWay: GiveWay },
  order: Rules,
  now: Instant,
): Promise<number> {
  const kept = keptFrom(order, now);
  const mark = `${now.slice(0, 10)} ${digestOf(order)}`;
  const isDue = (await store.fact(FACT)) !== mark;
  if (isDue) {
    await store.upkeep.trimTrails(LAST_STEPS);
    await store.upkeep.giveBackRoom(MOST_ROOM);
  }
  const keepsAll = kept.sources.size + kept.topics.size === 0 && kept.others === null;
  const old = keepsAll ? [] : await store.upkeep.oldEntries(kept, isDue ? 'all' : 'awaiting', MOST);
  const verdicts = old.map((entry) => verdictOn(entry, order, now));
  for (let at = 0; at < verdicts.length; at += BATCH) {
    await store.saveVerdicts(verdicts.slice(at, at + BATCH));
    await giveWay();
  }
  // What is left over is looked for again at once.
  if (isDue && old.length < MOST) await store.saveFact(FACT, mark);
  return old.length;
}

function keptFrom({ sources, topics, retentionDays }: Rules, now: Instant): KeptFrom {
  const from = (all: readonly { readonly id: string; readonly retentionDays: number | null }[]) =>
    new Map(
      all.flatMap(({ id, retentionDays: days }) => (days === null ? [] : [[id, plusSeconds(now, -days * 86_400)]])),
    );
  const than = sources.map(({ id }) => id);
  const others = retentionDays === undefined ? null : { than, from: plusSeconds(now, -retentionDays * 86_400) };
  return { sources: from(sources), others, topics: from(topics) };
}

function verdictOn({ articleId, by }: OldEntry, { sources, topics, retentionDays }: Rules, at: Instant): Verdict {
  const rule = (by.kind === 'source' ? sources : topics).find(({ id }) => id === by.id);
  const days = rule?.retentionDays ?? retentionDays ?? 0;
  const says = by.kind === 'source' ? 'its source is kept' : `the topic "${rule?.title ?? by.id}" keeps it`;
  return {
    articleId,
    verdict: 'expired',
    at,
    note: `older than the ${days === 1 ? 'day' : `${days} days`} that ${says}`,
  };
}

function digestOf({ sources, topics, retentionDays }: Rules): string {
  const said = (all: readonly { readonly id: string; readonly retentionDays: number | null }[]) =>
    all.flatMap(({ id, retentionDays }) => (retentionDays === null ? [] : [[id, retentionDays]]));
  // Where others are kept for a while too, it matters who is listed.
  const listed = retentionDays === undefined ? [] : [retentionDays, sources.map(({ id }) => id)];
  return sha256(JSON.stringify([said(sources), said(topics), listed])).slice(0, 16);
}
