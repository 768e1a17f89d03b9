import { describe, expect, test } from '@jest/globals';
import { readSourcesFile } from '../../src/config/sources-file.ts';
import { SOURCE_DEFAULTS } from '../../src/config/schema/source-defaults.ts';
import { sourcesJsonSchema } from '../../src/config/sources-schema.ts';

type Schema = {
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: unknown;
};
type Place = { readonly at: string; readonly schema: Schema };

const schema = JSON.parse(sourcesJsonSchema()) as Schema;

function placesIn({ properties = {}, items }: Schema, above: string): Place[] {
  const inner = Object.entries(properties).map(([name, part]) => ({ at: `${above}.${name}`, schema: part }));
  const parts = items === undefined ? inner : [{ at: `${above}[]`, schema: items }, ...inner];
  return parts.flatMap((part) => [part, ...placesIn(part.schema, part.at)]);
}

const places = placesIn(schema, '');
const named = (isFaulty: (place: Place) => boolean): string[] => places.filter(isFaulty).map(({ at }) => at);

describe('sources.schema.json', () => {
  test('knows every place', () => {
    expect(places.length).toBeGreaterThan(150);
    expect(
      named(({ schema: { type, additionalProperties } }) => type === 'object' && additionalProperties === undefined),
    ).toEqual([]);
  });

  test('says a sentence of every setting, and of whatever stands in a list', () => {
    const isObjectInList = ({ at, schema: { properties } }: Place): boolean =>
      at.endsWith('[]') && properties !== undefined;
    expect(named((place) => !isObjectInList(place) && !/^[^]{8,}[.…]$/.test(place.schema.description ?? ''))).toEqual(
      [],
    );
  });

  test('shows how every setting is written: by its default, its possible values or an example', () => {
    const isPlain = ({ at, schema: { type } }: Place): boolean =>
      type === 'boolean' || at.endsWith('[]') || at.endsWith('.note') || ['.site', '.topics', '.sources'].includes(at);
    const isShown = ({ schema: { examples, default: byDefault, enum: values } }: Place): boolean =>
      (examples ?? values ?? []).length > 0 || byDefault !== undefined;
    expect(named((place) => !isPlain(place) && !isShown(place))).toEqual([]);
  });

  test('tells of each setting of a source what it is by default', () => {
    const { properties } = schema.properties!['sources']!.items!;
    const told = Object.fromEntries(Object.keys(SOURCE_DEFAULTS).map((name) => [name, properties![name]!.default]));
    expect(told).toEqual(SOURCE_DEFAULTS);
  });

  test('gives examples that are right', () => {
    const site = { title: 'T', url: 'https://news.example.org/' };
    const sources = [{ id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed.xml' }];
    const topics = [{ id: 'world', title: 'World' }];
    const right = { site, topics, sources };
    const examplesOf = (at: string): readonly (readonly [string, unknown])[] =>
      places
        .filter(
          (place) => place.at.startsWith(at) && !place.at.slice(at.length).includes('.') && !place.at.endsWith('[]'),
        )
        .flatMap((place) =>
          (place.schema.examples ?? []).map((example) => [place.at.slice(at.length), example] as const),
        );
    const judges = { scheduleFault: () => null, selectorFault: () => null };
    const faults = (document: object): unknown => {
      const reading = readSourcesFile(new TextEncoder().encode(JSON.stringify(document)), judges);
      return 'faults' in reading ? reading.faults : [];
    };
    const tried = [
      ...examplesOf('.site.').map(([name, value]) => ({ ...right, site: { ...site, [name]: value } })),
      ...examplesOf('.sources[].').map(([name, value]) => ({ ...right, sources: [{ ...sources[0], [name]: value }] })),
      ...examplesOf('.topics[].')
        .filter(([name]) => name !== 'id')
        .map(([name, value]) => ({ ...right, topics: [{ ...topics[0], [name]: value }] })),
      ...examplesOf('.defaults.').map(([name, value]) => ({ ...right, defaults: { [name]: value } })),
    ];
    expect(tried.length).toBeGreaterThan(50);
    expect(
      tried.map((document) => [document, faults(document)]).filter(([, found]) => (found as unknown[]).length > 0),
    ).toEqual([]);
  });
});
