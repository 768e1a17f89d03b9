import { oneLine } from './terminal.ts';
import type { EventInTopic, EventReport, WhyEvent } from './why-event.ts';

const LONGEST = 300;

/** Everything about the entry of an event, for people. */
export function eventLines({ id, title, topics, page, reports }: WhyEvent): string[] {
  const asked = topics.filter(({ isAsked }) => isAsked);
  const [first] = asked;
  const facts = [
    ['entry', first!.entryId],
    ...asked.flatMap((one) => [['of', `the event ${id}, in ${topicWords(one)}`], ...standingFacts(one)]),
    ['lead', leadWords(first!, reports)],
    ['page', page ?? 'none that is public'],
    ...topics
      .filter(({ isAsked }) => !isAsked)
      .map((one) => ['also', `as ${one.entryId} in ${one.topicId}, ${placeWords(one)}`]),
  ];
  return [
    oneLine(title ?? '(untitled)', LONGEST),
    ...facts.map(([name, says]) => `  ${name!.padEnd(11)}  ${oneLine(says!, LONGEST)}`),
    '',
    reports.length === 1 ? 'its one report:' : `its ${reports.length} reports:`,
    ...reports.flatMap(reportLines),
    '',
    ...whatNext(first!, reports),
  ];
}

function topicWords({ topicId, topicTitle }: EventInTopic): string {
  return topicTitle === null
    ? `the topic ${topicId}, which is not listed any more`
    : `the topic ${topicTitle} (${topicId})`;
}

function standingFacts(one: EventInTopic): string[][] {
  const { published, updated, takenBack } = one;
  return [
    ['stands', placeWords(one)],
    ...(takenBack === null ? [] : [['taken back', `${takenBack.at}: ${takenBack.reason}`]]),
    ['dated', `${published}, changed last ${updated}`],
  ];
}

function placeWords({ stands, archive }: EventInTopic): string {
  if (stands === 'feed') return 'in its feeds';
  return stands === 'archive' ? `in its archive ${archive}` : 'in none of its documents any more';
}

function leadWords({ leadArticleId }: EventInTopic, reports: readonly EventReport[]): string {
  const lead = reports.find(({ articleId }) => articleId === leadArticleId);
  return lead === undefined ? leadArticleId : `${leadArticleId} of ${lead.sourceId}`;
}

function reportLines({ articleId, sourceId, title, link, state, reason, isShown }: EventReport): string[] {
  const next = isShown || state === 'retracted' ? '' : ' (shown from the next publication on)';
  return [
    `  ${state.padEnd(9)}  ${sourceId}: ${oneLine(title ?? link ?? '(untitled)', 100)}  ${articleId}${next}`,
    `             ${oneLine(reason, LONGEST)}`,
  ];
}

function whatNext({ entryId }: EventInTopic, reports: readonly EventReport[]): string[] {
  const left = reports.filter(({ state }) => state !== 'retracted');
  return [
    'More of one of them: tributary why with its id.',
    ...(left.length === 0 ? [] : [`To take back all of them: tributary retract ${entryId}`]),
  ];
}
