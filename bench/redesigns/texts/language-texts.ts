/**
 * What an invented newsroom of one language can say. Sentences hold slots in braces: `{place}` takes a word of
 * `slots.place`, `{Place}` the same with a capital letter, `{n}` a number, `{year}` a year. The slots that are in
 * `fixed` keep one value through a whole article, as do `{person}` and `{other}`, who are its two people.
 */
export type LanguageTexts = {
  readonly language: string;
  /** What stands between two sentences. */
  readonly gap: string;
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly fixed: readonly string[];
  readonly titles: readonly string[];
  readonly leads: readonly string[];
  readonly sentences: readonly string[];
  /** Ways to say a bare sentence so that no two articles share it; the sentence without its stop stands for `*`. */
  readonly asides: readonly string[];
  readonly quotes: readonly string[];
  readonly headings: readonly string[];
  readonly questions: readonly string[];
  readonly captions: readonly string[];
  readonly remarks: readonly string[];
  readonly labels: {
    readonly by: string;
    readonly photo: string;
    readonly home: string;
    readonly mostRead: string;
    readonly sections: readonly string[];
    readonly imprint: string;
  };
};
