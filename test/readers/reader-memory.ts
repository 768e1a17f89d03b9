import type { FeedDocument, Format, Reader } from './reading.ts';

// A reader that remembers, as every subscriber does: what it has seen before is not new.

export type Poll = { readonly path: string; readonly status: number; readonly document: FeedDocument | null };

/** Asks for documents with the validators of the last answer, as readers do. */
export function openClient(): { ask(url: string, path: string): Promise<Poll> } {
  const validators = new Map<string, Record<string, string>>();
  return {
    async ask(url, path) {
      const response = await fetch(url, { headers: validators.get(url) ?? {} });
      const text = await response.text();
      if (response.status === 304) return { path, status: 304, document: null };
      if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
      const [etag, modified] = [response.headers.get('etag'), response.headers.get('last-modified')];
      validators.set(url, {
        ...(etag === null ? {} : { 'if-none-match': etag }),
        ...(modified === null ? {} : { 'if-modified-since': modified }),
      });
      return { path, status: 200, document: { path, format: path.split('.').at(-1) as Format, text } };
    },
  };
}

export type Memory = {
  readonly name: string;
  /** Reads what has changed; returns the ids that are new to it, by document. */
  take(polls: readonly Poll[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The titles that it holds of a document, by id. */
  held(path: string): ReadonlyMap<string, string>;
};

export function openMemory(reader: Reader): Memory {
  const held = new Map<string, Map<string, string>>();
  return {
    name: reader.name,
    async take(polls) {
      const changed = polls.flatMap(({ document }) =>
        document !== null && reader.formats.includes(document.format) ? [document] : [],
      );
      const readings = await reader.read(changed);
      return new Map(
        changed.map(({ path }, at) => {
          const known = held.get(path) ?? new Map<string, string>();
          held.set(path, known);
          const { entries } = readings[at]!;
          const fresh = entries.filter(({ id }) => !known.has(id ?? '')).map(({ id }) => id ?? '');
          for (const { id, title } of entries) known.set(id ?? '', title ?? '');
          return [path, fresh];
        }),
      );
    },
    held: (path) => held.get(path) ?? new Map(),
  };
}
