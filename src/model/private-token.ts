import type { Instant } from '../support/instant.ts';

/** What opens a private topic: whoever knows it may read. */
export type PrivateToken = { readonly topicId: string; readonly token: string; readonly madeAt: Instant };

/** Whether a path among all that are published is that of a private topic's file: `private:<topic>/…`. */
export function isInPrivateRoom(path: string): boolean {
  return path.startsWith('private:');
}

/** Where a private topic begins for the world. */
export function privateUrl(siteUrl: string, { token }: Pick<PrivateToken, 'token'>): string {
  return `${siteUrl}private/${token}/`;
}
