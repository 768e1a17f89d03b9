import type { SourceSign } from '../model/article.ts';
import { NO_TOPIC_TAKES_IT } from '../curate/entry-states.ts';
import { pageReason } from './closing-table.ts';
import { oneLine } from './terminal.ts';
import type { WhyEntry, WhyStory } from './why-entry.ts';

const LONGEST = 300;

/** How a true source was found, in words. */
const FOUND_BY: Readonly<Record<SourceSign, string>> = {
  'original-link': 'the feed names it as the original',
  via: 'the feed says that the entry came by it',
  permalink: 'the entry’s permanent address leads there',
  'visible-link': 'a link in the text leads there',
  'address-in-text': 'its address stands in the text',
  'declared-source': 'the page names it as its source',
  'based-on': 'the page says that it is based on it',
  canonical: 'the feed or the page claims to be that page',
  'page-itself': 'nothing points elsewhere',
};

/** Everything about one entry, for people. */
export function entryLines(entry: WhyEntry): string[] {
  const { articleId, entryId, source, link, firstSeenAt, state, since, reason, article, trail, story } = entry;
  const facts: (readonly [string, string] | null)[] = [
    ['source', source.title === null ? `${source.id}, which is not listed any more` : `${source.title} (${source.id})`],
    ['link', link ?? 'none was given'],
    trueSource(entry),
    ['id', articleId],
    ['upstream id', entryId],
    ['first seen', `${firstSeenAt}${article === null ? '' : `, dated ${article.published}`}`],
    ['now', `${state} since ${since}: ${reason}`],
    ['text', textWords(entry)],
    missedWords(entry),
  ];
  return [
    titleOf(entry),
    ...facts.flatMap((fact) => (fact === null ? [] : [`  ${fact[0].padEnd(11)}  ${oneLine(fact[1], LONGEST)}`])),
    '',
    'what became of it:',
    ...trail.map((step) => `  ${step.at}  ${step.state.padEnd(9)}  ${oneLine(step.reason, LONGEST)}`),
    ...correctionLines(entry),
    ...imageLines(entry),
    '',
    ...(story === null ? [withoutStory(entry)] : storyLines(story)),
    ...nextStep(entry),
  ];
}

function titleOf({ title, link }: Pick<WhyEntry, 'title' | 'link'>): string {
  return oneLine(title ?? link ?? '(untitled)', LONGEST);
}

function trueSource({ article }: WhyEntry): readonly [string, string] | null {
  if (article === null) return null;
  const { sourceLink } = article;
  if (sourceLink === null) return ['true source', 'none was found'];
  const name = sourceLink.name === null ? '' : ` (${sourceLink.name})`;
  return ['true source', `${sourceLink.url}${name}: ${FOUND_BY[sourceLink.foundBy]}`];
}

function textWords({ article, state }: WhyEntry): string {
  if (article === null) return 'none is kept; the ledger remembers the entry';
  if (state === 'retracted') return article.contentReason;
  const from = { feed: 'from the feed', page: 'from the page', summary: 'a summary' }[article.contentFrom];
  return `${from}, ${article.wordCount} words: ${article.contentReason}`;
}

function missedWords({ missedPage }: WhyEntry): readonly [string, string] | null {
  if (missedPage === null) return null;
  const { code, retries, nextAt } = missedPage;
  const again = nextAt === null ? 'not asked for again' : `asked for again at ${nextAt}`;
  const before = retries === 0 ? '' : ` after ${retries} more ${retries === 1 ? 'try' : 'tries'}`;
  return ['page', `not had${before} (${pageReason(code)}); ${again}`];
}

function correctionLines({ article }: WhyEntry): string[] {
  if (article === null || article.corrections.length === 0) return [];
  const lines = article.corrections.map(
    ({ at, kind, note }) => `  ${at}  ${kind.padEnd(9)}  ${oneLine(note, LONGEST)}`,
  );
  return ['', 'corrections:', ...lines];
}

function imageLines({ images }: WhyEntry): string[] {
  const lines = images.map(({ url, copy, reason, nextAt }) => {
    if (copy !== null) return `  ${oneLine(url, LONGEST)}: copied as ${copy}`;
    if (reason === null) return `  ${oneLine(url, LONGEST)}: not copied yet; it waits for its turn in the next rounds`;
    const again = nextAt === null ? 'it is shown from where it is' : `asked for again at ${nextAt}`;
    return `  ${oneLine(url, LONGEST)}: not copied: ${oneLine(reason, LONGEST)}; ${again}`;
  });
  return lines.length === 0 ? [] : ['', 'its pictures:', ...lines];
}

function withoutStory({ articleId, state }: WhyEntry): string {
  if (state === 'awaiting') return 'It is told in no story yet: it awaits sorting.';
  if (state === 'held') return `It is told in no story. To let it through: tributary hold approve ${articleId}`;
  return 'It is told in no story.';
}

/** What would have it told after all, for an entry that is in no topic. */
function nextStep({ articleId, source, state, reason, story, article, verdict }: WhyEntry): string[] {
  if (article === null) return [];
  if (reason === NO_TOPIC_TAKES_IT || (state === 'merged' && story?.topics.length === 0))
    return [
      `To have a topic take it: give a topic's "match" in sources.json words that it has, or name the topic in the "topics" of ${source.id}; "tributary plan" tells what else that would take.`,
    ];
  if (state !== 'dropped') return [];
  const what = verdict?.verdict === 'rejected' ? 'That was said by you' : 'What you say outweighs filters and quotas';
  return [`${what}. To let it through: tributary hold approve ${articleId}`];
}

function storyLines(story: WhyStory): string[] {
  const lead = story.otherReports.find(({ articleId }) => articleId === story.leadArticleId);
  const leads =
    lead === undefined ? 'this entry' : `"${oneLine(lead.title, 100)}" of ${lead.sourceId}, ${lead.articleId}`;
  return [
    'the story that it is told in:',
    `  id     ${story.id}`,
    ...(story.topics.length === 0 ? [] : [`  page   ${story.page ?? 'a private one: tributary private list'}`]),
    `  lead   ${leads}`,
    ...story.topics.map(
      ({ topicId, reason, learnt, private: isPrivate }) =>
        `  topic  ${topicId}${isPrivate === true ? ' (private)' : ''}: ${oneLine(reason, LONGEST)}${learnt === true ? ' (no rule says so)' : ''}`,
    ),
    ...story.eventEntries.map(
      ({ topicId, entryId }) => `  event  ${story.eventId}, as one entry of ${topicId}: ${entryId}`,
    ),
    ...listed(
      'other reports',
      story.otherReports.map(({ articleId, sourceId, title }) => `${sourceId}: ${oneLine(title, 100)}  ${articleId}`),
    ),
    ...listed(
      'other stories of the same event',
      story.sameEvent.map(({ id, title }) => `${oneLine(title, 100)}  ${id}`),
    ),
  ];
}

function listed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${heading}:`, ...lines.map((line) => `    ${line}`)];
}

/** Several entries, for people to choose one of. */
export function choiceLines(asked: string, entries: readonly WhyEntry[], isMore: boolean): string[] {
  const count = isMore ? `more than ${entries.length} entries; the newest of them` : `${entries.length} entries`;
  return [
    `"${oneLine(asked, 100)}" is ${count}:`,
    '',
    ...entries.flatMap((entry) => [
      `${entry.state.padEnd(9)} ${entry.source.id}: ${titleOf(entry).slice(0, 100)}`,
      `          ${entry.firstSeenAt}  ${entry.articleId}`,
    ]),
    '',
    `Ask for one of them by its id: tributary why ${entries[0]!.articleId}`,
    ...(isMore ? ['Or write more words of its title, or its address.'] : []),
  ];
}
