import { excerptOf } from './excerpt-of.ts';
import type { Json } from './meant-json.ts';

/** The first difference between what was read and what was meant, in words; null if there is none. Order counts. */
export function differenceOfJson(read: Json, meant: Json, path = '$'): string | null {
  if (!isBranch(read) || !isBranch(meant)) return read === meant ? null : `${path}: ${leafDifference(read, meant)}`;
  if (Array.isArray(read) !== Array.isArray(meant))
    return `${path} is ${Array.isArray(read) ? 'an array' : 'an object'}`;
  const keys = Object.keys(read);
  const meantKeys = Object.keys(meant);
  for (let index = 0; index < Math.max(keys.length, meantKeys.length); index++) {
    const [key, meantKey] = [keys[index], meantKeys[index]];
    if (key !== meantKey) return `${path}: ${key ?? 'nothing'} instead of ${meantKey ?? 'nothing'}`;
    const difference = differenceOfJson(at(read, key!), at(meant, key!), `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

type Branch = Extract<Json, object>;

function isBranch(json: Json): json is Branch {
  return typeof json === 'object' && json !== null;
}

function at(branch: Branch, key: string): Json {
  return (branch as { readonly [key: string]: Json })[key]!;
}

function leafDifference(read: Json, meant: Json): string {
  if (typeof read === 'string' && typeof meant === 'string') return excerptOf(read, meant);
  const short = (json: Json): string => JSON.stringify(json).slice(0, 60);
  return `${short(read)} instead of ${short(meant)}`;
}
