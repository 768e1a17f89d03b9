import type { EditionEntry, OtherReport } from '../model/edition.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import { uuidUrn } from '../support/hash.ts';
import { escapeHtml } from '../support/html.ts';
import { latest, type Instant } from '../support/instant.ts';
import { composeEntry, type ComposeContext } from './compose-edition.ts';
import { extentFor } from './extent-for.ts';

/** The stories that report one event. */
export type EventReports = {
  readonly eventId: string;
  /** When the story that founded it was published; of the earliest report where that one is kept no more. */
  readonly published: Instant;
  /** When it was changed last before, as it was published: `updated` never goes back, also when a report is taken back. */
  readonly notBefore?: Instant;
  /** The one that is shown comes first, then those that came first. */
  readonly told: readonly ToldStory[];
};

/** The id of the story that founded an event: that of the event, or what that was made from. */
export function founderOf(eventId: string): string {
  return eventId.split('/')[0]!;
}

/**
 * Stories, newest first, as the events that they report; no more than `most`, those with the newest reports; ordered by
 * when each event began, newest first, then by id.
 * @param foundedAt when the founders were published, by story id
 */
export function groupByEvent(
  told: readonly ToldStory[],
  {
    most,
    foundedAt,
    context,
  }: {
    readonly most: number;
    readonly foundedAt: ReadonlyMap<string, Instant>;
    readonly context: ComposeContext;
  },
): EventReports[] {
  const events = [...Map.groupBy(told, ({ story }) => story.eventId)].slice(0, most).map(([eventId, reports]) => {
    const earliest = reports.at(-1)!.story.published;
    return { eventId, published: foundedAt.get(founderOf(eventId)) ?? earliest, told: inOrder(reports, context) };
  });
  return events.toSorted((a, b) =>
    a.published === b.published ? (a.eventId < b.eventId ? -1 : 1) : a.published < b.published ? 1 : -1,
  );
}

/** What may be shown leads before what may only be pointed to, then the weightier source, then what came first. */
function inOrder(reports: readonly ToldStory[], { sources, site }: ComposeContext): readonly ToldStory[] {
  const rank = ({ story, articles }: ToldStory): readonly (number | string)[] => {
    const source = sources.get(articles[0]!.sourceId) ?? null;
    return [
      extentFor(articles[0]!, source, site).extent === 'link' ? 1 : 0,
      -(source?.weight ?? 1),
      story.published,
      story.id,
    ];
  };
  return reports
    .map((one) => ({ one, rank: rank(one) }))
    .toSorted((a, b) => {
      const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
      return at < 0 ? 0 : a.rank[at]! < b.rank[at]! ? -1 : 1;
    })
    .map(({ one }) => one);
}

/** The id of an event's entry in a topic. */
export function eventEntryId({ foundedAs }: Pick<Topic, 'foundedAs'>, eventId: string): string {
  return uuidUrn('event', foundedAs, eventId);
}

/**
 * An event as one entry: its lead within the allowed extent, and the other reports as links and as a list below the text.
 * Its id is the event's in this topic, whoever leads: in another topic other reports may tell it. A further report extends it: where the topic tells extensions, `updated` moves.
 */
export function composeEvent(
  { eventId, published, notBefore = published, told }: EventReports,
  context: ComposeContext,
  topic: Topic,
): EditionEntry {
  const [lead, ...others] = told.map((one) => composeEntry(one, context, topic));
  const seen = new Set([lead!.sourceUrl, lead!.url]);
  const reports: OtherReport[] = [];
  for (const report of [
    ...lead!.otherReports,
    ...others.flatMap((other) => [reportOf(other), ...other.otherReports]),
  ]) {
    if (seen.has(report.url)) continue;
    seen.add(report.url);
    reports.push(report);
  }
  const all = [lead!, ...others];
  // Whoever leads: the date never goes back with another lead.
  const counted = topic.updates === 'all' ? all : all.filter((entry) => entry.updated > entry.published);
  return {
    ...lead!,
    id: eventEntryId(topic, eventId),
    published,
    updated: latest([published, notBefore, ...counted.map(({ updated }) => updated)])!,
    otherReports: reports,
    contentHtml: lead!.contentHtml + listOf(others),
  };
}

function reportOf({ title, sourceUrl, url, publisher }: EditionEntry): OtherReport {
  return { title, url: sourceUrl ?? url, publisher: publisher.name };
}

/** How the list of other reports begins. */
export const REPORTS_BELOW = '<h2>More reports</h2><ul>';

/** The other stories of the event; copies of one text are told by links alone. */
function listOf(others: readonly EditionEntry[]): string {
  if (others.length === 0) return '';
  const items = others
    .map(reportOf)
    .map(
      ({ title, url, publisher }) =>
        `<li><a href="${escapeHtml(url)}" rel="noopener nofollow">${escapeHtml(title)}</a> (${escapeHtml(publisher)})</li>`,
    );
  return `${REPORTS_BELOW}${items.join('')}</ul>`;
}
