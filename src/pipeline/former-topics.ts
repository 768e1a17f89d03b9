import { isClosedAway } from '../curate/archive/compose-archive.ts';
import { fateOfTopicPath } from '../curate/former-topics.ts';
import { isInPrivateRoom } from '../model/private-token.ts';
import type { Fate } from '../model/published-entry.ts';
import type { FormerTopic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import { lastPublication } from './last-publication.ts';

const FACT = 'former-topics';

/** Brings what is stored of renamed topics under their new names, and remembers the old ones for those who still ask there. */
export async function followRenames(store: Store, former: readonly FormerTopic[]): Promise<void> {
  const told = JSON.stringify(former);
  if ((await store.fact(FACT)) === told) return;
  for (const { id, movedTo } of former) if (movedTo !== null) await store.renameTopic(id, movedTo);
  await store.saveFact(FACT, told);
}

/**
 * What became of an address at which nothing is published any more; null where nothing ever was. It leads on under a topic's
 * new name only where something is or will be: an archive that was reopened, under whichever name, is gone.
 */
export async function fateOf(store: Store, path: string): Promise<Fate | null> {
  // That is no address: it is what the files of private topics are kept as.
  if (isInPrivateRoom(path)) return null;
  const former = JSON.parse((await store.fact(FACT)) ?? '[]') as readonly FormerTopic[];
  const ofTopic = fateOfTopicPath(path, former);
  if (ofTopic?.kind === 'moved' && isClosedAway(ofTopic.to, await store.archiveChains()))
    return (await store.fateOf(path)) ?? (await store.fateOf(ofTopic.to));
  return ofTopic ?? (await store.fateOf(path)) ?? (await withheld(store, path));
}

/** The gate refuses what lay there, or would lie there. */
async function withheld(store: Store, path: string): Promise<Fate | null> {
  const last = await lastPublication(store);
  const isRefused = last?.refusals.some((refusal) => refusal.path === path && refusal.of === 'file') === true;
  return isRefused ? { kind: 'withheld' } : null;
}
