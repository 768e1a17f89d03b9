/** What an extractor makes of one page. `html` is the body as it gives it. */
export type Extracted = {
  readonly html: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
  readonly image: string | null;
};
