import type { DocumentPart } from '../../config/edit/edit-file.ts';
import type { Command, ExitCode } from '../command.ts';
import { DRY_RUN, editList } from '../edit-list.ts';
import { assigned, readAssignment } from './assignments.ts';
import { fullAddress, newId, sourceAt } from './new-source.ts';

export const addSource: Command = {
  name: 'sources add',
  says: 'add a source to sources.json',
  group: 'change',
  operands: 'ADDRESS [KEY=VALUE …]',
  options: [
    { name: 'id', argument: 'ID', says: 'its id; without it one is made of its title' },
    { name: 'title', argument: 'TITLE', says: "the publisher's name; without it the host's" },
    { name: 'topic', argument: 'TOPICS', says: 'ids of topics that all its entries belong to, with commas between' },
    DRY_RUN,
  ],
  positionals: 100,
  about: [
    'The address is that of a feed; `tributary sources discover` finds those of a page. Any setting of a source can be given with it, as KEY=VALUE: the value is JSON, or a text.',
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
    const broken = assignments.indexOf(null);
    if (broken >= 0) return wrong(`"${settings[broken]}" is no setting; write it as key=value`);
    const url = fullAddress(address);
    const text = (name: string): string | null => (typeof options[name] === 'string' ? options[name] : null);
    const title = text('title') ?? URL.parse(url)?.hostname.replace(/^www\./, '') ?? url;
    const topics = text('topic')
      ?.split(',')
      .map((id) => id.trim());
    let added: DocumentPart = { id: '' };
    return editList(context, {
      change: (document) => {
        const same = sourceAt(document, url);
        if (same !== null) return { refusal: `${url} is there already, as "${same.id}" (${String(same['url'])})` };
        const { sources = [] } = document;
        const ids = new Set(sources.map(({ id }) => id));
        const id = text('id') ?? newId(title, url, ids);
        if (ids.has(id)) return { refusal: `there is a source "${id}" already; give this one another --id` };
        const source = { id, title, url, ...(topics === undefined ? {} : { topics }) };
        added = assigned(
          source,
          assignments.filter((each) => each !== null),
        );
        return { ...document, sources: [...sources, added] };
      },
      says: () => [
        `Added ${added.id}: ${String(added['title'])}, ${String(added['url'])}`,
        'tributary plan shows what that will change; a running service takes it within a minute.',
      ],
      result: () => ({ added }),
    });
  },
};
