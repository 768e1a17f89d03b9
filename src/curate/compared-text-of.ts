import type { Article } from '../model/article.ts';
import { textOfSanitised } from '../support/html.ts';

/** An article's words as they are compared and learnt from: those of its body, or of its summary where it has none. */
export function comparedTextOf({ title, contentHtml, summary, language }: Article): {
  readonly title: string;
  readonly text: string;
  readonly language: string | null;
} {
  const text = textOfSanitised(contentHtml);
  return { title, text: text === '' ? summary : text, language };
}
