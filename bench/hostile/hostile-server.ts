import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../support/run-program.ts';

/** Serves every case at `url(id)` on 127.0.0.1 until it is closed; `hits` counts requests by case. */
export type HostileServer = {
  readonly url: (id: string) => string;
  readonly hits: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
};

type Module = {
  readonly startHostileServer: (cases: readonly object[]) => Promise<HostileServer>;
  readonly openBody: (one: object) => { readonly stream: AsyncIterable<Buffer> };
};

export async function startHostileServer(cases: readonly object[]): Promise<HostileServer> {
  return (await load()).startHostileServer(cases);
}

/** The bytes of a case's body before any coding, as a stream: some are hundreds of megabytes. */
export async function openHostileBody(one: object): Promise<AsyncIterable<Buffer>> {
  return (await load()).openBody(one).stream;
}

/** It lies beside the corpus, and not in every checkout. */
async function load(): Promise<Module> {
  return (await import(pathToFileURL(join(root, '../shared/bench/hostile-server.mjs')).href)) as Module;
}
