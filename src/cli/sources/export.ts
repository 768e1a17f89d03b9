import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DocumentPart, SourcesDocument } from '../../config/edit/edit-file.ts';
import { renderExport, type ExportedSource } from '../../render/export-opml.ts';
import type { Command } from '../command.ts';
import { orderOrTell } from '../read-order.ts';
import { carriedSettings } from './carried-settings.ts';

export const exportSources: Command = {
  name: 'sources export',
  says: 'write the sources as OPML, with topics as folders',
  group: 'look',
  operands: '[FILE]',
  options: [],
  positionals: 1,
  about: [
    'Into the file, or without one to the terminal. For other readers, and to carry sources from one Tributary to another: tributary sources import makes the same sources of it, with their ids, topics and settings. Private topics and notes are in it too: what may be given to anybody is output/sources.opml.',
    'Left out are request headers, since they may hold what others should not see, and what topics go by: their words and filters.',
  ],
  examples: [{ line: 'tributary sources export feeds.opml', says: 'Into a file.' }],
  async run(context) {
    const { config, positionals, terminal, json } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const document = JSON.parse((await readFile(config.sources, 'utf8')).replace(/^\ufeff/, '')) as SourcesDocument;
    const { sources = [], topics = [] } = document;
    const text = renderExport({
      title: order.site.title,
      topics: topics.map(({ id, title }) => ({ id, title: String(title) })),
      sources: sources.map(exported),
    });
    const withHeaders = sources.filter((source) => source['headers'] !== undefined).map(({ id }) => id);
    const [file = null] = positionals;
    if (file !== null) {
      const why = await written(file, text, config.sources);
      if (why !== null) {
        terminal.tell(`${file} ${why}`);
        return 1;
      }
    }
    const told = { ok: true, file, sources: sources.length, headersLeftOut: withHeaders };
    if (json) terminal.print(JSON.stringify(file === null ? { ...told, opml: text } : told, null, 2));
    else {
      if (file === null) terminal.print(text.trimEnd());
      else terminal.print(`${file}: ${sources.length} sources`);
      if (withHeaders.length > 0) terminal.tell(`The headers of ${withHeaders.join(', ')} are not in it.`);
    }
    return 0;
  },
};

function exported(source: DocumentPart): ExportedSource {
  const { id, title, url, topics } = source;
  const own = Array.isArray(topics) ? topics.map(String) : [];
  return { id, title: String(title), url: String(url), topics: own, settings: carriedSettings(source) };
}

/** Whole or not at all. Null, or why it could not be. */
async function written(file: string, text: string, sources: string): Promise<string | null> {
  const target = await realpath(file).catch(() => resolve(file));
  if (target === (await realpath(sources))) return 'is the list of sources itself; name another file';
  const fresh = join(dirname(target), `.${randomUUID()}.opml`);
  try {
    await writeFile(fresh, text);
    await rename(fresh, target);
    return null;
  } catch (error) {
    await unlink(fresh).catch(() => undefined);
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    const why: Readonly<Record<string, string>> = {
      ENOENT: 'cannot be written: there is no such folder',
      ENOTDIR: 'cannot be written: there is no such folder',
      EACCES: 'cannot be written: its folder does not allow it',
      EPERM: 'cannot be written: its folder does not allow it',
      EROFS: 'cannot be written: its folder is read-only',
      EISDIR: 'is a folder; name a file',
      ENOSPC: 'cannot be written: the disk is full',
    };
    if (why[code] === undefined) throw error;
    return why[code];
  }
}
