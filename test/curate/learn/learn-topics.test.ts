import { expect, test } from '@jest/globals';
import { openTopicTeller, reasonOf, SURE_ENOUGH, whyNone } from '../../../src/curate/learn/propose-topics.ts';
import { LEAST_EXAMPLES, trainInSteps, trainTopics, type Example } from '../../../src/curate/learn/train-topics.ts';

/** Sentences made of a topic's words, different each time. */
function examplesOf(topicId: string, words: readonly string[], count: number): Example[] {
  return Array.from({ length: count }, (_, at) => {
    const said = words.map((_word, offset) => words[(at * 3 + offset * 5) % words.length]!).slice(0, 4);
    return {
      title: `${said[0]} and ${said[1]}`,
      text: `Report ${at}: the ${said.join(' was with the ')} on day ${at}.`,
      topicIds: [topicId],
    };
  });
}

const SPORT = ['goal', 'striker', 'league', 'referee', 'penalty', 'goalkeeper', 'stadium'];
const SEA = ['harbour', 'ferry', 'captain', 'lighthouse', 'anchor', 'tide', 'trawler'];
const BREAD = ['oven', 'flour', 'yeast', 'baker', 'crust', 'dough', 'loaf'];
const examples = [...examplesOf('sport', SPORT, 30), ...examplesOf('sea', SEA, 30), ...examplesOf('bread', BREAD, 12)];
const model = trainTopics(examples);
const goal = { title: 'A late penalty', text: 'The striker beat the goalkeeper in a full stadium.' };

test('a topic is proposed with its sureness and the words that spoke for it', () => {
  const [proposal, ...others] = openTopicTeller(model).propose(goal);
  expect(others).toEqual([]);
  expect(proposal?.topicId).toBe('sport');
  expect(proposal?.probability).toBeGreaterThanOrEqual(SURE_ENOUGH);
  expect(proposal?.words.length).toBeGreaterThan(0);
  const words = goal.text.toLowerCase() + goal.title.toLowerCase();
  for (const word of proposal!.words) expect(words).toContain(word.toLowerCase());
  expect(reasonOf(proposal!)).toMatch(
    /^its words are those of what is sorted into it: "[^"]+"(?:, "[^"]+")* \(\d+ % sure\)$/,
  );
});

test('a small topic beside large ones is learnt too', () => {
  const weighed = openTopicTeller(model).weigh({ title: 'Fresh loaf', text: 'The baker put the dough into the oven.' });
  expect(weighed.map(({ topicId }) => topicId)[0]).toBe('bread');
});

test('nothing is proposed of a text unlike all that was sorted, and the reason says so', () => {
  const teller = openTopicTeller(model);
  const strange = { title: 'Quantum mirrors', text: 'Astronomers polished seven glass plates.' };
  expect(teller.propose(strange)).toEqual([]);
  expect(whyNone(teller.weigh(strange))).toMatch(/^nothing learnt is sure enough: likeliest is "\w+" \(\d+ %\)$/);
});

test('a topic with too few examples is not learnt, and an empty model proposes nothing', () => {
  const few = trainTopics([
    ...examplesOf('sport', SPORT, 30),
    ...examplesOf('sea', SEA, 30),
    ...examplesOf('bread', BREAD, LEAST_EXAMPLES - 1),
  ]);
  expect(few.topics.map(({ id }) => id)).toEqual(['sea', 'sport']);
  const none = openTopicTeller(trainTopics(examplesOf('sport', SPORT, 30)));
  expect(none.propose(goal)).toEqual([]);
  expect(whyNone(none.weigh(goal))).toBe('nothing has been learnt yet: the rules have sorted too few texts');
});

test('a text may belong to two topics', () => {
  const both = Array.from({ length: 20 }, (_, at) => ({
    title: `${SPORT[at % 7]} and ${SEA[at % 7]}`,
    text: `The ${SPORT[(at + 2) % 7]} by the ${SEA[(at + 3) % 7]}.`,
    topicIds: ['sport', 'sea'],
  }));
  const teller = openTopicTeller(trainTopics([...examples, ...both]), { sureEnough: 0.5 });
  const proposed = teller.propose({
    title: 'Penalty at the harbour',
    text: 'The striker and the ferry captain, the goal and the tide.',
  });
  expect(proposed.map(({ topicId }) => topicId).sort()).toEqual(['sea', 'sport']);
});

test('the model is plain data and says the same when it has been written and read', () => {
  const read: typeof model = JSON.parse(JSON.stringify(model));
  expect(read).toEqual(model);
  expect(openTopicTeller(read).weigh(goal)).toEqual(openTopicTeller(model).weigh(goal));
});

test('the same examples give the same model, at once or in steps', () => {
  const steps = trainInSteps(examples);
  let pauses = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) pauses++;
  expect(pauses).toBe(examples.length + 3);
  expect(step.value).toEqual(model);
});

test('topics are told apart in a script without spaces', () => {
  const repeat = (topicId: string, text: string): Example[] =>
    Array.from({ length: 12 }, (_, at) => ({ title: '', text: `${text}${at}`, topicIds: [topicId] }));
  const teller = openTopicTeller(
    trainTopics([...repeat('sport', '選手が試合でゴールを決めた'), ...repeat('sea', '漁船が港に戻り灯台が見えた')]),
  );
  expect(teller.propose({ title: '', text: '試合の選手' }).map(({ topicId }) => topicId)).toEqual(['sport']);
});
