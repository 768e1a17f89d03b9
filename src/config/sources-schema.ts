import { z } from 'zod';
import { alerts } from './schema/alerts.ts';
import { site } from './schema/site.ts';
import { source, sourceDefaults, type Judges } from './schema/source.ts';
import { topic } from './schema/topic.ts';
import { note } from './schema/values.ts';

// The shape of sources.json, and the sentences that editors show. sources.schema.json is generated from here.

export type { Judges };

/** The whole file. `z.input` is what operators write, `z.output` has the defaults filled in. */
export function sourcesFileSchema(judges: Judges) {
  return z.strictObject({
    $schema: z
      .string()
      .optional()
      .describe('For editors: where this schema is.')
      .meta({ examples: ['./sources.schema.json'] }),
    note,
    site,
    alerts,
    defaults: z
      .strictObject(sourceDefaults(judges))
      .default({})
      .describe('Settings of every source that does not say otherwise.'),
    topics: z.array(topic).max(200).describe('What is published: each topic has its page and its feeds.'),
    sources: z.array(source(judges)).max(100_000).describe('The feeds that are read.'),
  });
}

export type SourcesFile = z.output<ReturnType<typeof sourcesFileSchema>>;

/** The JSON Schema for editors, as the text of sources.schema.json. */
export function sourcesJsonSchema(): string {
  const lenient: Judges = { scheduleFault: () => null, selectorFault: () => null };
  const schema = z.toJSONSchema(sourcesFileSchema(lenient), { io: 'input' });
  return `${JSON.stringify({ title: 'Tributary’s sources.json', ...schema }, null, 2)}\n`;
}

/** The names of all that can be set of a source. */
export function sourceSettings(): readonly string[] {
  const { properties } = JSON.parse(sourcesJsonSchema()) as {
    properties: { sources: { items: { properties: Record<string, unknown> } } };
  };
  return Object.keys(properties.sources.items.properties);
}
