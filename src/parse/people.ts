import type { Person } from '../model/feed.ts';
import { pageNamed } from './addresses.ts';
import type { Capping } from './capped.ts';
import type { Element } from './elements.ts';
import { lineOf, wordOf, type Reading } from './element-text.ts';

const EMAIL = /^[^\s@<>()"',;:]{1,64}@[^\s@<>()"',;:]{1,255}$/;

/**
 * A person out of one line: `a@b.example (Name)` (RSS 2.0), `Name (a@b.example)`, `Name <a@b.example>`, an address or a
 * name alone, or both side by side. Null for an empty line.
 */
export function personOfLine(line: string): Person | null {
  const text = line.trim().replace(/^mailto:/i, '');
  if (text === '') return null;
  const split = splitAt(text, '(', ')') ?? splitAt(text, '<', '>') ?? splitBySpace(text);
  if (split !== null) {
    const { before, within } = split;
    if (EMAIL.test(before)) return { name: nameOf(within), email: before, url: null };
    if (EMAIL.test(within)) return { name: nameOf(before), email: within, url: null };
  }
  return EMAIL.test(text) ? { name: null, email: text, url: null } : { name: text, email: null, url: null };
}

/** A name without the quotes and the separators that part it from an address. */
function nameOf(written: string): string | null {
  const name = written.replace(/^[\s,;:|"–-]+|[\s,;:|"–-]+$/g, '');
  return name === '' ? null : name;
}

/** An address first or last, with the name beside it: `Name, a@b.example`. */
function splitBySpace(text: string): { readonly before: string; readonly within: string } | null {
  if (!text.includes('@') || text.indexOf('@') !== text.lastIndexOf('@')) return null;
  const [first, last] = [text.search(/\s/), text.search(/\s\S*$/)];
  if (first < 0) return null;
  return text.indexOf('@') < first
    ? { before: text.slice(0, first).replace(/[,;:]$/, ''), within: text.slice(first) }
    : { before: text.slice(0, last), within: text.slice(last).trim() };
}

/** `before (within)`, where the bracket closes at the end. */
function splitAt(
  text: string,
  open: string,
  close: string,
): { readonly before: string; readonly within: string } | null {
  if (!text.endsWith(close)) return null;
  const at = text.indexOf(open);
  if (at < 0) return null;
  return { before: text.slice(0, at).trim(), within: text.slice(at + 1, -1).trim() };
}

/** A person construct (RFC 4287 §3.2) with the names of Atom 0.3, or a line where no element is within. */
export function personOfElement(reading: Reading, element: Element): Person | null {
  if (element.children.length === 0) {
    const line = lineOf(reading, element);
    return line === null ? null : personOfLine(line);
  }
  let name: string | null = null;
  let email: string | null = null;
  let url: string | null = null;
  for (const part of element.children) {
    const local = part.name.slice(part.name.indexOf(':') + 1);
    if (local === 'name') name ??= lineOf(reading, part);
    else if (local === 'email') email ??= wordOf(reading, part)?.replace(/^mailto:/i, '') ?? null;
    else if (local === 'uri' || local === 'url' || local === 'homepage')
      url ??= pageNamed(reading, wordOf(reading, part), part.base);
  }
  if (name !== null && email === null) {
    const split = personOfLine(name);
    if (split !== null && split.email !== null) ({ name, email } = split);
  }
  return name === null && email === null && url === null ? null : { name, email, url };
}

/** Persons without repetition: the same name or, where one has none, the same address is one person. */
export function distinctPeople({ limits, repairs }: Capping, people: readonly (Person | null)[]): Person[] {
  const kept: Compared[] = [];
  for (const person of people) {
    if (person === null) continue;
    if (kept.length === limits.maxListed) {
      repairs.note('list-capped');
      break;
    }
    const one = { person, name: person.name?.toLowerCase() ?? null };
    const place = kept.findIndex((other) => isSame(other, one));
    if (place < 0) kept.push(one);
    else kept[place] = merge(kept[place]!, one);
  }
  return kept.map(({ person }) => person);
}

/** A person with the name as it is compared. */
type Compared = { readonly person: Person; readonly name: string | null };

function isSame(a: Compared, b: Compared): boolean {
  if (a.name !== null && b.name !== null) return a.name === b.name;
  return a.person.email !== null && a.person.email === b.person.email;
}

function merge(a: Compared, b: Compared): Compared {
  const { name, email, url } = a.person;
  const person = { name: name ?? b.person.name, email: email ?? b.person.email, url: url ?? b.person.url };
  return { person, name: a.name ?? b.name };
}
