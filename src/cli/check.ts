import { SETTINGS, shownValue, type Config } from '../config/config.ts';
import { doubtsOf } from '../config/doubts.ts';
import type { OrderRead } from '../config/sources-file.ts';
import { sourcesJsonSchema } from '../config/sources-schema.ts';
import { openAddressGuard } from '../fetch/address-guard.ts';
import type { Command, CommandContext } from './command.ts';
import { faultLines, readOrder } from './read-order.ts';
import { table } from './terminal.ts';

export const check: Command = {
  name: 'check',
  says: 'read sources.json and the settings, and say everything that is wrong with them',
  group: 'look',
  about: [
    'Tells all faults at once, each with its line and column and what would be right; then what is allowed and yet does nothing, as a webhook whose secret is not set; then the settings in force. Secrets are not shown.',
  ],
  examples: [
    { line: 'tributary check', says: 'Before an edit goes live, or in CI.' },
    { line: 'tributary check --sources new.json', says: 'Looks at another list than the one that runs.' },
    {
      line: 'tributary check --print-schema > sources.schema.json',
      says: 'Makes the schema by which editors complete sources.json.',
    },
  ],
  exits: { 0: 'all is right', 1: 'something is faulty' },
  options: [
    { name: 'print-schema', argument: null, says: 'print the JSON Schema of sources.json for editors, and end' },
  ],
  positionals: 0,
  async run(context) {
    const { config, options, terminal, json } = context;
    if (options['print-schema'] === true) {
      terminal.print(sourcesJsonSchema().trimEnd());
      return 0;
    }
    const reading = await readOrder(config);
    if ('order' in reading) {
      tellOrder(context, reading);
      return 0;
    }
    const { faults } = reading;
    const found = { ok: false, file: config.sources, faults, settings: settingsOf(config) };
    if (json) terminal.print(JSON.stringify(found, null, 2));
    else for (const line of faultLines(config.sources, faults)) terminal.tell(line);
    return 1;
  },
};

function tellOrder({ config, terminal, json, secretOf }: CommandContext, read: OrderRead): void {
  const { site, topics, sources } = read.order;
  const enabled = sources.filter((source) => source.enabled).length;
  const doubts = doubtsOf(read, { ...openAddressGuard(config.allowNetwork), secretOf });
  const settings = settingsOf(config);
  if (json) {
    const counts = { topics: topics.length, sources: sources.length, enabled };
    const found = { ok: true, file: config.sources, site: site.title, ...counts, doubts, settings };
    terminal.print(JSON.stringify(found, null, 2));
    return;
  }
  const counts = `${topics.length} topics, ${sources.length} sources, ${enabled} of them enabled`;
  terminal.print(`${config.sources}: right. ${site.title}: ${counts}.`);
  for (const doubt of doubts) terminal.print(`  but ${doubt}`);
  terminal.print('');
  terminal.print('settings in force:');
  for (const line of table(settings.map(({ name, value, says }) => [`  ${name}`, value, says]))) terminal.print(line);
}

function settingsOf(config: Config): { readonly name: string; readonly value: string; readonly says: string }[] {
  return SETTINGS.map((each) => ({ name: each.name, value: shownValue(each, config), says: each.says }));
}
