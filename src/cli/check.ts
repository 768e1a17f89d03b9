import { SETTINGS, shownValue } from '../config/config.ts';
import { sourcesJsonSchema } from '../config/sources-schema.ts';
import type { Command } from './command.ts';
import { faultLines, readOrder } from './read-order.ts';
import { table } from './terminal.ts';

export const check: Command = {
  name: 'check',
  says: 'read sources.json and the settings, and say everything that is wrong with them',
  options: [
    { name: 'print-schema', argument: null, says: 'print the JSON Schema of sources.json for editors, and end' },
  ],
  positionals: 0,
  async run({ config, options, terminal, json }) {
    if (options['print-schema'] === true) {
      terminal.print(sourcesJsonSchema().trimEnd());
      return 0;
    }
    const reading = await readOrder(config.sources);
    const settings = SETTINGS.map((each) => ({ name: each.name, value: shownValue(each, config), says: each.says }));
    if ('faults' in reading) {
      if (json)
        terminal.print(JSON.stringify({ ok: false, file: config.sources, faults: reading.faults, settings }, null, 2));
      else for (const line of faultLines(config.sources, reading.faults)) terminal.tell(line);
      return 1;
    }
    const { sources, topics, site } = reading.order;
    const enabled = sources.filter((source) => source.enabled).length;
    if (json) {
      terminal.print(
        JSON.stringify(
          {
            ok: true,
            file: config.sources,
            site: site.title,
            topics: topics.length,
            sources: sources.length,
            enabled,
            settings,
          },
          null,
          2,
        ),
      );
      return 0;
    }
    terminal.print(
      `${config.sources}: right. ${site.title}: ${topics.length} topics, ${sources.length} sources, ${enabled} of them enabled.`,
    );
    terminal.print('');
    terminal.print('settings in force:');
    for (const line of table(settings.map(({ name, value, says }) => [`  ${name}`, value, says]))) terminal.print(line);
    return 0;
  },
};
