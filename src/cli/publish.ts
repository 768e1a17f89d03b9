import { openApp } from '../app/open-app.ts';
import type { Command } from './command.ts';
import { orderOrTell } from './read-order.ts';

export const publish: Command = {
  name: 'publish',
  says: 'sort and publish what is stored, without asking sources',
  group: 'run',
  about: [
    'Does what a round of "start" does behind the sources: what awaits sorting is sorted, rules that have changed are applied, and every document that was made of something else is made again, passes the gate, and takes its place. Hubs and webhooks are told.',
    'For after "restore", after "retract" and "hold", and after an edit of sources.json where no service runs.',
  ],
  examples: [
    { line: 'tributary publish', says: 'What has changed.' },
    { line: 'tributary publish --anew', says: 'Makes every document again, and writes those that come out as others.' },
  ],
  exits: { 1: 'a document was not published, because it was not as it should be' },
  options: [
    {
      name: 'anew',
      argument: null,
      says: 'make all documents again, but for closed archives, which never change; where a file was altered by others',
    },
  ],
  positionals: 0,
  async run(context) {
    const { config, options, terminal, json, log, secretOf, signal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    await using app = await openApp(config, order.site, log, { secretOf });
    terminal.showProgress('Sorting …');
    const sorted = await app.curate(order, signal);
    if (options['anew'] === true) await app.store.upkeep.forgetMade();
    terminal.showProgress('Publishing …');
    const published = await app.publish(order, signal);
    await app.push.run({ until: 'idle', isListening: false }, signal);
    const { written, removed, unchanged, refused } = published;
    if (json)
      terminal.print(
        JSON.stringify({ ok: refused.length === 0, sorted, written, removed, unchanged, refused }, null, 2),
      );
    else {
      terminal.print(`${written.length} files written, ${removed.length} removed, ${unchanged} as they were`);
      for (const { path, reason } of refused) terminal.tell(`not published: ${path}: ${reason}`);
    }
    return refused.length === 0 ? 0 : 1;
  },
};
