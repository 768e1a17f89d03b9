import { z } from 'zod';
import { countWords } from '../../support/words.ts';
import { language, line, note } from './values.ts';
import { webAddress } from './web-addresses.ts';

// How entries are chosen: by rules, filters and quotas.

const words = (what: string) =>
  z
    .array(
      line('A word or phrase.').refine((value) => value === '' || countWords(value) > 0, {
        error: 'must hold a letter or a digit',
      }),
    )
    .max(500, { error: 'must hold at most 500 entries' })
    .default([])
    .describe(what);

const MOST_WORDS = 100_000;

/** What topics and filters ask of an entry alike. */
export const rule = {
  any: words('One of these words is enough.'),
  all: words('Each of these words must be there.'),
  none: words('None of these words may be there.'),
  phrases: words('One of these phrases, word for word, is enough.'),
  categories: words('One of these categories of the entry is enough.'),
  language: language.optional(),
  author: line("A word of the author's name.")
    .meta({ examples: ['Reuters'] })
    .optional(),
  address: webAddress("The start of the article's address.")
    .meta({ examples: ['https://example.org/sport/'] })
    .optional(),
  minWords: z
    .number()
    .int()
    .min(0)
    .max(MOST_WORDS)
    .optional()
    .describe('The least number of words of the body.')
    .meta({ examples: [100] }),
};

const filter = z
  .strictObject({
    ...rule,
    maxWords: z
      .number()
      .int()
      .min(0)
      .max(MOST_WORDS)
      .optional()
      .describe('The greatest number of words of the body.')
      .meta({ examples: [20] }),
    // It is data and never awaited.
    // oxlint-disable-next-line unicorn/no-thenable
    then: z.enum(['drop', 'hold']).describe('drop: it is left out. hold: it waits until you approve or reject it.'),
    note: z.string().max(5000).optional().describe('What you call it: reasons name the filter by it.'),
  })
  .superRefine((value, context) => {
    const { any, all, none, phrases, categories, language: spoken, author, address, minWords, maxWords } = value;
    const asksForWords = [any, all, none, phrases, categories].some((list) => list.length > 0);
    const asksForMore = [spoken, author, address, minWords, maxWords].some((asked) => asked !== undefined);
    if (!asksForWords && !asksForMore)
      context.addIssue({
        code: 'custom',
        message: `must say which entries it means, by ${Object.keys(rule).join(', ')} or maxWords`,
      });
    if (minWords !== undefined && maxWords !== undefined && minWords > maxWords)
      context.addIssue({ code: 'custom', message: 'asks for more words than its maxWords allows', path: ['minWords'] });
  });

/** @param of what they drop or hold */
export const filters = (of: string) =>
  z
    .array(filter)
    .max(200, { error: 'must hold at most 200 filters' })
    .describe(`Rules that drop or hold ${of}. The first that fits decides.`)
    // oxlint-disable-next-line unicorn/no-thenable
    .meta({ examples: [[{ any: ['horoscope'], then: 'drop', note: 'no horoscopes' }]] });

/** @param of what it bounds */
export const quota = (of: string) =>
  z
    .strictObject({
      most: z
        .number()
        .int()
        .min(1)
        .max(100_000)
        .describe('So many at the most …')
        .meta({ examples: [20] }),
      hours: z.number().int().min(1).max(8784).default(24).describe('… in so many hours, by their dates.'),
      note,
    })
    .describe(`How many ${of}; those beyond it are dropped. Takes nothing back.`)
    .meta({ examples: [{ most: 20, hours: 24 }] });
