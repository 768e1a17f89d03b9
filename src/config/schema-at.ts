import { sourcesJsonSchema } from './sources-schema.ts';
import type { Path } from './json-places.ts';

/** What the schema knows of a place in sources.json. */
export type KnownThere = {
  /** The names that may stand in the object there. */
  readonly keys: readonly string[];
  /** How what belongs there is written, as JSON; null where no short example is known. */
  readonly example: string | null;
};

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
};

const LONGEST_EXAMPLE = 80;

/** Opens the schema for looking up places in it. */
export function openSchema(): (path: Path) => KnownThere {
  const all = JSON.parse(sourcesJsonSchema()) as JsonSchema;
  return (path) => {
    let schema: JsonSchema | undefined = all;
    for (const part of path) schema = typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)];
    return { keys: Object.keys(schema?.properties ?? {}), example: exampleOf(schema) };
  };
}

function exampleOf(schema: JsonSchema | undefined): string | null {
  const value = schema?.examples?.[0] ?? schema?.default;
  const isTelling =
    value !== undefined &&
    typeof value !== 'boolean' &&
    JSON.stringify(value) !== '[]' &&
    JSON.stringify(value) !== '{}';
  const text = isTelling ? spaced(value) : null;
  return text === null || text.length > LONGEST_EXAMPLE ? null : text;
}

/** JSON on one line, as people write it: `{ "min": "10m" }`. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)}: ${spaced(part)}`)
    .join(', ')} }`;
}
