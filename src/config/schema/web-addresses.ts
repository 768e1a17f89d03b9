import { z } from 'zod';

// Addresses as operators write them.

/**
 * An http or https address that can be asked for.
 * @param firstFault what is said before all that is usual
 */
export const webAddress = (what: string, firstFault: (value: string) => string | null = () => null) =>
  z
    .string()
    .superRefine((value, context) => {
      const fault = firstFault(value) ?? addressFault(value);
      if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    })
    .describe(what);

/** Everything that is published lies below it. */
export const baseAddress = (what: string) =>
  webAddress(what).refine((value) => !URL.canParse(value) || /^[^?#]*$/.test(value), {
    error: 'must end with its path, without "?" or "#"',
  });

const LONGEST_ADDRESS = 2000;
/** Names of hosts (RFC 1035 §2.3.4): labels of 1 to 63 characters, 253 in all. */
const LONGEST_NAME = 253;
const LABEL = /^[^.]{1,63}$/;

/** Null, or what keeps an address from being asked for. */
export function addressFault(value: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\s\u0000-\u001f]/.test(value)) return 'must not hold white space';
  if (value.length > LONGEST_ADDRESS) return `must be at most ${LONGEST_ADDRESS} characters`;
  if (/[{}]/.test(value)) return 'is a template; write the address out';
  if (!URL.canParse(value)) return 'must be a whole address, as "https://example.org/feed.xml"';
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https:// or http://';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  const name = url.hostname.replace(/\.$/, '');
  const isName = name !== '' && name.length <= LONGEST_NAME && name.split('.').every((label) => LABEL.test(label));
  return isName ? null : 'must name a host, as "example.org"';
}

/** A host with all that is below it, or the beginning of an address. */
export const place = z
  .string()
  .max(LONGEST_ADDRESS)
  .superRefine((value, context) => {
    const fault = addressFault(value.includes('://') ? value : `https://${value}`);
    if (fault !== null || !/[.:]/.test(value))
      context.addIssue({ code: 'custom', message: 'must be a host, as "example.org", or an address' });
  })
  .describe('A host with all that is below it, or the beginning of an address.');
