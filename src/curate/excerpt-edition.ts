import type { Edition, EditionEntry } from '../model/edition.ts';
import { UNPAGED } from '../model/edition.ts';
import type { Topic } from '../model/topic.ts';
import { uuidUrn } from '../support/hash.ts';
import { escapeHtml, textOfSanitised } from '../support/html.ts';
import { firstWords } from '../support/words.ts';
import { MOST_SUMMARY_WORDS } from './allowed-extent.ts';
import { feedLinksAt, sourceIri, type ComposeContext } from './compose-edition.ts';
import { REPORTS_BELOW } from './group-edition.ts';

/** Where the excerpts of a topic lie under output/, without their endings. */
export function excerptPath(feedPath: string): string {
  return `${feedPath}.excerpt`;
}

/**
 * An edition with excerpts at the most: for sites that show headlines, and readers that fetch little. A feed of its own, with
 * the same entries under the same ids. Its archives are those of the full one, so it has none.
 * @param edition the full one, whose entries hold what is allowed of each and no more
 * @param context.foundedAs what its id is made of, as that of the full one
 */
export function excerptEdition(
  edition: Edition,
  context: Pick<ComposeContext, 'site' | 'sources'> & Pick<Topic, 'foundedAs'>,
): Edition {
  const { site, sources, foundedAs } = context;
  const wordsOf = new Map([...sources.values()].map(({ id, excerptWords }) => [sourceIri(id), excerptWords]));
  const path = excerptPath(edition.path);
  return {
    ...edition,
    variant: 'excerpt',
    path,
    id: uuidUrn('edition', foundedAs, 'excerpt'),
    title: `${edition.title} (excerpts)`,
    feedLinks: feedLinksAt(site, path),
    paging: UNPAGED,
    entries: edition.entries.map((entry) => excerptEntry(entry, wordsOf.get(entry.origin.id) ?? 0)),
  };
}

/** The first words, as body and as summary: another summary would be more words of the text. */
function excerptEntry(entry: EditionEntry, mostWords: number): EditionEntry {
  if (entry.extent === 'link') return entry;
  const excerpt = mostWords < 1 ? '' : firstWords(textOfSanitised(withoutReports(entry.contentHtml)), mostWords);
  return {
    ...entry,
    extent: 'excerpt',
    summary: firstWords(excerpt, MOST_SUMMARY_WORDS),
    contentHtml: excerpt === '' ? pointer(entry) : `<p>${escapeHtml(excerpt)}</p>`,
  };
}

/** The list of other reports is no part of the text; they are links all the same. */
function withoutReports(html: string): string {
  const at = html.lastIndexOf(REPORTS_BELOW);
  return at < 0 ? html : html.slice(0, at);
}

function pointer({ sourceUrl, url, publisher }: EditionEntry): string {
  return `<p><a href="${escapeHtml(sourceUrl ?? url)}">${escapeHtml(publisher.name)}</a></p>`;
}
