import type { Order } from '../config/sources-file.ts';
import { archivePath } from '../curate/archive/compose-archive.ts';
import { ALL } from '../curate/compose-edition.ts';
import type { ArchiveChain } from '../model/published-entry.ts';
import type { Topic } from '../model/topic.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import { sha256 } from '../support/hash.ts';

/** What makes a topic's entries what they are, and their documents: those of a private one have its token in their addresses. */
type MadeAs = Pick<Topic, 'group' | 'updates'> & { readonly room?: string };

function madeAs({ id, group, updates }: Pick<Topic, 'id' | 'group' | 'updates'>, token: string | undefined): MadeAs {
  return token === undefined ? { group, updates } : { group, updates, room: sha256(`${id} ${token}`).slice(0, 16) };
}

/**
 * Begins the archives of new topics, and makes those anew that were made by other rules: what stood for stories stands for
 * events then, under other ids. Another address makes other documents: a topic that became private or public, or has
 * another token, has all its archives made anew; and so has every public one in whose archives a topic is named that became private.
 */
export async function startChains(
  { store, output }: { readonly store: Store; readonly output: Pick<Output, 'read'> },
  { topics, formerTopics }: Pick<Order, 'topics' | 'formerTopics'>,
  tokens: ReadonlyMap<string, string>,
): Promise<void> {
  const chains = await store.archiveChains();
  const wanted = [...topics, { id: ALL, group: false, updates: 'all', private: false } as const];
  for (const topic of wanted) {
    const text = chains.get(topic.id)?.madeAs ?? null;
    const wants = madeAs(topic, tokens.get(topic.id));
    if (text === JSON.stringify(wants)) continue;
    const known = text === null ? null : (JSON.parse(text) as MadeAs);
    const anew = known !== null && known.group !== wants.group;
    if (known !== null && known.room === undefined && topic.private) {
      const names = [topic.id, ...formerTopics.filter(({ movedTo }) => movedTo === topic.id).map(({ id }) => id)];
      for (const other of wanted)
        if (!other.private && (await areNamed(output, other.id, { chain: chains.get(other.id), names })))
          await store.reopenChain(other.id);
    }
    if (known !== null && !anew && known.room !== wants.room) await store.reopenChain(topic.id);
    await store.startChain({ topicId: topic.id, madeAs: JSON.stringify(wants), anew });
  }
}

/** Whether an archive of a topic says any of the names. As closed archives stay as they are, it is they who know. */
async function areNamed(
  output: Pick<Output, 'read'>,
  topicId: string,
  { chain, names }: { readonly chain: ArchiveChain | undefined; readonly names: readonly string[] },
): Promise<boolean> {
  for (let page = chain?.first ?? 0; page < (chain?.next ?? 0); page++) {
    const bytes = await output.read(`${archivePath(topicId, page)}.json`);
    const text = bytes === null ? '' : new TextDecoder().decode(bytes);
    if (names.some((name) => text.includes(name))) return true;
  }
  return false;
}
