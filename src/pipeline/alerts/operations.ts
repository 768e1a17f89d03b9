import { renderOperations } from '../../render/operations-feed.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../support/clock.ts';
import { headingOf } from './alert-texts.ts';

const MOST = 100;

/** The feed of operations: what alerts were raised and are over. */
export async function operationsFeed(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  site: { readonly title: string; readonly url: string },
): Promise<string> {
  const events = await store.alerts.events(MOST);
  return renderOperations({
    title: site.title,
    siteUrl: site.url,
    since: clock.now(),
    operations: events.map((event) => ({
      heading: headingOf(event),
      says: `${event.says} (since ${event.since})`,
      at: event.at,
      mark: `${event.key} ${event.happened} ${event.at}`,
      kind: event.kind,
    })),
  });
}
