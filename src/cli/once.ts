import { openApp } from '../app/open-app.ts';
import { notYetDue } from '../pipeline/refresh-due.ts';
import { runCycle, type CycleReport } from '../pipeline/run-cycle.ts';
import { closingObject, closingTable, sourceLine } from './closing-table.ts';
import type { Command } from './command.ts';
import { orderOrTell } from './read-order.ts';

export const once: Command = {
  name: 'once',
  says: 'refresh every source that is due, publish what has changed, and end',
  group: 'run',
  about: [
    'For those who have a scheduler of their own, as cron or a timer of systemd: the same work as one round of "start", without the server. Hubs and webhooks are told before it ends.',
  ],
  examples: [
    { line: 'tributary once', says: 'Asks what is due by its schedule.' },
    { line: 'tributary once --all --json', says: 'Asks every enabled source, and tells a script what came of it.' },
  ],
  exits: {
    0: 'done; some sources may have failed',
    1: 'every source that was asked failed, or a document was not published because it was not as it should be',
  },
  options: [{ name: 'all', argument: null, says: 'refresh every enabled source, due or not' }],
  positionals: 0,
  async run(context) {
    const { config, options, terminal, json, log, secretOf, signal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    await using app = await openApp(config, order.site, log, { secretOf });
    const enabled = order.sources.filter((source) => source.enabled).length;
    const which = options['all'] === true ? 'all' : 'due';
    const later = which === 'all' ? undefined : await notYetDue(app, order.sources);
    const report = await runCycle(
      app,
      {
        order,
        which,
        onSource: (source, done) => {
          if (!json) terminal.tell(sourceLine(source));
          if (!json) terminal.showProgress(`${done} of at most ${enabled} sources …`);
        },
      },
      signal,
    );
    await app.alerts.look(order, 0);
    // Webhooks and hubs are told before the program ends; what fails is tried again by a later run.
    await app.push.run({ until: 'idle', isListening: false }, signal);
    if (json) terminal.print(JSON.stringify(closingObject(report, later), null, 2));
    else for (const line of ['', ...closingTable(report, later)]) terminal.print(line);
    return wentWell(report) ? 0 : 1;
  },
};

/** Some sources are always down. Nothing went well when all that were asked failed, or the gate refused a document. */
function wentWell({ sources, published }: CycleReport): boolean {
  const allFailed = sources.length > 0 && sources.every(({ outcome }) => outcome === 'failed');
  return !allFailed && published.refused.length === 0;
}
