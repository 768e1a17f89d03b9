import { SETTINGS, shownValue, type Config } from '../config/config.ts';
import { doubtsOf } from '../config/doubts.ts';
import type { OrderRead } from '../config/sources-file.ts';
import { sourcesJsonSchema } from '../config/sources-schema.ts';
import { openAddressGuard } from '../fetch/address-guard.ts';
import type { ProbeReport } from '../pipeline/probe-source.ts';
import { probedSources, probeLines, probeListed } from './check-probe.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { faultLines, readOrder } from './read-order.ts';
import { table } from './terminal.ts';
import { unknownSource } from './unknown-source.ts';

export const check: Command = {
  name: 'check',
  says: 'read sources.json and the settings, and say everything that is wrong with them',
  group: 'look',
  about: [
    'Tells all faults at once, each with its line and column and what would be right; then what is allowed and yet does nothing, as a webhook whose secret is not set; then the settings in force. Secrets are not shown.',
    'With --probe it asks each enabled source: whether it answers and has moved, its format and entries, what was mended while reading it, and which settings would suit it better, each as a command. Servers are asked as politely as ever, and nothing is stored.',
  ],
  examples: [
    { line: 'tributary check', says: 'Before an edit goes live, or in CI.' },
    { line: 'tributary check --sources new.json', says: 'Looks at another list than the one that runs.' },
    { line: 'tributary check --probe', says: 'After an import, or once in a while.' },
    {
      line: 'tributary check --print-schema > sources.schema.json',
      says: 'Makes the schema by which editors complete sources.json.',
    },
  ],
  exits: { 0: 'all is right', 1: 'something is faulty, or with --probe a source fails' },
  options: [
    { name: 'print-schema', argument: null, says: 'print the JSON Schema of sources.json for editors, and end' },
    { name: 'probe', argument: null, says: 'ask each enabled source once, or those of the ids; store nothing' },
  ],
  operands: '[SOURCE …]',
  positionals: 10_000,
  async run(context) {
    const { config, options, positionals, terminal, json } = context;
    const isProbe = options['probe'] === true;
    if (positionals.length > 0 && !isProbe) {
      terminal.tell('Sources are named with --probe alone: tributary check --probe SOURCE');
      return 2;
    }
    if (options['print-schema'] === true) {
      terminal.print(sourcesJsonSchema().trimEnd());
      return 0;
    }
    const reading = await readOrder(config);
    if ('order' in reading && isProbe) return await probe(context, reading);
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

async function probe(context: CommandContext, read: OrderRead): Promise<ExitCode> {
  const { positionals, terminal, json } = context;
  const { order } = read;
  const unknown = positionals.map((id) => unknownSource(id, order.sources)).find((fault) => fault !== null);
  if (unknown !== undefined) {
    terminal.tell(unknown);
    return 2;
  }
  const reports = await probeListed(context, order, probedSources(order, positionals));
  if (json) tellOrder(context, read, reports);
  else for (const line of probeLines(reports, order.site)) terminal.print(line);
  return reports.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

function tellOrder(
  { config, terminal, json, secretOf }: CommandContext,
  read: OrderRead,
  probed: readonly ProbeReport[] | null = null,
): void {
  const { site, topics, sources } = read.order;
  const enabled = sources.filter((source) => source.enabled).length;
  const doubts = doubtsOf(read, { ...openAddressGuard(config.allowNetwork), secretOf, limits: config });
  const settings = settingsOf(config);
  if (json) {
    const counts = { topics: topics.length, sources: sources.length, enabled };
    const ok = probed?.every(({ outcome }) => outcome !== 'failed') ?? true;
    const probes = probed === null ? {} : { probed };
    const found = { ok, file: config.sources, site: site.title, ...counts, doubts, ...probes, settings };
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
