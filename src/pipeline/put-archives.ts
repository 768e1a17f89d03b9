import { composeArchive, archivePath } from '../curate/archive/compose-archive.ts';
import { ALL, type ComposeContext } from '../curate/compose-edition.ts';
import { newestFirst } from '../curate/story-context.ts';
import type { Edition, EditionEntry } from '../model/edition.ts';
import type { ArchiveChain } from '../model/published-entry.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import type { Instant } from '../support/instant.ts';
import { closedDocuments, documentPaths, type ClosedDocuments } from './closed-documents.ts';
import { composePlaced, type Composed } from './compose-placed.ts';
import type { EditionFiles } from './edition-files.ts';
import { gateReason } from './planned-files.ts';
import type { ChangedFiles } from './write-changed.ts';

/** An archive holds so many entries at the most. */
const MOST_IN_ARCHIVE = 50;

type PutTools = {
  readonly store: Store;
  readonly files: ChangedFiles;
  readonly editionFiles: EditionFiles;
  readonly giveWay: GiveWay;
};

type Given = {
  readonly context: ComposeContext;
  /** How many entries the subscription document of everything holds. */
  readonly mostInAll: number;
  readonly founded: Instant;
  /** Stories without a page: they are in no document. */
  readonly absentStories: ReadonlySet<string>;
};

type OfTopic = Given & { readonly topic: Topic | null };

/**
 * Closes the oldest entries of each topic into archives, until no more than its `maxEntries` are in none, and lets the
 * archives that are there be. One whose file is lost is made again from what is stored. Archive by archive, each kept with
 * what is in it before its files are written: a kill in between leaves files to be made, and never one that nobody knows.
 * Gives the archives as they are now.
 */
export async function putArchives(
  tools: PutTools,
  topics: readonly (Topic | null)[],
  given: Given,
): Promise<ReadonlyMap<string, ArchiveChain>> {
  const chains = new Map(await tools.store.archiveChains());
  for (const topic of topics) {
    const topicId = topic?.id ?? ALL;
    const chain = chains.get(topicId)!;
    await mendArchives(tools, chain, { ...given, topic });
    chains.set(topicId, await closeOldest(tools, chain, { ...given, topic }));
  }
  return chains;
}

async function mendArchives(tools: PutTools, chain: ArchiveChain, given: OfTopic): Promise<void> {
  const { store, files, giveWay } = tools;
  const topicId = given.topic?.id ?? ALL;
  const pages = Array.from({ length: chain.next - chain.first }, (_, at) => chain.first + at);
  const missing = new Set(await files.keep(pages.flatMap((page) => documentPaths(archivePath(topicId, page)))));
  if (missing.size === 0) return;
  for (const page of pages) {
    const lost = documentPaths(archivePath(topicId, page)).filter((path) => missing.has(path));
    if (lost.length === 0) continue;
    const archived = await store.archivedIn(topicId, page);
    const composed = await composePlaced(store, archived, placedAs(given, { isMended: true }));
    const edition = composeArchive(given.topic, entriesOf(composed), { ...given, ...given.context, page, ...chain });
    const closed = documentsOrRefused(tools, edition);
    if (closed !== null) {
      const kept = new Set(composed.map(({ entry }) => entry.id).filter((id) => !closed.leftOut.has(id)));
      await store.leaveOut(archived.filter(({ entryId }) => !kept.has(entryId)));
      await files.close(closed.files.filter(({ path }) => lost.includes(path)));
    }
    await giveWay();
  }
}

async function closeOldest(tools: PutTools, before: ArchiveChain, given: OfTopic): Promise<ArchiveChain> {
  const { store, files, giveWay } = tools;
  const { topic, absentStories } = given;
  const topicId = topic?.id ?? ALL;
  const most = topic?.maxEntries ?? given.mostInAll;
  const size = Math.min(MOST_IN_ARCHIVE, most);
  let chain = before;
  for (;;) {
    const open = await store.openEntries(topicId, most + size + absentStories.size);
    const there = open.filter(({ shown }) => shown.some(({ storyId }) => !absentStories.has(storyId)));
    if (there.length <= most) return chain;
    const oldest = there.slice(0, size);
    const composed = await composePlaced(store, oldest, placedAs(given, { isMended: false }));
    const page = chain.next;
    const edition = composeArchive(topic, entriesOf(composed), {
      ...given,
      ...given.context,
      page,
      first: chain.first,
    });
    const closed = documentsOrRefused(tools, edition);
    if (closed === null) return chain;
    const kept = composed.filter(({ entry }) => !closed.leftOut.has(entry.id));
    const ids = new Set(kept.map(({ entry }) => entry.id));
    const leftOut = oldest.map(({ entryId }) => entryId).filter((id) => !ids.has(id));
    if (kept.length === 0) {
      await store.leaveOut(oldest);
      continue;
    }
    await store.closePage({ topicId, page, entries: kept.map(({ version }) => version), leftOut });
    chain = { ...chain, next: page + 1 };
    await files.close(closed.files);
    await giveWay();
  }
}

/** Null where the gate refuses the document as a whole: then its entries stay where they are. */
function documentsOrRefused({ files, editionFiles }: PutTools, edition: Edition): ClosedDocuments | null {
  try {
    const closed = closedDocuments(editionFiles, edition);
    if (closed.reasons.length > 0) files.refuseClosed(closed.files[0]!.path, 'entries', closed.reasons);
    return closed;
  } catch (error) {
    files.refuseClosed(documentPaths(edition.path)[0]!, 'file', [gateReason(error)]);
    return null;
  }
}

function placedAs(
  { topic, context, absentStories }: OfTopic,
  { isMended }: { readonly isMended: boolean },
): Parameters<typeof composePlaced>[2] {
  return { topic, context, isMended, isShown: ({ story }) => !absentStories.has(story.id) };
}

function entriesOf(composed: readonly Composed[]): EditionEntry[] {
  return composed.map(({ entry }) => entry).toSorted(newestFirst);
}
