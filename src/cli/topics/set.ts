import type { DocumentPart } from '../../config/edit/edit-file.ts';
import type { Command, ExitCode } from '../command.ts';
import { DRY_RUN, editList, nextSteps } from '../edit-list.ts';
import { assigned, isFault, readAssignment } from '../sources/assignments.ts';
import { unknownName } from '../unknown-source.ts';

export const setTopic: Command = {
  name: 'topics set',
  says: 'change settings of a topic',
  group: 'change',
  operands: 'TOPIC KEY=VALUE …',
  options: [DRY_RUN],
  positionals: 100,
  about: [
    'KEY=VALUE sets, KEY= takes the setting away so that the default holds again, KEY+=VALUE and KEY-=VALUE put something into a list and take it out. KEY may lead down: match.any+=ferry. Values are JSON, or texts.',
    'An id stays: to rename a topic, give it another one in the file and name the old one in "formerly".',
  ],
  examples: [
    { line: 'tributary topics set world match.none+=horoscope', says: 'One word more that its entries may not have.' },
    { line: 'tributary topics set world group=true maxEntries=30', says: 'Two settings at once.' },
  ],
  async run(context) {
    const { positionals, terminal } = context;
    const [id, ...settings] = positionals;
    const wrong = (line: string): ExitCode => {
      terminal.tell(line);
      return 2;
    };
    const assignments = settings.map(readAssignment);
    const given = assignments.filter((each) => each !== null);
    const broken = assignments.indexOf(null);
    if (id === undefined || settings.length === 0) return wrong('Say what: tributary topics set TOPIC key=value');
    if (broken >= 0) return wrong(`"${settings[broken]}" is no setting; write it as key=value`);
    if (given.some(({ path }) => path[0] === 'id'))
      return wrong('An id stays. To rename a topic give it another in the file, and name the old one in "formerly".');
    let changed: DocumentPart = { id };
    return editList(context, {
      change: (document) => {
        const { topics = [] } = document;
        const topic = topics.find((each) => each.id === id);
        if (topic === undefined) return { refusal: unknownName('topic', id, topics) ?? `there is no topic "${id}"` };
        const after = assigned(topic, given);
        if (isFault(after)) return { refusal: after.fault };
        changed = after;
        return { ...document, topics: topics.map((each) => (each.id === id ? after : each)) };
      },
      says: () => [`${settings.join(' ')}: ${id} changed.`, nextSteps(context.config.sources)],
      result: () => ({ changed }),
    });
  },
};
