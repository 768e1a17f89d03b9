import { expect, test } from '@jest/globals';
import { readPublished } from '../../../src/pipeline/plan/published-state.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';

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
