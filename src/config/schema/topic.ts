import { z } from 'zod';
import { filters, quota, rule } from './rules.ts';
import { id, line, note, retentionDays } from './values.ts';
import { webAddress } from './web-addresses.ts';

const match = z
  .strictObject({
    ...rule,
    sources: z
      .array(z.string().describe('The id of a source.'))
      .max(1000)
      .default([])
      .describe('Ids of sources: an entry of one of these is enough.'),
    note,
  })
  .describe('Rules that sort entries into the topic. Whole words, whatever their case and accents.')
  .meta({ examples: [{ any: ['ceasefire', 'peace talks'], categories: ['World'], none: ['horoscope'] }] });

const webhook = z.strictObject({
  url: webAddress('Where each publication of the topic is sent to, as JSON by POST.').meta({
    examples: ['https://site.example.org/news'],
  }),
  secretEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, {
      error: 'must be the name of an environment variable, as "HARBOUR_WEBHOOK_SECRET"',
    })
    .describe('The environment variable that holds the secret by which it is signed.')
    .meta({ examples: ['HARBOUR_WEBHOOK_SECRET'] }),
  note,
});

/** One topic of the list. */
export const topic = z.strictObject({
  id: id('topic', 'To change it later, name the old one in "formerly".'),
  title: line("The topic's name.").meta({ examples: ['World'] }),
  description: line('One sentence about it, for its page and its feeds.')
    .meta({ examples: ['Diplomacy and conflict'] })
    .optional(),
  match: match.optional(),
  filters: filters('what would come into it').default([]),
  quota: quota('stories come into it').optional(),
  maxEntries: z.number().int().min(1).max(500).default(50).describe('How many entries its feeds hold.'),
  group: z
    .boolean()
    .default(false)
    .describe('true: its feeds have one entry for each event, with links to all reports of it.'),
  learn: z
    .boolean()
    .default(false)
    .describe('true: what its rules and sources have sorted teaches it to take more of that kind, where it is sure.'),
  updates: z
    .enum(['all', 'corrections', 'none'])
    .default('all')
    .describe('Which changes of a text bring its entry up again: corrections and additions, corrections, or none.'),
  webhooks: z
    .array(webhook)
    .max(20, { error: 'must hold at most 20 webhooks' })
    .default([])
    .describe('Sites that are told of every publication.'),
  retentionDays: retentionDays('in this topic, and in no other that keeps it longer').optional(),
  private: z
    .boolean()
    .default(false)
    .describe(
      'true: its stories are published at an address that nobody can guess, and named nowhere else; see tributary private.',
    ),
  formerly: z
    .array(id('topic', '').describe('An id that it had before.'))
    .max(50)
    .default([])
    .describe('Ids that it had before, the first one first: their addresses lead to it, and its feeds stay the same.'),
  closed: z
    .boolean()
    .default(false)
    .describe('true: it is published no more, and its addresses say so (410). Leave it in the list.'),
  note,
});
