import type { Command } from '../command.ts';
import { orderOrTell } from '../read-order.ts';
import { oneLine, table } from '../terminal.ts';

export const listTopics: Command = {
  name: 'topics list',
  says: 'show the topics of sources.json',
  group: 'look',
  options: [],
  positionals: 0,
  about: ['Tells of each what it takes: entries that fit its rule, and all of the sources that name it.'],
  examples: [{ line: 'tributary topics list', says: 'One line a topic.' }],
  async run(context) {
    const { terminal, json } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const rows = order.topics.map((topic) => ({
      id: topic.id,
      title: topic.title,
      private: topic.private,
      sources: order.sources.filter(({ topicIds }) => topicIds.includes(topic.id)).map(({ id }) => id),
      hasRule: topic.match !== null,
    }));
    if (json) terminal.print(JSON.stringify(rows, null, 2));
    else if (rows.length === 0) terminal.print('There are none; tributary topics add ID makes one.');
    else
      for (const line of table([
        ['topic', 'title', 'takes'],
        ...rows.map((row) => [
          row.id,
          oneLine(row.title, 40),
          [
            ...(row.hasRule ? ['what its rule fits'] : []),
            ...(row.sources.length > 0 ? [`all of ${oneLine(row.sources.join(', '), 80)}`] : []),
            ...(row.private ? ['(private)'] : []),
          ].join(', ') || 'nothing: it has no rule, and no source names it',
        ]),
      ]))
        terminal.print(line);
    return 0;
  },
};
