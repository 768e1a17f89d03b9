import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openJudge, type EntryJudge, type JudgeRules } from '../../../src/curate/holds/judge-entries.ts';
import { matchTopics, prepareTopics } from '../../../src/curate/match-topics.ts';
import type { Article } from '../../../src/model/article.ts';
import type { EntryJudgement } from '../../../src/model/judgement.ts';
import type { EntryFilter } from '../../../src/model/rule.ts';
import { aFilter } from '../../support/a-filter.ts';
import { anArticle, aSource } from '../../support/an-entry.ts';
import { aMatch, aTopic } from '../../support/a-topic.ts';

// Whatever the configuration, an entry passes, is dropped or is held: one of them, and never against what outweighs it.

const WORDS = ['bridge', 'ferry', 'horoscope', 'advert', 'choir'];
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const someWords = fc.subarray(WORDS, { maxLength: 3 });
const filter: fc.Arbitrary<EntryFilter> = fc
  .record({
    any: fc.subarray(WORDS, { maxLength: 2 }),
    none: fc.subarray(WORDS, { maxLength: 1 }),
    language: fc.constantFrom(null, null, 'en', 'de'),
    maxWords: fc.constantFrom(null, null, 3),
    does: fc.constantFrom('drop' as const, 'hold' as const),
    note: fc.constantFrom(null, 'a name'),
  })
  .map((given) => aFilter(given));
const filters = fc.array(filter, { maxLength: 2 });
const topic = fc.record({ any: someWords, filters });
const situation = fc.record({
  topics: fc.array(topic, { maxLength: 3 }),
  sources: fc.array(fc.record({ filters, probation: fc.constantFrom(0, 0, 1, 3), counted: fc.nat(3) }), {
    minLength: 1,
    maxLength: 2,
  }),
  entries: fc.array(
    fc.record({
      words: someWords,
      language: fc.constantFrom(null, 'en', 'de-AT'),
      source: fc.nat(2),
      verdict: fc.constantFrom(null, null, null, 'approved' as const, 'rejected' as const),
      past: fc.constantFrom(null, null, 'held' as const, 'let-through' as const),
    }),
    { minLength: 1, maxLength: LETTERS.length },
  ),
});
type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

function made({ topics, sources, entries }: Situation): { readonly rules: JudgeRules; readonly articles: Article[] } {
  const articles = entries.map(({ words, language, source }, at) =>
    anArticle({
      id: `urn:${LETTERS[at]!}`,
      // One number more than there are sources: some entries are of a source that is not listed.
      sourceId: `source-${source}`,
      title: `News ${words.join(' ')}`,
      summary: '',
      contentHtml: '',
      language,
      wordCount: words.length + 1,
    }),
  );
  const told = articles.map((article, at) => ({ article, ...entries[at]! }));
  return {
    articles,
    rules: {
      site: { optOut: [] },
      sources: new Map(
        sources.map(({ filters: own, probation }, at) => [
          `source-${at}`,
          aSource({ id: `source-${at}`, filters: own, probation }),
        ]),
      ),
      topics: prepareTopics(
        topics.map(({ any, filters: own }, at) =>
          aTopic({ id: `topic-${at}`, title: `Topic ${at}`, match: aMatch({ any }), filters: own }),
        ),
      ),
      known: {
        verdicts: new Map(
          told.flatMap(({ article, verdict }) => (verdict === null ? [] : [[article.id, { verdict, note: null }]])),
        ),
        pasts: new Map(told.flatMap(({ article, past }) => (past === null ? [] : [[article.id, past]]))),
        counts: new Map(sources.map(({ counted }, at) => [`source-${at}`, counted])),
      },
    },
  };
}

/** What is wrong with the judgements of a judge, in the order in which it is asked. */
function wrongs({ rules, articles }: ReturnType<typeof made>, judge: EntryJudge): string[] {
  const { sources, topics, known } = rules;
  const wrong: string[] = [];
  const newlyWaiting = new Map<string, number>();
  for (const article of articles) {
    const judgement = judge.judge(article);
    const say = (what: string): number => wrong.push(`${article.id} ${judgement.kind}: ${what}`);
    const verdict = known.verdicts.get(article.id)?.verdict ?? null;
    const past = known.pasts.get(article.id) ?? null;
    const source = sources.get(article.sourceId) ?? null;
    if (['pass', 'drop', 'hold'].filter((kind) => kind === judgement.kind).length !== 1) say('it is none of three');
    if (JSON.stringify(judge.judge(article)) !== JSON.stringify(judgement)) say('asked again it says something else');
    if (verdict === 'rejected' && judgement.kind !== 'drop') say('it was rejected');
    if (verdict === 'approved' && judgement.kind !== 'pass') say('it was approved');
    if (judgement.kind !== 'pass') {
      if (!/operator|filter|probation/.test(judgement.reason)) say('no reason');
      const isOnProbation = judgement.kind === 'hold' && judgement.by === 'probation';
      if (isOnProbation && past === 'let-through') say('it was let through before');
      if (isOnProbation && past === null)
        newlyWaiting.set(article.sourceId, (newlyWaiting.get(article.sourceId) ?? 0) + 1);
      if (source === null && verdict !== 'rejected') say('its source has no rules');
      continue;
    }
    const matched = source === null ? [] : matchTopics(article, source, topics).map(({ topicId }) => topicId);
    const told = [...judgement.topics, ...judgement.without].map(({ topicId }) => topicId);
    if (told.toSorted().join() !== matched.toSorted().join()) say('not each of its topics once');
    if (verdict === 'approved' && judgement.without.length > 0) say('a filter outweighs the operator');
    if (matched.length > 0 && judgement.topics.length === 0) say('it passes to no topic, though there is one');
    if (past === 'held' && verdict === null && (source?.probation ?? 0) > 0 && judgement.topics.length > 0)
      say('it waits, on probation');
  }
  for (const [sourceId, count] of newlyWaiting) {
    const left = sources.get(sourceId)!.probation - (known.counts.get(sourceId) ?? 0);
    if (count > left) wrong.push(`${sourceId}: ${count} wait, where ${left} of its first are left`);
  }
  return wrong;
}

const settings = { numRuns: 1000, seed: 11 };

test('an entry passes, is dropped or is held, and no rule outweighs what is above it', () => {
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(situation, (given) => {
      const all = made(given);
      const judge = openJudge(all.rules);
      expect(wrongs(all, judge)).toEqual([]);
      for (const article of all.articles) {
        const judgement = judge.judge(article);
        const kinds = [
          judgement.kind === 'hold' ? `hold by ${judgement.by}` : judgement.kind,
          ...(judgement.kind === 'pass' && judgement.topics.length > 0 ? ['pass to a topic'] : []),
          ...(judgement.kind === 'pass' && judgement.without.length > 0 ? ['pass without a topic'] : []),
          all.rules.known.verdicts.get(article.id)?.verdict ?? 'no verdict',
        ];
        for (const kind of kinds) seen[kind] = (seen[kind] ?? 0) + 1;
      }
    }),
    settings,
  );
  const kinds = ['pass', 'pass to a topic', 'pass without a topic', 'drop', 'hold by filter', 'hold by probation'];
  for (const kind of [...kinds, 'approved', 'rejected', 'no verdict'])
    expect([kind, (seen[kind] ?? 0) > 30]).toEqual([kind, true]);
});

const FAULTS: readonly [string, (judgement: EntryJudgement, article: Article, rules: JudgeRules) => EntryJudgement][] =
  [
    [
      'drops what was approved',
      (judgement, { id }, { known }) =>
        known.verdicts.get(id)?.verdict === 'approved' ? { kind: 'drop', reason: 'a filter' } : judgement,
    ],
    [
      'passes what was rejected',
      (judgement, { id }, { known }) =>
        known.verdicts.get(id)?.verdict === 'rejected' ? { kind: 'pass', topics: [], without: [] } : judgement,
    ],
    [
      'passes to no topic what filters keep out of all',
      (judgement) =>
        judgement.kind === 'drop' && judgement.reason.includes('the topic')
          ? { kind: 'pass', topics: [], without: [] }
          : judgement,
    ],
    ['forgets to say why', (judgement) => (judgement.kind === 'hold' ? { ...judgement, reason: '' } : judgement)],
    [
      'takes back what was let through',
      (judgement, { id }, { known }) =>
        known.pasts.get(id) === 'let-through' && judgement.kind === 'pass'
          ? { kind: 'hold', by: 'probation', reason: 'probation' }
          : judgement,
    ],
    [
      'lets through on a change what was held',
      (judgement, { id }, { known, topics }) =>
        known.pasts.get(id) === 'held' && judgement.kind === 'hold' && judgement.by === 'probation'
          ? { kind: 'pass', topics: topics.map(({ topic: { id: topicId } }) => ({ topicId, reason: '' })), without: [] }
          : judgement,
    ],
    [
      'forgets a topic',
      (judgement) => (judgement.kind === 'pass' ? { ...judgement, topics: judgement.topics.slice(1) } : judgement),
    ],
  ];

test.each(FAULTS)('the property finds a judge that %s', (_, plant) => {
  const broken = fc.check(
    fc.property(situation, (given) => {
      const all = made(given);
      const right = openJudge(all.rules);
      const judge: EntryJudge = { ...right, judge: (article) => plant(right.judge(article), article, all.rules) };
      return wrongs(all, judge).length === 0;
    }),
    settings,
  );
  expect(broken.failed).toBe(true);
});

test('the property finds a judge that never stops counting the first entries', () => {
  const broken = fc.check(
    fc.property(situation, (given) => {
      const all = made(given);
      const judge: EntryJudge = {
        judge: (article) => openJudge(all.rules).judge(article),
        isApproved: () => false,
      };
      return wrongs(all, judge).length === 0;
    }),
    settings,
  );
  expect(broken.failed).toBe(true);
});
