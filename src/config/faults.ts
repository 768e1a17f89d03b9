import type { z } from 'zod';
import { nearestName } from '../support/nearest-name.ts';

/** One fault of sources.json: where (`sources[3].url`, `line 4, column 7`, or empty for the whole), what, what would be right. */
export type Fault = { readonly path: string; readonly message: string };

type Path = readonly PropertyKey[];

/**
 * Zod's issues as sentences for people, with the value that was seen and the nearest known name of an unknown key.
 * @param keysAt the keys that may stand in the object at a path
 */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  document: unknown,
  keysAt: (path: Path) => readonly string[],
): Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ path: pathText(issue.path), message: sentence(issue, valueAt(document, issue.path)) }];
    }
    const known = keysAt(issue.path);
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: `is not a known setting${suggestion(key, known)}; known here: ${known.join(', ')}`,
    }));
  });
}

function sentence(issue: z.core.$ZodIssue, seen: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return seen === undefined
        ? `is missing: ${withArticle(issue.expected)} belongs here`
        : `is ${shown(seen)}, but must be ${withArticle(issue.expected)}`;
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const hint = typeof seen === 'string' ? suggestion(seen, allowed) : '';
      return `is ${shown(seen)}, but must be one of ${allowed.map((value) => `"${value}"`).join(', ')}${hint}`;
    }
    case 'too_big':
    case 'too_small':
      if (typeof seen !== 'number') return `${issue.message} (it is ${shown(seen)})`;
      return issue.code === 'too_big'
        ? `is ${seen}, but must be at most ${issue.maximum}`
        : `is ${seen}, but must be at least ${issue.minimum}`;
    default:
      return `${issue.message} (it is ${shown(seen)})`;
  }
}

/** `sources[3].url` */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = String(part);
    const plain = /^[$\w-]{1,100}$/.test(name) ? name : JSON.stringify(name.slice(0, 100));
    return text === '' ? plain : `${text}.${plain}`;
  }, '');
}

/** `, did you mean "schedule"?` when a known name is near. */
export function suggestion(written: string, known: readonly string[]): string {
  const nearest = nearestName(written, known);
  return nearest === null ? '' : ` — did you mean "${nearest}"?`;
}

function valueAt(document: unknown, path: Path): unknown {
  let value = document;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** A value as it may be shown: short, and without the password of an address. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value).replace(/(:\/\/)[^/@"]*@/, '$1***@');
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

function withArticle(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text in quotes',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list […]',
    object: 'an object {…}',
    record: 'an object {…}',
  };
  return names[type] ?? type;
}
