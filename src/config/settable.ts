import { sourcesJsonSchema } from './sources-schema.ts';

/** Something that a command line can set of a source or a topic. */
export type Settable = {
  /** `republish`, or a way down: `quota.most`. */
  readonly key: string;
  /** Whether it is a list of words, which can be put into it and taken out one by one. */
  readonly isList: boolean;
  /** All that it may be, or its list may hold, where that is a few words; else none. */
  readonly words: readonly string[];
};

type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
};

/** All that can be set of each element of one of the lists of sources.json. An id is not: it stays. */
export function settableIn(list: 'sources' | 'topics'): readonly Settable[] {
  const schema = JSON.parse(sourcesJsonSchema()) as Schema;
  return settableOf(schema.properties?.[list]?.items ?? {}, '').filter(({ key }) => key !== 'id');
}

function settableOf({ properties = {} }: Schema, before: string): Settable[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const key = before + name;
    if (schema.properties !== undefined) return settableOf(schema, `${key}.`);
    // Of a part of a setting, nobody notes anything on a command line.
    if (name === 'note' && before !== '') return [];
    const isList = schema.type === 'array' && schema.items?.type === 'string';
    return [{ key, isList, words: wordsOf(isList ? schema.items : schema) }];
  });
}

function wordsOf({ type, enum: allowed = [] }: Schema): readonly string[] {
  return type === 'boolean' ? ['true', 'false'] : allowed.map(String);
}
