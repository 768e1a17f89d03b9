import { z } from 'zod';
import { duration, secondsOf } from './duration.ts';
import { note } from './values.ts';
import { addressFault } from './web-addresses.ts';

// When, how, and by which way a source is asked.

/** Where neither is written. */
const SOONEST = '15m';
const LATEST = '6h';

/** In the place of a schedule. */
export const adaptive = z
  .strictObject({
    min: duration('It is never asked again sooner, however busy it is.')
      .meta({ examples: ['10m'] })
      .default(SOONEST),
    max: duration('It is never asked again later, however silent it is; but for Retry-After.')
      .meta({ examples: ['12h'] })
      .default(LATEST),
    note,
  })
  .superRefine(({ min, max }, context) => {
    if (secondsOf(min) > secondsOf(max))
      context.addIssue({ code: 'custom', message: `must not be longer than "max", which is "${max}"`, path: ['min'] });
  })
  .describe(
    'In the place of "schedule": it is asked at times that are learnt from its rhythm, its ttl and its Cache-Control, within these bounds; less often while its hub pushes.',
  )
  .meta({ examples: [{ min: '10m', max: '12h' }] });

/** Narrower than those of the program. */
export const limits = z
  .strictObject({
    maxFeedBytes: z
      .number()
      .int()
      .min(1000)
      .max(1_000_000_000)
      .optional()
      .describe('The largest feed that is read, unpacked. A larger one is a failure.')
      .meta({ examples: [2_000_000] }),
    maxPageBytes: z
      .number()
      .int()
      .min(1000)
      .max(1_000_000_000)
      .optional()
      .describe('The largest article page that is read, unpacked.')
      .meta({ examples: [1_000_000] }),
    timeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(600)
      .optional()
      .describe('How long one answer may take.')
      .meta({ examples: [10] }),
    entriesPerRefresh: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe('So many new or changed entries are read at a time, the oldest first; the others wait for the next.')
      .meta({ examples: [50] }),
    note,
  })
  .describe('Bounds of its own. Those of the program (tributary check shows them) hold besides.')
  .meta({ examples: [{ timeoutSeconds: 10, entriesPerRefresh: 50 }] });

/** In capitals, so that a secret that was put in its place is hardly ever taken for one. */
const variable = (what: string, example: string) =>
  z
    .string()
    .max(100)
    .regex(/^[A-Z_][A-Z0-9_]*$/, {
      error: `must be the name of an environment variable in capitals, as "${example}", and never the secret itself`,
    })
    .describe(what)
    .meta({ examples: [example] });

const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Set by the client, or by the settings beside. */
const NOT_HERE =
  /^(?:host|connection|content-length|transfer-encoding|accept|accept-encoding|if-none-match|if-modified-since|user-agent|proxy-authorization|keep-alive|proxy-connection|trailer|te|upgrade|expect|range)$/i;

/** By what a source knows us. */
export const auth = z
  .strictObject({
    userEnv: variable('The variable with the user name (HTTP Basic).', 'HARBOUR_USER').optional(),
    passwordEnv: variable('The variable with the password (HTTP Basic).', 'HARBOUR_PASSWORD').optional(),
    tokenEnv: variable('The variable with the token (HTTP Bearer).', 'HARBOUR_TOKEN').optional(),
    headersEnv: z
      .record(z.string(), variable('The variable with the value of the header.', 'HARBOUR_KEY'))
      .superRefine((value, context) => {
        for (const name of Object.keys(value)) {
          if (!HEADER.test(name))
            context.addIssue({ code: 'custom', message: 'is not the name of a header', path: [name] });
          else if (NOT_HERE.test(name))
            context.addIssue({ code: 'custom', message: 'is a header that cannot be set here', path: [name] });
        }
      })
      .optional()
      .describe('Variables with the values of request headers, by the names of these.')
      .meta({ examples: [{ 'x-api-key': 'HARBOUR_KEY' }] }),
    note,
  })
  .superRefine(({ userEnv, passwordEnv, tokenEnv, headersEnv }, context) => {
    const add = (message: string): void => context.addIssue({ code: 'custom', message });
    if ((userEnv === undefined) !== (passwordEnv === undefined))
      add('must have both userEnv and passwordEnv, or neither');
    if (userEnv !== undefined && tokenEnv !== undefined)
      add('must have userEnv and passwordEnv, or tokenEnv; a request has room for one of them');
    const setsItself = Object.keys(headersEnv ?? {}).some((name) => name.toLowerCase() === 'authorization');
    if (setsItself && (userEnv ?? tokenEnv) !== undefined)
      add('sets the header "authorization" twice: by headersEnv, and by what stands beside it');
    if (
      [userEnv, passwordEnv, tokenEnv].every((name) => name === undefined) &&
      Object.keys(headersEnv ?? {}).length === 0
    )
      add('must name what is sent, by userEnv and passwordEnv, tokenEnv or headersEnv');
  })
  .describe(
    'By what it knows you: names of environment variables, never secrets. Sent with requests for its feed, and for article pages of the same origin (scheme, host and port); nowhere else, also where a redirect leads elsewhere.',
  )
  .meta({ examples: [{ userEnv: 'HARBOUR_USER', passwordEnv: 'HARBOUR_PASSWORD' }, { tokenEnv: 'HARBOUR_TOKEN' }] });

/** The way to a source. */
export const proxy = z
  .string()
  .superRefine((value, context) => {
    const fault = value === 'none' ? null : proxyFault(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  })
  .describe(
    'The HTTP proxy that its feed and pages are asked through; "none": no proxy, also where TRIBUTARY_PROXY is set. The proxy finds the hosts, so that nobody judges their addresses.',
  )
  .meta({ examples: ['http://proxy.example.org:3128', 'none'] });

function proxyFault(value: string): string | null {
  if (/^socks/i.test(value))
    return 'is a SOCKS proxy; only HTTP proxies can be used, as "http://proxy.example.org:3128"';
  const fault = addressFault(value);
  if (fault !== null)
    return fault.includes('user name')
      ? 'must not hold a user name or password; set TRIBUTARY_PROXY for a proxy that asks for them'
      : `${fault}; right would be "http://proxy.example.org:3128" or "none"`;
  const { pathname, search, hash } = new URL(value);
  return pathname === '/' && search === '' && hash === ''
    ? null
    : 'must end with its port, as "http://proxy.example.org:3128"';
}
