import type { DocumentPart } from '../../config/edit/edit-file.ts';
import { makesId } from '../../config/edit/new-id.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { DRY_RUN, editList, nextSteps } from '../edit-list.ts';
import { assigned, inForce, isFault, readAssignment } from './assignments.ts';
import { readOrder } from '../read-order.ts';
import { askAddress, type AskedFeed } from './ask-address.ts';
import { fullAddress, newId, sourceAt } from './new-source.ts';

export const addSource: Command = {
  name: 'sources add',
  says: 'add a source to sources.json',
  group: 'change',
  operands: 'ADDRESS [KEY=VALUE …]',
  options: [
    { name: 'id', argument: 'ID', says: 'its id; without it one is made of its title, or of its host' },
    { name: 'title', argument: 'TITLE', says: "the publisher's name; without it the feed's" },
    { name: 'topic', argument: 'TOPICS', says: 'ids of topics that all its entries belong to, with commas between' },
    { name: 'no-ask', argument: null, says: 'add the address as it is, without asking whether a feed is there' },
    DRY_RUN,
  ],
  positionals: 100,
  about: [
    'The address is that of a feed, or of a page that has one: it is asked. Of several that a page has, tributary sources discover shows more. Any setting of a source can be given with it, as KEY=VALUE: the value is JSON, or a text.',
    'Everything else in the file stays as it is, notes and layout included, and the version before is kept beside it. A running service takes the new list within a minute.',
  ],
  examples: [
    {
      line: 'tributary sources add https://harbour.example/feed.xml --topic world',
      says: 'All of it goes to one topic.',
    },
    {
      line: 'tributary sources add harbour.example/rss republish=excerpt excerptWords=40',
      says: 'With settings of its own.',
    },
  ],
  async run(context) {
    const { positionals, options, terminal } = context;
    const [address, ...settings] = positionals;
    const wrong = (line: string): ExitCode => {
      terminal.tell(line);
      return 2;
    };
    if (address === undefined) return wrong('Say which: tributary sources add ADDRESS');
    const assignments = settings.map(readAssignment);
    const given = assignments.filter((each) => each !== null);
    const broken = assignments.indexOf(null);
    if (broken >= 0) return wrong(`"${settings[broken]}" is no setting; write it as key=value`);
    const text = (name: string): string | null => (typeof options[name] === 'string' ? options[name] : null);
    const asked = await feedFor(context, { address, id: text('id') });
    if (typeof asked === 'number') return asked;
    const { url } = asked;
    const title = text('title') ?? asked.title ?? URL.parse(url)?.hostname.replace(/^www\./, '') ?? url;
    const topics = text('topic')
      ?.split(',')
      .map((id) => id.trim());
    let added: DocumentPart = { id: '' };
    return editList(context, {
      change: (document) => {
        const { sources = [] } = document;
        const refusal = refusalIn(sources, { url, id: text('id') });
        if (refusal !== null) return { refusal };
        const id = text('id') ?? newId(title, url, new Set(sources.map((source) => source.id)));
        const source = { id, title, url, ...(topics === undefined ? {} : { topics }) };
        const after = assigned(source, given, inForce(document));
        if (isFault(after)) return { refusal: after.fault };
        added = after;
        return { ...document, sources: [...sources, added] };
      },
      says: () => [
        `Added ${added.id}: ${String(added['title'])}, ${String(added['url'])}`,
        ...(text('id') !== null || makesId(title) ? [] : [idHint(added.id)]),
        nextSteps(context.config.sources),
      ],
      result: () => ({ added }),
    });
  },
};

/** The id stays once entries have come in by it: now is the time to choose another. */
function idHint(id: string): string {
  return `Its title has no letters that an id may have, so the id is made of its address. For another one take it out (tributary sources remove ${id}) and add it with --id ID, before it is asked for the first time.`;
}

/** The feed that is meant, by asking for it unless the operator wishes otherwise. */
async function feedFor(
  context: CommandContext,
  { address, id }: { readonly address: string; readonly id: string | null },
): Promise<AskedFeed | ExitCode> {
  const unasked = { url: fullAddress(address), title: null };
  if (context.options['no-ask'] === true) return unasked;
  const reading = await readOrder(context.config);
  // What is faulty, or there already, the edit tells: nobody is asked for that.
  if (!('order' in reading) || refusalIn(reading.order.sources, { url: unasked.url, id }) !== null) return unasked;
  return await askAddress(context, reading.order, address);
}

/** Why a source of that address, or of that id, cannot be added; null where it can. */
function refusalIn(
  sources: readonly { readonly id: string; readonly url?: unknown }[],
  { url, id }: { readonly url: string; readonly id: string | null },
): string | null {
  const same = sourceAt(sources, url);
  if (same !== null) return `${url} is there already, as "${same.id}" (${String(same.url)})`;
  const isTaken = id !== null && sources.some((source) => source.id === id);
  return isTaken ? `there is a source "${id}" already; give this one another --id` : null;
}
