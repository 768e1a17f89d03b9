import { expect, test } from '@jest/globals';
import { readPublished } from '../../../src/pipeline/plan/published-state.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { aCuration, arrival, aStory } from '../../store/records.ts';
import { anArticle } from '../../support/an-entry.ts';

/** A publication whose file of world news holds this. */
async function reading(text: string) {
  const path = 'feeds/world.json';
  await using store = await openMemoryStore();
  await store.saveOutputs({ written: [{ path, inputKey: 'k', sha256: 'a' }], removed: [] });
  const output = { read: async () => Buffer.from(text) };
  return await readPublished(store, {
    output,
    privateRooms: { output: () => Promise.reject(new Error('there is none')) },
  });
}

test('a feed is read by its entries', async () => {
  const { feeds } = await reading('{ "items": [{ "id": "urn:a", "title": "Ferry" }] }');
  expect([...feeds.get('feeds/world.json')!.items.keys()]).toEqual(['urn:a']);
});

test.each(['{ "items": [{ "id": "urn:a", "ti', '', '{}'])('a damaged file is told by its name: %j', async (text) => {
  await expect(reading(text)).rejects.toMatchObject({
    code: 'output-damaged',
    message: expect.stringContaining('feeds/world.json'),
  });
});

test('every entry is told with its story, however many there are', async () => {
  await using store = await openMemoryStore();
  const ids = Array.from({ length: 450 }, (_, at) => `urn:${at}`);
  await store.saveRefresh(arrival(ids.map((id) => anArticle({ id, entryId: id }))));
  const topics = [{ topicId: 'world', reason: 'r' }];
  await store.saveCuration(aCuration({ stories: ids.map((id) => aStory({ id, topics })) }));
  const { entries } = await readPublished(store, {
    output: { read: async () => null },
    privateRooms: { output: () => Promise.reject(new Error('there is none')) },
  });
  expect([...entries.keys()].toSorted()).toEqual(ids.toSorted());
  for (const [id, { storyId, leads, topicIds }] of entries)
    expect([storyId, leads, topicIds]).toEqual([id, true, ['world']]);
});
