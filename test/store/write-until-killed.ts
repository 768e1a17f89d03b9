import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { aCuration, arrival, aStep, aStory, someArticles } from './records.ts';

// A program of its own for sqlite-file.test.ts: saves refreshes of ten articles and curations of them, one after another,
// and says so after each. Arguments: the data folder, a name for its sources, how many times (0: until it is killed).

const [dataDir, name, times] = process.argv.slice(2) as [string, string, string];
await using store = await openStore({ databaseUrl: null, dataDir }, { clock: systemClock() });
const end = times === '0' ? Infinity : Number(times);
for (let turn = 0; turn < end; turn++) {
  const articles = someArticles(10, { sourceId: `${name}-${turn}` });
  await store.saveRefresh(arrival(articles));
  const ids = articles.map(({ id }) => id);
  await store.saveCuration(
    aCuration({
      stories: [aStory({ id: ids[0]!, articleIds: ids })],
      trail: ids.map((articleId) => aStep({ articleId, state: 'published' })),
    }),
  );
  process.stdout.write(`${turn}\n`);
}
