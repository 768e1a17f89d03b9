import type { RecentTexts } from '../curate/recent-texts.ts';
import type { Store } from '../store/store.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';
import { MOVED_FACT } from './recent-texts.ts';

const REGROUPED_FACT = 'regrouped-at';
/** Seconds. What one report could not tell, the next ones have told by then. */
const BETWEEN = 3 * 3600;

/**
 * Looks again, every few hours, which stories report one event, and saves what has moved. Ids of stories never change by
 * it; that of an event which is told within another is given to no other as long as that one is in the window. Gives the number of stories that have moved.
 */
export async function regroupWhenDue(store: Store, texts: RecentTexts, now: Instant): Promise<number> {
  const before = await store.fact(REGROUPED_FACT);
  if (before !== null && now < plusSeconds(before, BETWEEN)) return 0;
  const { moved, redirects } = texts.regroup();
  await store.moveStories(
    moved.map(({ id, storyId }) => ({ storyId: id, eventId: storyId })),
    { [REGROUPED_FACT]: now, [MOVED_FACT]: JSON.stringify([...redirects]) },
  );
  return moved.length;
}
