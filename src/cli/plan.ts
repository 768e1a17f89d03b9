import { digestOfRenderer } from '../app/code-digests.ts';
import { VERSION } from '../app/version.ts';
import type { Order } from '../config/sources-file.ts';
import { openOutbound } from '../fetch/open-outbound.ts';
import { changesNothing, isComplete, makePlan } from '../pipeline/plan/make-plan.ts';
import { openRehearsalRoom } from '../pipeline/plan/open-rehearsal-room.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import type { Command, CommandContext } from './command.ts';
import { planMarkdown } from './plan-markdown.ts';
import { planObject } from './plan-object.ts';
import { orderOrTell } from './read-order.ts';

/** So much of each list is printed, unless all is asked for. */
const FIRST = 12;

export const plan: Command = {
  name: 'plan',
  group: 'look',
  says: 'tell what a changed sources.json would change in every output, and change nothing',
  about: [
    'The list is rehearsed: a copy of the database, in the system’s folder for temporary files, goes through one whole cycle under it, with what sources and pages last answered (the history) in the place of the network. What readers would have then is compared with what they have. Neither database nor output nor any server notices.',
    'What nobody has asked yet, as the feed of a new source, is not known; the plan says so, and --fetch asks it, and nothing else, without keeping the answers.',
  ],
  options: [
    {
      name: 'against',
      argument: 'FILE',
      says: 'compare with what this list would give, in the place of what is published',
    },
    { name: 'fetch', argument: null, says: 'ask feeds and pages that were never asked; their answers are not kept' },
    { name: 'all', argument: null, says: `print everything, not the first ${FIRST} of each` },
    { name: 'exit-code', argument: null, says: 'end with 3 if anything published would change, or is not known' },
  ],
  examples: [
    { line: 'tributary plan --sources new.json', says: 'Tells what new.json would change, as Markdown.' },
    {
      line: 'tributary plan --sources new.json --exit-code --json > plan.json',
      says: 'For a script that has somebody look at what changes.',
    },
  ],
  exits: {
    0: 'nothing published would change, or --exit-code was not given; what a setting does to entries to come is told and does not count',
    3: 'something published would change, or is not known (--exit-code)',
  },
  positionals: 0,
  async run(context) {
    const { config, options, terminal, json, log, secretOf, signal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const against = await otherList(context);
    if (against === undefined) return 1;
    const clock = stoppedClock(config.now ?? systemClock().now());
    terminal.showProgress('Copying the database …');
    await using parts = new AsyncDisposableStack();
    const room = parts.use(await openRehearsalRoom(config, { clock: systemClock() }));
    signal.throwIfAborted();
    const userAgent = `Tributary/${VERSION} (+${order.site.url})`;
    const { allowNetwork: allowedNetworks, hostSpacingMs, atOnce, maxFeedBytes, maxPageBytes, proxy } = config;
    const anew =
      options['fetch'] === true
        ? parts.use(openOutbound({ clock: systemClock() }, { userAgent, allowedNetworks, hostSpacingMs, proxy }))
            .outbound
        : null;
    const limits = { maxFeedBytes, maxPageBytes, timeoutMs: config.timeoutSeconds * 1000 };
    const rendererDigest = await digestOfRenderer();
    const made = await makePlan(
      { room, anew, clock, log, rendererDigest, userAgent, atOnce, limits, secretOf },
      { order, against },
      (line) => terminal.showProgress(line),
      signal,
    );
    terminal.showProgress('');
    const names = { list: config.sources, against: typeof options['against'] === 'string' ? options['against'] : null };
    const most = options['all'] === true ? Infinity : FIRST;
    if (json) terminal.print(JSON.stringify(planObject(made, names), null, 2));
    else for (const line of planMarkdown(made, { ...names, order, most })) terminal.print(line);
    return options['exit-code'] === true && !(changesNothing(made) && isComplete(made)) ? 3 : 0;
  },
};

/** The list to compare with; null: what is published. Undefined after its faults were told. */
async function otherList(context: CommandContext): Promise<Order | null | undefined> {
  const named = context.options['against'];
  if (typeof named !== 'string') return null;
  return (await orderOrTell({ ...context, config: { ...context.config, sources: named } })) ?? undefined;
}
