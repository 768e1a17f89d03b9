/**
 * A text as both databases take it. U+0000 is no character of any text of ours (XML 1.0 §2.2 forbids it), PostgreSQL
 * refuses it and SQLite's own functions end at it; so it is taken out, from what is saved and from what is asked for.
 */
export function storable(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
}

/** The parameters of a statement, their texts storable; the same array where nothing had to go. */
export function storableParameters(parameters: readonly unknown[]): readonly unknown[] {
  for (const parameter of parameters) if (holdsNul(parameter)) return parameters.map(withoutNul);
  return parameters;
}

function holdsNul(parameter: unknown): boolean {
  if (typeof parameter === 'string') return parameter.includes('\u0000');
  return Array.isArray(parameter) && parameter.some(holdsNul);
}

function withoutNul(parameter: unknown): unknown {
  if (typeof parameter === 'string') return storable(parameter);
  return Array.isArray(parameter) ? parameter.map(withoutNul) : parameter;
}
