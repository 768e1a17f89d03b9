import { fateOfTopicPath } from '../curate/former-topics.ts';
import type { Fate } from '../model/published-entry.ts';
import type { FormerTopic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';

const FACT = 'former-topics';

/** Brings what is stored of renamed topics under their new names, and remembers the old ones for those who still ask there. */
export async function followRenames(store: Store, former: readonly FormerTopic[]): Promise<void> {
  const told = JSON.stringify(former);
  if ((await store.fact(FACT)) === told) return;
  for (const { id, movedTo } of former) if (movedTo !== null) await store.renameTopic(id, movedTo);
  await store.saveFact(FACT, told);
}

/** What became of an address at which nothing is published any more; null where nothing ever was. */
export async function fateOf(store: Store, path: string): Promise<Fate | null> {
  const former = JSON.parse((await store.fact(FACT)) ?? '[]') as readonly FormerTopic[];
  return fateOfTopicPath(path, former) ?? (await store.fateOf(path));
}
