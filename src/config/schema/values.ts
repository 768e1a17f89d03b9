import { z } from 'zod';

// What settings of all kinds are made of.

const ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that would shadow our own paths, or that Windows keeps for itself. */
const RESERVED = new Set([
  ...'all index archive feed feeds atom rss json api assets static admin sitemap robots favicon'.split(' '),
  ...'con prn aux nul'.split(' '),
  ...numbered('com'),
  ...numbered('lpt'),
]);

/** Whether a name would be an id, but for what else goes by it. */
export function isReservedId(name: string): boolean {
  return RESERVED.has(name);
}

/** Whether a topic or a source may be called so. */
export function isId(name: string): boolean {
  return ID.test(name) && !RESERVED.has(name);
}

function numbered(stem: string): string[] {
  return Array.from({ length: 10 }, (_, digit) => `${stem}${digit}`);
}

/**
 * What a topic or a source is called in addresses and commands.
 * @param later what becomes of it when it is changed
 */
export const id = (of: string, later: string) =>
  z
    .string()
    .regex(ID, { error: 'must be 1 to 63 lower-case letters, digits and hyphens, as "harbour-news"' })
    .refine((value) => !RESERVED.has(value), { error: 'is a reserved name; choose another' })
    .describe(`The ${of}'s name in addresses and commands: lower-case letters, digits, hyphens. ${later}`.trim())
    .meta({ examples: [of === 'topic' ? 'world' : 'harbour-news'] });

/** A text on one line, without space around it. */
export const line = (what: string) =>
  z
    .string()
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(300, { error: 'must be at most 300 characters' })
    // oxlint-disable-next-line no-control-regex
    .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { error: 'must be one line without control characters' })
    .describe(what);

/** Every object may carry one. */
export const note = z.string().max(5000).optional().describe('For people: JSON has no comments. Not used.');

/** A language tag (BCP 47). */
export const language = line('A language tag (BCP 47), as "en" or "pt-BR".')
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, {
    error: 'must be a language tag, as "en" or "pt-BR"',
  })
  .meta({ examples: ['en', 'pt-BR'] });

/** @param ofWhat how its description goes on: whose entries */
export const retentionDays = (ofWhat: string) =>
  z
    .number()
    .int()
    .min(1)
    .max(36_500)
    .describe(
      `So many days after their dates entries ${ofWhat} expire: their texts are wiped, and their pages answer 410. Without it they are kept.`,
    )
    .meta({ examples: [90] });
