import { marksOf, remembering, type Mark } from './class-marks.ts';

/** What every name that hides an element holds a part of. */
const MAY_BE_HIDDEN = /hidden|screen|none|only|assistive/i;
const AUTHOR_OR_DATE = /author|byline|date|time|publi|posted|autor|writer/i;
const LONGEST = 300;

export function mayBeHidden(names: string): boolean {
  return MAY_BE_HIDDEN.test(names);
}

/** Whether classes, an id or the like name an author or a date. */
export function namesAuthorOrDate(names: string): boolean {
  return AUTHOR_OR_DATE.test(names.slice(0, LONGEST));
}

/** All that is asked of the value of a class attribute; each is answered once, when it is asked for the first time. */
export class ClassNames {
  readonly #names: string;
  #marks: readonly Mark[] | null = null;
  #mayBeHidden: boolean | null = null;
  #namesAuthorOrDate: boolean | null = null;

  constructor(names: string) {
    this.#names = names;
  }

  get marks(): readonly Mark[] {
    return (this.#marks ??= marksOf(this.#names));
  }

  get mayBeHidden(): boolean {
    return (this.#mayBeHidden ??= mayBeHidden(this.#names));
  }

  get namesAuthorOrDate(): boolean {
    return (this.#namesAuthorOrDate ??= namesAuthorOrDate(this.#names));
  }
}

/** A reader of class attributes with a memory of its own: within a page the same come again and again. */
export function classReader(): (names: string) => ClassNames {
  return remembering((names) => new ClassNames(names));
}
