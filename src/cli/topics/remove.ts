import type { SourcesDocument } from '../../config/edit/edit-file.ts';
import type { Command } from '../command.ts';
import { DRY_RUN, editList, nextSteps } from '../edit-list.ts';
import { assigned, inForce, isFault } from '../sources/assignments.ts';
import { unknownName } from '../unknown-source.ts';

export const removeTopic: Command = {
  name: 'topics remove',
  says: 'take a topic out of sources.json, and its name out of the sources that name it',
  group: 'change',
  operands: 'TOPIC',
  options: [DRY_RUN],
  positionals: 1,
  about: [
    'Its feeds and its page are gone then (404). To end one with a word to its readers (410), close it: `tributary topics set TOPIC closed=true`.',
  ],
  examples: [{ line: 'tributary topics remove seas', says: 'As if it had never been.' }],
  async run(context) {
    const { positionals, terminal } = context;
    const [id] = positionals;
    if (id === undefined) {
      terminal.tell('Say which: tributary topics remove TOPIC');
      return 2;
    }
    return editList(context, {
      change: (document) => {
        const { topics = [], sources = [] } = document;
        const unknown = unknownName('topic', id, topics);
        if (unknown !== null) return { refusal: unknown };
        const { defaults: before } = document;
        const defaults = isPart(before) ? { defaults: withoutTopic(before, id, {}) } : {};
        // A source that named it alone does not fall to the topics of the defaults.
        const rest = inForce({ ...document, ...defaults });
        return {
          ...document,
          ...defaults,
          topics: topics.filter((topic) => topic.id !== id),
          sources: sources.map((source) => withoutTopic(source, id, rest)),
        } satisfies SourcesDocument;
      },
      says: () => [`Removed ${id}, also from the sources that named it.`, nextSteps(context.config.sources)],
      result: () => ({ removed: id }),
    });
  },
};

type Part = Readonly<Record<string, unknown>>;

function withoutTopic<T extends Part>(part: T, id: string, rest: Part): T {
  const topics = part['topics'];
  if (!Array.isArray(topics) || !topics.includes(id)) return part;
  const after = assigned(part, [{ path: ['topics'], how: 'take', value: id }], rest);
  return isFault(after) ? part : after;
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
