import type { DocumentPart, SourcesDocument } from '../../config/edit/edit-file.ts';
import type { Command, ExitCode } from '../command.ts';
import { DRY_RUN, editList, nextSteps } from '../edit-list.ts';
import { unknownSource } from '../unknown-source.ts';
import { assigned, inForce, isFault, meets, readAssignment, readConditions, unknownSetting } from './assignments.ts';

export const setSources: Command = {
  name: 'sources set',
  says: 'change settings of one source, of several, or of all that meet a condition',
  group: 'change',
  operands: '[SOURCE …] KEY=VALUE …',
  options: [
    {
      name: 'where',
      argument: 'CONDITIONS',
      says: 'of those that are so: key=value, key!=value, key~text, with commas between',
    },
    { name: 'all', argument: null, says: 'of all sources' },
    DRY_RUN,
  ],
  positionals: 10_000,
  about: [
    'KEY=VALUE sets, KEY= takes the setting away so that the default holds again, KEY+=VALUE and KEY-=VALUE put something into a list and take it out. KEY may lead down: quota.most. Values are JSON, or texts.',
    'Conditions see the defaults too: enabled=true are all that do not say otherwise. A list is as any of its elements: topics=world.',
  ],
  examples: [
    { line: 'tributary sources set harbour-news republish=excerpt', says: 'One setting of one source.' },
    {
      line: "tributary sources set --where 'topics=world' topics+=diplomacy --dry-run",
      says: 'What a change of many would do to the file.',
    },
    { line: "tributary sources set --where 'url~example.org' enabled=false", says: 'All of a host are asked no more.' },
  ],
  async run(context) {
    const { positionals, options, terminal } = context;
    const wrong = (line: string): ExitCode => {
      terminal.tell(line);
      return 2;
    };
    const ids = positionals.filter((each) => !each.includes('='));
    const settings = positionals.filter((each) => each.includes('='));
    const assignments = settings.map(readAssignment);
    const given = assignments.filter((each) => each !== null);
    const broken = assignments.indexOf(null);
    if (broken >= 0) return wrong(`"${settings[broken]}" is no setting; write it as key=value`);
    if (settings.length === 0) return wrong('Say what: tributary sources set SOURCE key=value');
    if (assignments.some((each) => each!.path[0] === 'id'))
      return wrong(
        'An id stays: with another one every entry of the source would be new to readers. Add a source instead.',
      );
    const where = typeof options['where'] === 'string' ? options['where'] : null;
    const conditions = where === null ? [] : readConditions(where);
    if (conditions === null) return wrong(`--where "${where}" is none; write it as key=value, key!=value or key~text`);
    const unknown = unknownSetting(conditions);
    if (unknown !== null) return wrong(unknown);
    if (ids.length > 0 && options['all'] === true) return wrong('Say ids or --all, not both');
    if (ids.length === 0 && where === null && options['all'] !== true)
      return wrong('Say of which: ids, --where CONDITIONS, or --all');
    const isMeant = (source: DocumentPart, document: SourcesDocument): boolean =>
      (ids.length === 0 || ids.includes(source.id)) && meets({ ...inForce(document), ...source }, conditions);
    let [meant, changed]: [readonly string[], readonly string[]] = [[], []];
    return editList(context, {
      change: (document, order) => {
        const noSource = ids.map((id) => unknownSource(id, order.sources)).find((fault) => fault !== null);
        if (noSource !== undefined) return { refusal: noSource };
        const { sources = [] } = document;
        const outcomes = sources.map((source) =>
          isMeant(source, document) ? assigned(source, given, inForce(document)) : source,
        );
        const fault = outcomes.find(isFault);
        if (fault !== undefined) return { refusal: `${fault.fault}; nothing was changed` };
        const after = outcomes.filter((outcome): outcome is DocumentPart => !isFault(outcome));
        meant = sources.filter((source) => isMeant(source, document)).map(({ id }) => id);
        if (meant.length === 0) return { refusal: 'No source is so; nothing was changed' };
        changed = after
          .filter((source, at) => JSON.stringify(source) !== JSON.stringify(sources[at]))
          .map(({ id }) => id);
        return { ...document, sources: after };
      },
      says: () => [
        `${settings.join(' ')}: ${changed.length} of ${meant.length} sources changed${changed.length <= 10 ? ` (${changed.join(', ')})` : ''}.`,
        nextSteps(context.config.sources),
      ],
      result: () => ({ meant, changed }),
    });
  },
};
