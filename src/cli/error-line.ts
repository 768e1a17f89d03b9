import { ERRORS, type StageError } from '../model/errors.ts';

/** An error for people: where, what, and what would help. */
export function errorLine({ url, message, code }: StageError): string {
  const { advice } = ERRORS[code];
  const where = url === null || message.includes(url) ? '' : `${url}: `;
  return `${where}${message}. ${advice[0]!.toUpperCase()}${advice.slice(1)}.`;
}
