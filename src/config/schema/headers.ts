import { z } from 'zod';

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Headers that would carry a secret into a file that is shared. */
const SECRET_HEADERS = new Set(['authorization', 'cookie']);
/** Headers that the client sets itself. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'if-none-match',
  'if-modified-since',
  'user-agent',
  'proxy-authorization',
  'te',
  'upgrade',
  'expect',
  'range',
]);

/** Request headers by their names. */
export const headers = z
  .record(z.string(), z.string().max(1000))
  .superRefine((value, context) => {
    for (const [name, content] of Object.entries(value)) {
      const add = (message: string) => context.addIssue({ code: 'custom', message, path: [name] });
      if (!HEADER_NAME.test(name)) add('is not the name of a header');
      else if (SECRET_HEADERS.has(name.toLowerCase()))
        add('belongs into a variable of the environment, which "auth" names');
      else if (OWN_HEADERS.has(name.toLowerCase())) add('is a header that cannot be set here');
      if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(content)) add('must be one line of plain characters');
    }
  })
  .describe('Request headers sent to this source alone. Nothing secret: name that in "auth".')
  .meta({ examples: [{ 'accept-language': 'pt' }] });
