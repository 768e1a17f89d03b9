import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import { exampleOf } from '../../src/pipeline/learnt-topics.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openTextMemory, type TextMemory } from '../../src/pipeline/recent-texts.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { arrival, aStep } from '../store/records.ts';
import { aMatch, aSite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

// A topic that learns takes more of what its rules and sources have sorted into it, and says why.

let store: Store;
let memory: TextMemory;
beforeEach(async () => {
  store = await openMemoryStore();
  memory = openTextMemory();
});
afterEach(async () => store[Symbol.asyncDispose]());

const SEA = ['trawler', 'mackerel', 'harbour', 'tide', 'skipper', 'net', 'quay', 'herring', 'buoy', 'lighthouse'];
const STAGE = [
  'soprano',
  'overture',
  'curtain',
  'rehearsal',
  'conductor',
  'ballet',
  'libretto',
  'balcony',
  'stage',
  'violin',
];
const PLACES = [
  'Aldersund',
  'Brimhaven',
  'Corvale',
  'Dunmere',
  'Eskholm',
  'Farrow',
  'Glimsby',
  'Hexworth',
  'Ivelund',
  'Jorvale',
  'Kelding',
  'Lundsea',
];

function text(words: readonly string[], at: number): string {
  const pick = (n: number): string => words[(at * 3 + n) % words.length]!;
  return `In ${PLACES[at]} the ${pick(0)} and the ${pick(1)} were spoken of all day, while a ${pick(2)} waited by the ${pick(3)} and somebody sang of ${pick(4)} and ${pick(5)}.`;
}
const article = (id: string, words: readonly string[], at: number, keyword: string): Article =>
  anArticle({
    id: `urn:${id}${at}`,
    entryId: `${id}${at}`,
    link: `https://harbour.example/${id}${at}`,
    title: `${keyword} in ${PLACES[at]}: the ${words[at % words.length]}`,
    contentHtml: `<p>${text(words, at)}</p>`,
    summary: '',
  });

const fresh = anArticle({
  id: 'urn:n',
  entryId: 'n',
  link: 'https://harbour.example/n',
  title: 'Gale keeps the boats in',
  contentHtml:
    '<p>Nobody sailed on Sunday. Every trawler lay at the quay, mackerel and herring were dear, and the oldest skipper of the harbour mended a net by the lighthouse until the tide took the last buoy.</p>',
});
const strange = anArticle({
  id: 'urn:x',
  entryId: 'x',
  link: 'https://harbour.example/x',
  title: 'A new bridge',
  contentHtml: '<p>After three years of work a bridge of stone and iron is open to carts, cyclists and geese.</p>',
});

const sea = (given = {}) => aTopic({ id: 'sea', match: aMatch({ any: ['seafaring'] }), ...given });
const stage = (given = {}) => aTopic({ id: 'stage', match: aMatch({ any: ['opera'] }), ...given });
const curate = (hour: string, topics: ReturnType<typeof sea>[]): ReturnType<typeof curateAwaiting> =>
  curateAwaiting(
    { store, memory, clock: stoppedClock(`2026-11-24T${hour}:00:00Z`), log: silentLog },
    { site: aSite(), sources: [aSource({ topicIds: [] })], topics },
  );
const topicsOf = async (id: string) => (await store.stories([id]))[0]!.story.topics;

async function sortExamples(topics: ReturnType<typeof sea>[]): Promise<void> {
  const examples = PLACES.flatMap((_, at) => [article('s', SEA, at, 'Seafaring'), article('o', STAGE, at, 'Opera')]);
  await store.saveRefresh(arrival(examples));
  await curate('06', topics);
}

test('takes what reads like its examples, with the words that speak for it, and marks it as learnt', async () => {
  const topics = [sea({ learn: true }), stage({ learn: true })];
  await sortExamples(topics);
  await store.saveRefresh(arrival([fresh]));
  await curate('09', topics);
  const [reason, ...others] = await topicsOf('urn:n');
  expect(others).toEqual([]);
  expect(reason).toMatchObject({ topicId: 'sea', learnt: true });
  expect(reason!.reason).toMatch(/^its words are those of what is sorted into it: ".+" \(\d+ % sure\)$/);
  expect((await store.trailOf('urn:n')).at(-1)!.reason).toContain('its words are those of what is sorted into it');
});

test('abstains where it is not sure, and where it does not learn takes by its rules alone', async () => {
  const learning = [sea({ learn: true }), stage({ learn: true })];
  await sortExamples(learning);
  await store.saveRefresh(arrival([strange]));
  await curate('09', learning);
  expect(await topicsOf('urn:x')).toEqual([]);
  await store.saveRefresh(arrival([fresh]));
  await curate('12', [sea(), stage()]);
  expect(await topicsOf('urn:n')).toEqual([]);
});

test('is learnt anew after a day', async () => {
  const topics = [sea({ learn: true }), stage({ learn: true })];
  await sortExamples(topics);
  const learntAt = async (): Promise<string> => (JSON.parse((await store.fact('learnt-topics'))!) as { at: string }).at;
  await store.saveRefresh(arrival([fresh]));
  await curate('09', topics);
  const first = await learntAt();
  await store.saveRefresh(arrival([strange]));
  await curate('23', topics);
  expect((await learntAt()) > first).toBe(true);
  // What was proposed stands, and so does what it was proposed by.
  await store.saveRefresh(arrival([fresh], { trail: [aStep({ articleId: 'urn:n', at: '2026-11-24T22:30:00Z' })] }));
  await curate('23', topics);
  expect(await topicsOf('urn:n')).toMatchObject([{ topicId: 'sea', learnt: true }]);
});

test('what it took stays with it when the rules are edited, as long as it learns', async () => {
  await sortExamples([sea({ learn: true }), stage({ learn: true })]);
  await store.saveRefresh(arrival([fresh]));
  await curate('09', [sea({ learn: true }), stage({ learn: true })]);
  // As if it were less sure by now: nothing is proposed any more.
  await store.saveFact(
    'learnt-topics',
    (await store.fact('learnt-topics'))!.replaceAll(/"offset":-?[\d.]+/g, '"offset":-99'),
  );
  await curate('10', [sea({ learn: true, title: 'At sea' }), stage({ learn: true })]);
  expect(await topicsOf('urn:n')).toMatchObject([{ topicId: 'sea', learnt: true }]);
  await curate('11', [sea({ learn: false, title: 'At sea' }), stage({ learn: true })]);
  expect(await topicsOf('urn:n')).toEqual([]);
});

test('what was learnt teaches nothing', async () => {
  const topics = [sea({ learn: true }), stage({ learn: true })];
  await sortExamples(topics);
  await store.saveRefresh(arrival([fresh]));
  await curate('09', topics);
  const [proposed] = await store.stories(['urn:n']);
  const [sorted] = await store.stories(['urn:s0']);
  expect(exampleOf(proposed!, ['sea', 'stage'])).toBeNull();
  expect(exampleOf(sorted!, ['sea', 'stage'])?.topicIds).toEqual(['sea']);
  expect(exampleOf(sorted!, ['stage'])?.topicIds).toEqual([]);
});
