import { describe, expect, test } from '@jest/globals';
import { openJudge, type EntryJudge } from '../../../src/curate/holds/judge-entries.ts';
import { prepareTopics } from '../../../src/curate/match-topics.ts';
import type { Article } from '../../../src/model/article.ts';
import type { EntriesKnown, EntryJudgement } from '../../../src/model/judgement.ts';
import type { Verdict } from '../../../src/model/rule.ts';
import type { Source } from '../../../src/model/source.ts';
import type { TopicReason } from '../../../src/model/story.ts';
import type { Topic } from '../../../src/model/topic.ts';
import { aFilter } from '../../support/a-filter.ts';
import { anArticle, aSource } from '../../support/an-entry.ts';
import { aMatch, aTopic } from '../../support/a-topic.ts';

type Given = {
  readonly source?: Partial<Source>;
  readonly topics?: readonly Topic[];
  readonly known?: Partial<EntriesKnown>;
  readonly listed?: boolean;
  readonly optOut?: readonly string[];
};

const world = aTopic({ match: aMatch({ any: ['bridge'] }) });
const article = (letter: string, given: Partial<Article> = {}): Article => anArticle({ id: `urn:${letter}`, ...given });

function judgeWith({ source = {}, topics = [world], known = {}, listed = true, optOut = [] }: Given): EntryJudge {
  return openJudge({
    site: { optOut },
    sources: new Map(listed ? [['harbour', aSource(source)]] : []),
    topics: prepareTopics(topics),
    known: { verdicts: new Map(), pasts: new Map(), counts: new Map(), ...known },
  });
}

const judged = (given: Given, of: Article = article('a')): EntryJudgement => judgeWith(given).judge(of);
const said = (verdict: Verdict['verdict'], note: string | null = null): Partial<EntriesKnown> => ({
  verdicts: new Map([['urn:a', { verdict, note }]]),
});

const passes = { kind: 'pass', topics: [{ topicId: 'world', reason: 'it has the word "bridge"' }], without: [] };
const drop = aFilter({ any: ['open'], note: 'nothing open' });
const hold = aFilter({ any: ['open'], does: 'hold', note: 'look first' });

describe('an entry', () => {
  test('goes to the topics that take it, or on to none', () => {
    expect(judged({})).toEqual(passes);
    expect(judged({ topics: [] })).toEqual({ kind: 'pass', topics: [], without: [] });
  });

  test('is dropped or held by a filter of its source, even where no topic takes it', () => {
    const reason = (does: string): string => ` of the source ${does} it: it has the word "open"`;
    const dropped = { kind: 'drop', reason: `the filter "nothing open"${reason('drops')}` };
    expect(judged({ source: { filters: [drop] } })).toEqual(dropped);
    expect(judged({ source: { filters: [drop] }, topics: [] })).toEqual(dropped);
    expect(judged({ source: { filters: [hold] } })).toEqual({
      kind: 'hold',
      by: 'filter',
      reason: `the filter "look first"${reason('holds')}`,
    });
  });

  test('is kept out of a topic by that topic’s filter, and goes to the others', () => {
    const sport = aTopic({ id: 'sport', title: 'Sport', match: aMatch({ any: ['years'] }), filters: [drop] });
    expect(judged({ topics: [world, sport] })).toEqual({
      ...passes,
      without: [
        { topicId: 'sport', reason: 'the filter "nothing open" of the topic "Sport" drops it: it has the word "open"' },
      ],
    });
  });

  test('is dropped when the filters of all its topics drop it, with each reason', () => {
    const topics = [
      { ...world, filters: [drop] },
      aTopic({ id: 'sport', title: 'Sport', match: aMatch({ any: ['years'] }), filters: [drop] }),
    ];
    expect(judged({ topics })).toEqual({
      kind: 'drop',
      reason:
        'the filter "nothing open" of the topic "World" drops it: it has the word "open"; the filter "nothing open" of the topic "Sport" drops it: it has the word "open"',
    });
  });

  test('waits as a whole when the filter of one of its topics holds it', () => {
    const sport = aTopic({ id: 'sport', title: 'Sport', match: aMatch({ any: ['years'] }), filters: [hold] });
    expect(judged({ topics: [world, sport] })).toEqual({
      kind: 'hold',
      by: 'filter',
      reason: 'the filter "look first" of the topic "Sport" holds it: it has the word "open"',
    });
  });

  test('is not asked about by the filter of a topic that does not take it', () => {
    const sport = aTopic({ id: 'sport', match: aMatch({ any: ['ferry'] }), filters: [hold] });
    expect(judged({ topics: [world, sport] })).toEqual(passes);
  });

  test('goes to topics that are proposed, past their filters as well, a rule’s reason before a proposal’s', () => {
    const [city, sport] = [aTopic({ id: 'city' }), aTopic({ id: 'sport', title: 'Sport', filters: [drop] })];
    const propose = (): TopicReason[] =>
      ['sport', 'world', 'city'].map((topicId) => ({ topicId, reason: 'it reads so', learnt: true }));
    const judge = openJudge({
      site: { optOut: [] },
      sources: new Map([['harbour', aSource()]]),
      topics: prepareTopics([city, world, sport]),
      propose,
      known: { verdicts: new Map(), pasts: new Map(), counts: new Map() },
    });
    expect(judge.judge(article('a'))).toMatchObject({
      topics: [{ topicId: 'city', reason: 'it reads so', learnt: true }, passes.topics[0]],
      without: [{ topicId: 'sport' }],
    });
  });

  test('of a source that is not listed goes on to no topic', () => {
    expect(judged({ listed: false })).toEqual({ kind: 'pass', topics: [], without: [] });
  });
});

describe('what the operator has said', () => {
  const strict: Given = { source: { filters: [drop], probation: 9 }, topics: [{ ...world, filters: [hold] }] };

  test('outweighs filters and probation, for and against', () => {
    expect(judged({ ...strict, known: said('approved') })).toEqual(passes);
    expect(judged({ known: said('rejected') })).toEqual({ kind: 'drop', reason: 'the operator has rejected it' });
    expect(judged({ known: said('rejected', 'an advert') })).toEqual({
      kind: 'drop',
      reason: 'the operator has rejected it: an advert',
    });
  });

  test('retracted, it outweighs that its publisher has opted out, and that its source is not listed', () => {
    const reason = 'the operator has retracted it: it is untrue';
    const known = said('retracted', 'it is untrue');
    expect(judged({ known })).toEqual({ kind: 'retract', reason });
    expect(judged({ known, listed: false })).toEqual({ kind: 'retract', reason });
    expect(judged({ known, optOut: ['harbour.example'] })).toEqual({ kind: 'retract', reason });
    expect(judged({ optOut: ['harbour.example'] }).kind).toBe('refuse');
  });

  test('makes no topic take what none takes', () => {
    expect(judged({ topics: [], known: said('approved') })).toEqual({ kind: 'pass', topics: [], without: [] });
  });

  test('is told of approved entries alone', () => {
    const asked = (known: Partial<EntriesKnown>): boolean => judgeWith({ known }).isApproved(article('a'));
    expect([asked(said('approved')), asked(said('rejected')), asked({})]).toEqual([true, false, false]);
  });

  test('still counts a rejected entry among the first ones when it was held', () => {
    const known = {
      ...said('rejected'),
      pasts: new Map([['urn:a', 'held' as const]]),
      counts: new Map([['harbour', 1]]),
    };
    const judge = judgeWith({ source: { probation: 2 }, known });
    expect(['a', 'b', 'c'].map((letter) => judge.judge(article(letter)).kind)).toEqual(['drop', 'hold', 'pass']);
  });
});

describe('probation', () => {
  test('holds the first entries of a source, those before counted in', () => {
    const judge = judgeWith({ source: { probation: 3 }, known: { counts: new Map([['harbour', 1]]) } });
    const judgements = ['a', 'b', 'c', 'd'].map((letter) => judge.judge(article(letter)));
    expect(judgements.map(({ kind }) => kind)).toEqual(['hold', 'hold', 'pass', 'pass']);
    expect(judgements[1]).toEqual({
      kind: 'hold',
      by: 'probation',
      reason: 'its source is on probation: its first 3 entries wait for the operator, and this is number 3',
    });
    expect(judgeWith({ source: { probation: 1 } }).judge(article('a'))).toMatchObject({
      reason: 'its source is on probation: its first entry waits for the operator, and this is number 1',
    });
  });

  test('counts neither what no topic takes nor what a filter drops', () => {
    const judge = judgeWith({ source: { probation: 1, filters: [aFilter({ any: ['advert'] })] } });
    const letters = [article('a', { title: 'An advert' }), article('b', NOTHING), article('c'), article('d')];
    expect(letters.map((one) => judge.judge(one).kind)).toEqual(['drop', 'pass', 'hold', 'pass']);
  });

  test('counts what a filter holds', () => {
    const judge = judgeWith({ source: { probation: 2, filters: [{ ...hold, any: ['advert'] }] } });
    const letters = [article('a', { title: 'An advert' }), article('b'), article('c')];
    expect(letters.map((one) => judge.judge(one))).toMatchObject([
      { kind: 'hold', by: 'filter' },
      { kind: 'hold', by: 'probation' },
      { kind: 'pass' },
    ]);
  });

  test('never takes back what was let through before', () => {
    const known = { pasts: new Map([['urn:a', 'let-through' as const]]) };
    expect(judged({ source: { probation: 100 }, known })).toEqual(passes);
  });

  test('goes on for what was held and then changed, however many have come since', () => {
    const known = { pasts: new Map([['urn:a', 'held' as const]]), counts: new Map([['harbour', 500]]) };
    expect(judged({ source: { probation: 5 }, known })).toEqual({
      kind: 'hold',
      by: 'probation',
      reason: 'its source is on probation, and it was held before: it waits for the operator',
    });
    expect(judged({ known })).toEqual(passes);
  });

  test('says the same of an entry that it is asked about twice, and counts it once', () => {
    const judge = judgeWith({ source: { probation: 2 } });
    const asked = ['a', 'a', 'b', 'a', 'c', 'b'].map((letter) => judge.judge(article(letter)).kind);
    expect(asked).toEqual(['hold', 'hold', 'hold', 'hold', 'pass', 'hold']);
  });

  test('is each source’s own', () => {
    const judge = openJudge({
      site: { optOut: [] },
      sources: new Map(['harbour', 'wire'].map((id) => [id, aSource({ id, probation: 1 })])),
      topics: prepareTopics([world]),
      known: { verdicts: new Map(), pasts: new Map(), counts: new Map([['wire', 1]]) },
    });
    const kinds = [article('a'), article('b', { sourceId: 'wire' }), article('c')].map((one) => judge.judge(one).kind);
    expect(kinds).toEqual(['hold', 'pass', 'pass']);
  });
});

const NOTHING: Partial<Article> = { title: 'A choir sings', summary: '', contentHtml: '' };
