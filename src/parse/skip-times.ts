import type { Element } from './elements.ts';
import { wordOf, type Reading } from './element-text.ts';
import type { Gathered } from './gathered.ts';

// RSS 2.0 skipHours and skipDays: when a feed has nothing new, in UTC.

/** Hours from 0 to 23; RSS 0.91 counted from 1 to 24. */
export function gatherSkipHours(reading: Reading, element: Element, into: Gathered): void {
  for (const word of wordsOf(reading, element, 'hour')) {
    const hour = /^\d{1,2}$/.test(word) ? Number(word) : 25;
    if (hour <= 24) addOnce(into.skipHours, hour % 24);
  }
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Days by their English names; 0 is Sunday. */
export function gatherSkipDays(reading: Reading, element: Element, into: Gathered): void {
  for (const word of wordsOf(reading, element, 'day')) {
    const day = DAYS.indexOf(word.toLowerCase());
    if (day >= 0) addOnce(into.skipDays, day);
  }
}

function wordsOf(reading: Reading, { children }: Element, name: string): string[] {
  const words = children.filter((part) => part.name === name).map((part) => wordOf(reading, part));
  return words.filter((word) => word !== null);
}

function addOnce(values: number[], value: number): void {
  if (!values.includes(value)) values.push(value);
}
