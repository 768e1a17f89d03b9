import type { Context } from 'hono';
import { answerWithin, type Published } from './published.ts';

/**
 * The folder of files that a token opens; null when it opens none. It is the caller's to compare tokens in constant time,
 * and to log none.
 */
export type PrivateRoom = (token: string) => Promise<string | null>;

const ADDRESS = /^\/private\/([A-Za-z0-9_-]{16,128})(\/.*)$/;

/** Answers `/private/<token>/…` out of the folder that the token opens. A wrong token and a missing file look the same. */
export async function answerPrivate(
  published: Published,
  privateRoom: PrivateRoom,
  context: Context,
): Promise<Response> {
  const [, token, pathname] = ADDRESS.exec(context.req.path) ?? [];
  const root = token === undefined ? null : await privateRoom(token);
  if (root === null) return published.refuse(context, 404, 'private');
  return answerWithin(published, context, {
    pathname: pathname!,
    room: { root, audience: 'private', prefix: `${published.basePath}private/${token}/` },
  });
}

/** A path as it may be logged: a token in it is blotted out. */
export function pathForLogs(path: string): string {
  return path.replace(/^\/(private|websub)\/[^/]*/, '/$1/…');
}
