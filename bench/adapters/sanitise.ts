import { sanitize } from '../../src/extract/body/sanitize.ts';

/** For check-sanitised.mjs. */
export function sanitise(html: string, { baseUrl }: { readonly baseUrl: string }): string {
  return sanitize(html, { baseUrl });
}
