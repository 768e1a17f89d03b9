import { ERRORS, type StageError } from '../model/errors.ts';

/** What is advised where the work goes on: a command that ends tries nothing again. */
const BY_ITSELF = 'tried again by itself';

/**
 * An error for people: where, what, and what would help.
 * @param goesOn of a service, which tries again by itself what is worth it
 */
export function errorLine({ url, message, code }: StageError, { goesOn } = { goesOn: false }): string {
  const advice = goesOn ? ERRORS[code].advice : adviceNow(ERRORS[code].advice);
  const where = url === null || message.includes(url) ? '' : `${url}: `;
  return `${where}${message}.${advice === '' ? '' : ` ${advice[0]!.toUpperCase()}${advice.slice(1)}.`}`;
}

/** What of an advice holds for a command that asks once; empty: nothing. */
export function adviceNow(advice: string): string {
  const parts = advice.split('; ');
  return parts.filter((part) => part !== BY_ITSELF).join('; ');
}
