import type { Order } from '../config/sources-file.ts';
import { isOfNetwork } from '../model/errors.ts';
import { NOT_TRIED, type Tries } from '../model/push.ts';
import { afterFailure, HUB_BACK_OFF } from '../push/back-off.ts';
import { isSubscriptionDocument } from '../support/feed-documents.ts';
import type { Instant } from '../support/instant.ts';
import type { PushTools } from './push-tools.ts';
import type { ErrandKind } from './run-errands.ts';

/** What another's hub was told of: by path, the digest of the document that it was told of last. */
type Told = Tries & {
  readonly hub: string;
  readonly documents: Readonly<Record<string, string>>;
  readonly dueAt: Instant | null;
};

const TOLD_FACT = 'told hub';
const TIMEOUT_MS = 15_000;
/** Of so many documents it is told in one request. */
const MOST_AT_ONCE = 100;

/**
 * Tells the hub that another runs for us which documents have changed: `hub.mode=publish` with their addresses, as hubs
 * have taken it since PubSubHubbub (WebSub §6 leaves the way open). It then fetches them by itself.
 */
export function otherHubErrands(tools: PushTools, orderNow: () => Order): ErrandKind[] {
  return [
    {
      name: 'another hub',
      atOnce: 1,
      tried: null,
      async due({ now }) {
        const { hub, url: siteUrl } = orderNow().site;
        if (hub === null || hub.isOwn) return [];
        const told = await toldTo(tools, hub.url);
        if (told.dueAt !== null && told.dueAt > now) return [];
        const changed = [...(await tools.store.outputs()).values()]
          .filter(({ path, sha256 }) => isSubscriptionDocument(path) && told.documents[path] !== sha256)
          .slice(0, MOST_AT_ONCE);
        if (changed.length === 0) return [];
        const host = URL.parse(hub.url)?.host ?? hub.url;
        return [{ key: 'another hub', host, run: (signal) => tell(tools, { told, changed, siteUrl }, signal) }];
      },
    },
  ];
}

async function tell(
  { store, outbound, clock, log, seed }: PushTools,
  given: {
    readonly told: Told;
    readonly changed: readonly { readonly path: string; readonly sha256: string }[];
    readonly siteUrl: string;
  },
  signal: AbortSignal,
): Promise<void> {
  const { told, changed, siteUrl } = given;
  const form = new URLSearchParams([
    ['hub.mode', 'publish'],
    ...changed.map(({ path }): [string, string] => ['hub.url', `${siteUrl}${path}`]),
  ]);
  try {
    const request = {
      url: told.hub,
      send: Buffer.from(form.toString()),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      answerBody: 'unread',
      maxBodyBytes: 64 * 1024,
      timeoutMs: TIMEOUT_MS,
    } as const;
    await outbound(request, signal);
    const documents = { ...told.documents, ...Object.fromEntries(changed.map(({ path, sha256 }) => [path, sha256])) };
    await save(store, { hub: told.hub, documents, dueAt: null, ...NOT_TRIED });
  } catch (error) {
    if (signal.aborted || !isOfNetwork(error)) throw error;
    const about = { reason: error.message, now: clock.now(), seed, retryAfterSeconds: error.retryAfterSeconds };
    const failed = afterFailure(told, about, HUB_BACK_OFF);
    await save(store, { ...told, ...failed });
    log.warn('the hub was not told of what was published', { url: told.hub, reason: error.message });
  }
}

async function toldTo({ store }: PushTools, hub: string): Promise<Told> {
  const kept = await store.fact(TOLD_FACT);
  const told = kept === null ? null : (JSON.parse(kept) as Told);
  return told?.hub === hub ? told : { hub, documents: {}, dueAt: null, ...NOT_TRIED };
}

function save(store: PushTools['store'], told: Told): Promise<void> {
  return store.saveFact(TOLD_FACT, JSON.stringify(told));
}
