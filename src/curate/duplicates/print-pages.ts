import type { TextPrint } from './text-print.ts';

/** Keeps prints close together in few large arrays: 100,000 arrays of their own would take half as much again. */
export type PrintPages = {
  /** Keeps a copy; gives where it is. */
  add(print: TextPrint): number;
  /** The print, as a view of where it is kept: good until it is removed. */
  at(where: number): TextPrint;
  remove(where: number): void;
  /** How many numbers of 32 bits the pages take. */
  readonly length: number;
};

/** A megabyte. What came together leaves together, by age, so that pages become empty and go. */
const PAGE_LENGTH = 2 ** 18;

type Page = { readonly numbers: Uint32Array; used: number; held: number };

export function openPrintPages(): PrintPages {
  const pages: (Page | null)[] = [];
  let current = -1;

  function pageFor(length: number): number {
    const page = pages[current];
    if (page !== undefined && page !== null && page.used + length <= page.numbers.length) return current;
    const numbers = new Uint32Array(Math.max(PAGE_LENGTH, length));
    const left = current;
    const free = pages.indexOf(null);
    current = free === -1 ? pages.length : free;
    pages[current] = { numbers, used: 0, held: 0 };
    if (page?.held === 0) pages[left] = null;
    return current;
  }

  function add(print: TextPrint): number {
    const number = pageFor(print.length + 1);
    const page = pages[number]!;
    const start = page.used;
    page.numbers[start] = print.length;
    page.numbers.set(print, start + 1);
    page.used += print.length + 1;
    page.held++;
    return number * PAGE_LENGTH + start;
  }

  function at(where: number): TextPrint {
    const { numbers } = pages[Math.floor(where / PAGE_LENGTH)]!;
    const start = where % PAGE_LENGTH;
    return numbers.subarray(start + 1, start + 1 + numbers[start]!);
  }

  function remove(where: number): void {
    const number = Math.floor(where / PAGE_LENGTH);
    const page = pages[number]!;
    page.held--;
    if (page.held > 0) return;
    if (number === current) page.used = 0;
    else pages[number] = null;
  }

  return {
    add,
    at,
    remove,
    get length() {
      return pages.reduce((sum, page) => sum + (page?.numbers.length ?? 0), 0);
    },
  };
}
