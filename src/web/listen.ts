import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StageError } from '../model/errors.ts';

/** Listens, and gives the address. Throws StageError `server-cannot-listen` when it is taken or not ours. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('listening', resolve);
  server.once('error', (cause: NodeJS.ErrnoException) => {
    const detail =
      cause.code === 'EADDRINUSE'
        ? `port ${port} of ${host} is taken`
        : `${host}:${port}: ${cause.code ?? cause.message}`;
    reject(new StageError('server-cannot-listen', { detail, cause }));
  });
  server.listen(port, host);
  await promise;
  const bound = (server.address() as AddressInfo).port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`;
}
