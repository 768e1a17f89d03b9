import type { z } from 'zod';
import { nearestName } from '../support/nearest-name.ts';
import { placesOf, type Path, type Sought } from './json-places.ts';
import type { TextPlace } from './json-position.ts';
import type { KnownThere } from './schema-at.ts';

/** One fault of sources.json: where (`sources[3].url`, or empty for the whole), what, what would be right. */
export type Fault = {
  readonly path: string;
  /** Where in the text the faulty value, or the name that is none, begins; null: it is of the file as a whole. */
  readonly place: TextPlace | null;
  readonly message: string;
  /** The id of the source or topic that it is in, where that is known. */
  readonly of?: string;
};

/** A fault as it is found. `part`: whether it is of the value at the path, or of the name that this goes by. */
export type FoundFault = Sought & { readonly message: string };

/** Faults as they are told: with paths in words, and their places in the text. */
export function toldFaults(found: readonly FoundFault[], text: string): Fault[] {
  const places = placesOf(text, found);
  return found.map(({ path, message }, at) => ({
    path: pathText(path),
    place: path.length === 0 ? null : places[at]!,
    message,
  }));
}

/**
 * Zod's issues as sentences for people, with the value that was seen and the nearest known name of an unknown key.
 * @param knownAt what the schema knows of a path
 */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  document: unknown,
  knownAt: (path: Path) => KnownThere,
): FoundFault[] {
  return told(issues).flatMap((issue): FoundFault[] => {
    if (issue.code !== 'unrecognized_keys') {
      const isSecret = issue.path.some((step) => SECRET.has(step));
      const seen = { value: valueAt(document, issue.path), isSecret, example: knownAt(issue.path).example };
      return [{ path: issue.path, part: 'value', message: sentence(issue, seen) }];
    }
    const known = knownAt(issue.path).keys;
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      part: 'name',
      message: `is not a known setting${suggestion(key, known)}; known here: ${known.join(', ')}`,
    }));
  });
}

/** Of what stands below these names no value is repeated: it may be a password, in the right place or in the wrong one. */
const SECRET: ReadonlySet<PropertyKey> = new Set(['headers', 'secretEnv', 'serverEnv', 'auth']);

/** Without the issues of a value that follow from another of its own: one of the wrong type is not too short as well. */
function told(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const together = Map.groupBy(issues, ({ path }) => JSON.stringify(path));
  return issues.filter((issue) => {
    const others = together.get(JSON.stringify(issue.path))!.filter((other) => other !== issue);
    if (issue.code === 'invalid_type' || issue.code === 'unrecognized_keys') return true;
    if (others.some(({ code }) => code === 'invalid_type')) return false;
    // What is missing may be what stands there under a name that is not known.
    if (issue.code === 'custom' && others.some(({ code }) => code === 'unrecognized_keys')) return false;
    const isOfAnyNumber = issue.code === 'too_big' && issue.maximum === Number.MAX_SAFE_INTEGER;
    return !isOfAnyNumber || others.every(({ code }) => code !== 'too_big');
  });
}

type Seen = { readonly value: unknown; readonly isSecret: boolean; readonly example: string | null };

function sentence(issue: z.core.$ZodIssue, { value: seen, isSecret, example }: Seen): string {
  const it = isSecret && typeof seen === 'string' ? 'not shown' : shown(seen);
  switch (issue.code) {
    case 'invalid_type':
      return seen === undefined
        ? `is missing: ${withArticle(issue.expected)} belongs here${asIn(example)}`
        : `${isSecret ? '' : `is ${it}, but `}must be ${withArticle(issue.expected)}${(isSecret ? '' : typeHint(issue.expected, seen)) || asIn(example)}`;
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const hint = typeof seen === 'string' ? suggestion(seen, allowed) : '';
      return `is ${it}, but must be one of ${allowed.map((value) => `"${value}"`).join(', ')}${hint}`;
    }
    case 'too_big':
    case 'too_small':
      if (typeof seen !== 'number') return `${sizeSentence(issue)} (it is ${it})`;
      return issue.code === 'too_big'
        ? `is ${seen}, but must be at most ${issue.maximum}`
        : `is ${seen}, but must be at least ${issue.minimum}`;
    case 'custom':
      // It is about how the parts go together: that it is an object says nothing.
      return typeof seen === 'object' && seen !== null ? issue.message : `${issue.message} (it is ${it})`;
    default:
      return `${issue.message} (it is ${it})`;
  }
}

/** In the schema's own words, where it has some. */
function sizeSentence(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  if (!/^Too (?:big|small):/.test(issue.message)) return issue.message;
  const bound = issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
  return issue.origin === 'string' ? `must be ${bound} characters long` : `must hold ${bound} of them`;
}

function asIn(example: string | null): string {
  return example === null ? '' : `, as ${example}`;
}

/** How what was meant is written. */
function typeHint(expected: string, seen: unknown): string {
  if (expected === 'array' && (typeof seen === 'string' || typeof seen === 'number')) return `, as [${shown(seen)}]`;
  const isQuoted =
    typeof seen === 'string' &&
    (expected === 'boolean'
      ? /^(?:true|false)$/.test(seen)
      : /^(?:number|int)$/.test(expected) && /^-?\d+(?:\.\d+)?$/.test(seen));
  return isQuoted ? ', without quotation marks' : '';
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
  const nearest = nearestName(written, known) ?? begunName(written, known);
  return nearest === null ? '' : ` — did you mean "${nearest}"?`;
}

/** The one name that is a beginning of what was written, or the other way round: `timeout` for `timeoutSeconds`. */
function begunName(written: string, known: readonly string[]): string | null {
  const wanted = written.toLowerCase();
  const begun = known.filter((name) => {
    const [short = '', long = ''] = [name.toLowerCase(), wanted].toSorted((a, b) => a.length - b.length);
    return short.length >= SHORTEST_BEGINNING && long.startsWith(short);
  });
  return begun.length === 1 ? begun[0]! : null;
}

const SHORTEST_BEGINNING = 3;

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
