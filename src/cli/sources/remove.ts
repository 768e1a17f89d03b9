import type { Command } from '../command.ts';
import { DRY_RUN, editList } from '../edit-list.ts';
import { unknownSource } from '../unknown-source.ts';

export const removeSources: Command = {
  name: 'sources remove',
  says: 'take sources out of sources.json; what they published stays',
  group: 'change',
  operands: 'SOURCE …',
  options: [DRY_RUN],
  positionals: 10_000,
  about: [
    'What a source has published stays until it expires. `tributary retract --source ID` takes it back, with word to readers; do that before the source is removed or after.',
    'To stop asking it for a while, `tributary sources set ID enabled=false` keeps its settings.',
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
        `Removed ${[...gone].join(', ')}. What was published stays; tributary retract --source ID takes it back.`,
      ],
      result: () => ({ removed: [...gone] }),
    });
  },
};
