/* oxlint-disable unicorn/no-thenable -- what operators write, never awaited */
import { describe, expect, test } from '@jest/globals';
import { doubtsOf } from '../../src/config/doubts.ts';
import { readSourcesFile, type Order } from '../../src/config/sources-file.ts';
import { aFilter } from '../support/a-filter.ts';
import { aSource } from '../support/an-entry.ts';
import { aSite, aTopic } from '../support/a-topic.ts';

// Filters, quotas and probation as they are written in sources.json.

const world = { id: 'world', title: 'World' };
const harbour = { id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed.xml' };
const right = {
  site: { title: 'The Confluence', url: 'https://news.example.org' },
  topics: [world],
  sources: [harbour],
};

const read = (document: object): ReturnType<typeof readSourcesFile> =>
  readSourcesFile(new TextEncoder().encode(JSON.stringify({ ...right, ...document })), {
    scheduleFault: () => null,
    selectorFault: () => null,
  });
const orderOf = (document: object): Order => {
  const reading = read(document);
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.order;
};

describe('a right file', () => {
  test('has none of them, unless it says so', () => {
    const { topics, sources } = orderOf({});
    expect(topics[0]).toMatchObject({ filters: [], quota: null });
    expect(sources[0]).toMatchObject({ filters: [], quota: null, probation: 0 });
  });

  test('has them with sources and topics, what is not said filled in', () => {
    const { topics, sources } = orderOf({
      topics: [{ ...world, filters: [{ maxWords: 40, then: 'hold' }], quota: { most: 5, hours: 12 } }],
      sources: [
        {
          ...harbour,
          filters: [{ any: ['horoscope'], author: 'Ellis', then: 'drop', note: 'no horoscopes' }],
          quota: { most: 20, note: 'agreed' },
          probation: 3,
        },
      ],
    });
    expect(topics[0]).toMatchObject({
      filters: [aFilter({ maxWords: 40, does: 'hold' })],
      quota: { most: 5, hours: 12 },
    });
    expect(sources[0]).toMatchObject({
      filters: [aFilter({ any: ['horoscope'], author: 'Ellis', note: 'no horoscopes' })],
      quota: { most: 20, hours: 24 },
      probation: 3,
    });
  });

  test('has them as defaults, which a source’s own take the place of', () => {
    const filter = { any: ['horoscope'], then: 'drop' };
    const wire = { ...harbour, id: 'wire', url: 'https://wire.example/feed.xml' };
    const { sources } = orderOf({
      defaults: { filters: [filter], quota: { most: 9 }, probation: 3 },
      sources: [harbour, { ...wire, filters: [], quota: { most: 1 }, probation: 0 }],
    });
    expect(sources[0]).toMatchObject({
      filters: [aFilter({ any: ['horoscope'] })],
      quota: { most: 9, hours: 24 },
      probation: 3,
    });
    expect(sources[1]).toMatchObject({ filters: [], quota: { most: 1, hours: 24 }, probation: 0 });
  });
});

describe('a faulty file says where and what would be right', () => {
  const ofSource = (given: object): object => ({ sources: [{ ...harbour, ...given }] });
  const ofTopic = (given: object): object => ({ topics: [{ ...world, ...given }] });

  test.each([
    [
      ofSource({ filters: [{ then: 'drop', note: 'all' }] }),
      'sources[0].filters[0] must say which entries it means, by any, all, none, phrases, categories, language, author, address, minWords or maxWords',
    ],
    [ofSource({ filters: [{ any: ['advert'] }] }), 'sources[0].filters[0].then is missing'],
    [
      { defaults: { filters: [{ any: ['advert'], then: 'dropp' }] } },
      'defaults.filters[0].then is "dropp", but must be one of "drop", "hold" — did you mean "drop"?',
    ],
    [
      ofTopic({ filters: [{ any: ['advert'], nnoe: ['a'], then: 'drop' }] }),
      'topics[0].filters[0].nnoe is not a known setting — did you mean "none"?',
    ],
    [
      ofTopic({ filters: [{ any: ['advert', '…'], then: 'drop' }] }),
      'topics[0].filters[0].any[1] must hold a letter or a digit (it is "…")',
    ],
    [
      ofTopic({ filters: [{ minWords: 50, maxWords: 20, then: 'hold' }] }),
      'topics[0].filters[0].minWords asks for more words than its maxWords allows (it is 50)',
    ],
    [ofTopic({ filters: { any: ['advert'], then: 'drop' } }), 'topics[0].filters is an object, but must be a list […]'],
    [ofTopic({ quota: { hours: 24 } }), 'topics[0].quota.most is missing'],
    [ofSource({ quota: { most: 0 } }), 'sources[0].quota.most is 0, but must be at least 1'],
    [ofSource({ quota: { most: 5, hours: 0 } }), 'sources[0].quota.hours is 0, but must be at least 1'],
    [ofSource({ quota: 20 }), 'sources[0].quota is 20, but must be an object {…}'],
    [ofSource({ probation: -1 }), 'sources[0].probation is -1, but must be at least 0'],
    [ofTopic({ probation: 5 }), 'topics[0].probation is not a known setting'],
  ])('%j', (change, start) => {
    const reading = read(change);
    const faults = 'faults' in reading ? reading.faults.map(({ path, message }) => `${path} ${message}`) : [];
    expect(faults).toHaveLength(1);
    expect(faults[0]!.startsWith(start) ? start : faults[0]).toBe(start);
  });
});

describe('a filter that asks for length alone', () => {
  const doubtsIn = (order: Order): string[] =>
    doubtsOf({ order, closedNames: [], silentOnRepublish: [] }, { refusalOfHost: () => null, secretOf: () => null });
  const doubtsWith = (filter: Parameters<typeof aFilter>[0]): string[] => {
    const [source, topic] = [aSource({ topicIds: ['world'], filters: [aFilter(filter)] }), aTopic()];
    return doubtsIn({ site: aSite(), topics: [topic], formerTopics: [], sources: [source] });
  };

  test('and drops what is long is doubted, as short entries are mostly meant', () => {
    expect(doubtsWith({ minWords: 100 })).toEqual([
      'filter 1 of the source "harbour" drops entries of 100 words and more; if short ones are meant, say "maxWords"',
    ]);
  });

  test.each([{ maxWords: 100 }, { minWords: 100, any: ['live'] }, { minWords: 100, does: 'hold' as const }])(
    'is not doubted where it is plain: %j',
    (filter) => {
      expect(doubtsWith(filter)).toEqual([]);
    },
  );

  test('is doubted in topics too', () => {
    const topic = aTopic({ filters: [aFilter({ any: ['a'] }), aFilter({ minWords: 9, note: 'no shorts' })] });
    const sources = [aSource({ topicIds: ['world'] })];
    expect(doubtsIn({ site: aSite(), topics: [topic], formerTopics: [], sources })).toEqual([
      'the filter "no shorts" of the topic "world" drops entries of 9 words and more; if short ones are meant, say "maxWords"',
    ]);
  });
});
