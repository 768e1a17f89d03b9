import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { openOutput, type Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import { sha256 } from '../support/hash.ts';
import type { PublishedRoom } from './push-tools.ts';
import { prefixOf, type PrivateRooms } from './rooms.ts';

/** The folders of private topics: for those who write them, who send what is in them, and who serve them. */
export type OpenedPrivateRooms = PrivateRooms & {
  readonly roomOf: (topicId: string) => Promise<PublishedRoom | null>;
  /** The folder that a token opens; null when it opens none. Asked of the store each time: a token that was renewed opens nothing from then on. */
  readonly folderOf: (token: string) => Promise<string | null>;
};

/** @param given.dataDir what is private lies beside the database, and never among what is public */
export function openPrivateRooms(
  { store, newToken }: { readonly store: Store; readonly newToken: () => string },
  given: { readonly dataDir: string },
): OpenedPrivateRooms {
  const opened = new Map<string, Promise<Output>>();
  const folder = (topicId: string): string => join(given.dataDir, 'private', topicId);
  const output = (topicId: string): Promise<Output> => {
    // Opened once: that also clears away what was left half-written.
    const one = opened.get(topicId) ?? openOutput(folder(topicId));
    opened.set(topicId, one);
    one.catch(() => opened.delete(topicId));
    return one;
  };
  return {
    newToken,
    output,
    async roomOf(topicId) {
      const known = (await store.privateTokens()).find((one) => one.topicId === topicId);
      if (known === undefined) return null;
      return { output: await output(topicId), prefix: prefixOf(topicId), token: known.token };
    },
    async folderOf(token) {
      const asked = digestOf(token);
      let found: string | null = null;
      // All are compared, each by its digest: the time that it takes says nothing of what is in them.
      for (const known of await store.privateTokens())
        if (timingSafeEqual(digestOf(known.token), asked)) found = folder(known.topicId);
      return found;
    },
  };
}

function digestOf(token: string): Buffer {
  return Buffer.from(sha256(token), 'hex');
}
