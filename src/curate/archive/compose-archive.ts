import type { Edition, EditionEntry, Paging } from '../../model/edition.ts';
import type { ArchiveChain } from '../../model/published-entry.ts';
import type { Site } from '../../model/site.ts';
import type { Topic } from '../../model/topic.ts';
import { latest, type Instant } from '../../support/instant.ts';
import { ALL, composeEdition, feedLinksAt, feedLinksOf, feedPath, type ComposeContext } from '../compose-edition.ts';

/** Where an archive lies under output/, without its ending. */
export function archivePath(topicId: string, page: number): string {
  return `${feedPath(topicId)}/archive/${page}`;
}

const ARCHIVE = /^feeds\/([a-z0-9-]+)\/archive\/(\d+)\./;

/** The topic and the number of the archive at a path under output/; null for every other path. */
export function archiveAt(path: string): { readonly topicId: string; readonly page: number } | null {
  const [, topicId, page] = ARCHIVE.exec(path) ?? [];
  return topicId === undefined ? null : { topicId, page: Number(page) };
}

/** Whether an archive lies at a path that is none of its topic's chain any more: it was reopened, or its topic has another name. */
export function isClosedAway(path: string, chains: ReadonlyMap<string, ArchiveChain>): boolean {
  const archive = archiveAt(path);
  if (archive === null) return false;
  const chain = chains.get(archive.topicId);
  return chain === undefined || archive.page < chain.first;
}

/** Where the subscription document of a topic stands: before the last of its archives. */
export function pagingOf(site: Pick<Site, 'url'>, topicId: string, { first, next }: ArchiveChain): Paging {
  const previous = next > first ? feedLinksAt(site, archivePath(topicId, next - 1)) : null;
  return { previous, next: null, current: null };
}

/**
 * A closed part of a topic. All that is in it stays as it is: so it names no hub, and the archive behind it by the address
 * that this will have.
 * @param entries newest first, then by id
 * @param founded its date where nothing is left in it
 */
export function composeArchive(
  topic: Topic | null,
  entries: readonly EditionEntry[],
  given: ComposeContext & { readonly page: number; readonly first: number; readonly founded: Instant },
): Edition {
  const { site, page, first, founded } = given;
  const topicId = topic?.id ?? ALL;
  const at = (number: number): string => archivePath(topicId, number);
  const updated = latest(entries.map((entry) => entry.updated)) ?? founded;
  return {
    ...composeEdition(topic, entries, { ...given, updated }),
    path: at(page),
    feedLinks: feedLinksAt(site, at(page)),
    hub: null,
    paging: {
      previous: page > first ? feedLinksAt(site, at(page - 1)) : null,
      next: feedLinksAt(site, at(page + 1)),
      current: feedLinksOf(site, topicId),
    },
  };
}
