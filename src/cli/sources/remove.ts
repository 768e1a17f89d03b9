import type { Command } from '../command.ts';
import { DRY_RUN, editList } from '../edit-list.ts';
import { unknownSource } from '../unknown-source.ts';

export const removeSources: Command = {
  name: 'sources remove',
  says: 'take sources out of sources.json; what they published stays, as links',
  group: 'change',
  operands: 'SOURCE …',
  options: [DRY_RUN],
  positionals: 10_000,
  about: [
    'What a source has published stays, but as titles and links: nobody answers for its texts any more. `tributary retract --source ID` takes it back altogether, with word to readers; do that before the source is removed or after.',
    '`tributary sources set ID enabled=false` stops asking it too, and keeps its settings and its texts.',
  ],
  examples: [{ line: 'tributary sources remove harbour-news', says: 'It is asked no more.' }],
  async run(context) {
    const { positionals, terminal } = context;
    if (positionals.length === 0) {
      terminal.tell('Say which: tributary sources remove SOURCE …');
      return 2;
    }
    const gone = new Set(positionals);
    return editList(context, {
      change: (document, order) => {
        const unknown = positionals.map((id) => unknownSource(id, order.sources)).find((fault) => fault !== null);
        if (unknown !== undefined) return { refusal: unknown };
        return { ...document, sources: document.sources!.filter(({ id }) => !gone.has(id)) };
      },
      says: () => [
        `Removed ${[...gone].join(', ')}. What ${gone.size === 1 ? 'it' : 'they'} published stays as titles and links; tributary retract --source ID takes that back too.`,
      ],
      result: () => ({ removed: [...gone] }),
    });
  },
};
