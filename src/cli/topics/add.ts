import type { DocumentPart } from '../../config/edit/edit-file.ts';
import { plainId } from '../../config/edit/new-id.ts';
import { isId, isReservedId } from '../../config/schema/values.ts';
import type { Command, ExitCode } from '../command.ts';
import { DRY_RUN, editList, nextSteps } from '../edit-list.ts';
import { assigned, isFault, readAssignment } from '../sources/assignments.ts';
import { shellWord } from '../sources/shell-word.ts';
import { oneLine } from '../terminal.ts';

export const addTopic: Command = {
  name: 'topics add',
  says: 'add a topic to sources.json',
  group: 'change',
  operands: 'ID [KEY=VALUE …]',
  options: [
    { name: 'title', argument: 'TITLE', says: 'its name as readers see it; without it the id' },
    { name: 'any', argument: 'WORDS', says: 'words or phrases of which an entry must have one, with commas between' },
    { name: 'from', argument: 'SOURCES', says: 'ids of sources all of whose entries it takes, with commas between' },
    DRY_RUN,
  ],
  positionals: 100,
  about: ['Any setting of a topic can be given with it, as KEY=VALUE; KEY may lead down, as match.none+=horoscope.'],
  examples: [
    { line: "tributary topics add seas --title 'The Seas' --any 'ferry,harbour,sea level'", says: 'By words.' },
    {
      line: 'tributary topics add local --from harbour-news,tidewater group=true',
      says: 'By sources, one entry an event.',
    },
  ],
  async run(context) {
    const { positionals, options, terminal } = context;
    const [id, ...settings] = positionals;
    const wrong = (line: string): ExitCode => {
      terminal.tell(line);
      return 2;
    };
    if (id === undefined) return wrong('Say which: tributary topics add ID');
    if (!isId(id) && !isReservedId(id)) return wrong(noId(id));
    const assignments = settings.map(readAssignment);
    const given = assignments.filter((each) => each !== null);
    const broken = assignments.indexOf(null);
    if (broken >= 0) return wrong(`"${settings[broken]}" is no setting; write it as key=value`);
    const list = (name: string): readonly string[] | undefined =>
      typeof options[name] === 'string' ? options[name].split(',').map((each) => each.trim()) : undefined;
    const [any, sources] = [list('any'), list('from')];
    const title = typeof options['title'] === 'string' ? options['title'] : titleOf(id);
    const match = { ...(any === undefined ? {} : { any }), ...(sources === undefined ? {} : { sources }) };
    let added: DocumentPart = { id };
    return editList(context, {
      change: (document) => {
        const { topics = [] } = document;
        if (topics.some((topic) => topic.id === id)) return { refusal: `there is a topic "${id}" already` };
        const topic = { id, title, ...(Object.keys(match).length === 0 ? {} : { match }) };
        const after = assigned(topic, given);
        if (isFault(after)) return { refusal: after.fault };
        added = after;
        return { ...document, topics: [...topics, added] };
      },
      says: () => [
        `Added ${id}: ${String(added['title'])}`,
        ...(added['match'] === undefined
          ? [
              `Nothing comes into it yet: give it words (--any), or name it in sources (tributary sources set SOURCE topics+=${id}).`,
            ]
          : []),
        nextSteps(context.config.sources),
      ],
      result: () => ({ added }),
    });
  },
};

/** Whoever gives a title in the place of an id is told the whole line that was meant. */
function noId(written: string): string {
  const name = oneLine(written, 70);
  const id = plainId(name);
  const line = `tributary topics add ${isId(id) ? id : 'ID'} --title ${shellWord(name)}`;
  return `"${name}" can be no id: that is 1 to 63 lower-case letters, digits and hyphens. Say ${line}`;
}

function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
