import { z } from 'zod';
import { adaptive, auth, limits, proxy } from './asking.ts';
import { headers } from './headers.ts';
import { filters, quota } from './rules.ts';
import { SOURCE_DEFAULTS } from './source-defaults.ts';
import { id, language, line, note, retentionDays } from './values.ts';
import { webAddress } from './web-addresses.ts';

/** Checks that need other libraries' knowledge; handed in, so that those libraries keep their one door. */
export type Judges = {
  /** Null, or what is wrong with a cron expression. */
  readonly scheduleFault: (expression: string) => string | null;
  /** Null, or what is wrong with a CSS selector. */
  readonly selectorFault: (selector: string) => string | null;
};

const judged = (judge: (value: string) => string | null) => (value: string, context: z.RefinementCtx) => {
  const fault = judge(value);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
};

function settable(judges: Judges) {
  const selector = z
    .string()
    .min(1, { error: 'must not be empty' })
    .max(1000)
    .superRefine(judged(judges.selectorFault));
  return {
    schedule: z
      .string()
      .max(100)
      .superRefine(judged(judges.scheduleFault))
      .describe('When it is asked: a cron expression in UTC, as "*/15 * * * *".')
      .meta({ examples: ['*/15 * * * *', '5 * * * *'] }),
    adaptive,
    content: z
      .enum(['auto', 'feed', 'page'])
      .describe("Where the body is taken from: the feed, the article's page, or whichever is fuller."),
    select: selector.describe("CSS selector of the article's body on its page.").meta({ examples: ['article .text'] }),
    remove: z
      .array(selector.describe('A CSS selector.'))
      .max(50)
      .describe('CSS selectors of what is left out of the body.')
      .meta({ examples: [['.newsletter', 'aside']] }),
    follow: z
      .boolean()
      .describe('true: where an entry passes on another site’s article, the body is taken from there.'),
    identity: z
      .enum(['guid', 'link', 'title'])
      .describe("By which mark an entry is known again. Change it when a source's guids are bad."),
    filters: filters('its entries, before topics choose'),
    quota: quota('stories from it are published'),
    probation: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .describe('So many of its first entries wait until you approve or reject them (tributary hold list).')
      .meta({ examples: [10] }),
    weight: z.number().min(0.1).max(10).describe('How much its reports count in ranking; 1 is usual.'),
    republish: z
      .enum(['full', 'excerpt', 'link'])
      .describe('How much of a text may be published: all, its first words, or title, summary and link.'),
    excerptWords: z.number().int().min(1).max(1000).describe('How many words an excerpt may have.'),
    rights: line('Printed with every article; without it, what the feed declares.').meta({
      examples: ['© Harbour News'],
    }),
    retentionDays: retentionDays('of this source'),
    headers,
    userAgent: line('The User-Agent sent to this source. Without it, ours with the address of the site.')
      .regex(/^[\u0020-\u007e]+$/, { error: 'must be plain ASCII' })
      .meta({ examples: ['Confluence/1.0 (+https://news.example.org/)'] }),
    auth,
    proxy,
    limits,
    language,
  };
}

/** A field that tells editors what it is where neither a source nor the defaults of the list say anything. */
function byDefault<Field extends z.ZodType>(name: keyof typeof SOURCE_DEFAULTS, field: Field): Field {
  return field.meta({ default: SOURCE_DEFAULTS[name] });
}

/** The settings of every source that does not say otherwise; each may be left out. */
export function sourceDefaults(judges: Judges) {
  const fields = settable(judges);
  return {
    schedule: byDefault('schedule', fields.schedule).exactOptional(),
    adaptive: fields.adaptive.exactOptional(),
    content: byDefault('content', fields.content).exactOptional(),
    select: fields.select.exactOptional(),
    remove: byDefault('remove', fields.remove).exactOptional(),
    follow: byDefault('follow', fields.follow).exactOptional(),
    identity: byDefault('identity', fields.identity).exactOptional(),
    filters: byDefault('filters', fields.filters).exactOptional(),
    quota: fields.quota.exactOptional(),
    probation: byDefault('probation', fields.probation).exactOptional(),
    weight: byDefault('weight', fields.weight).exactOptional(),
    republish: byDefault('republish', fields.republish).exactOptional(),
    excerptWords: byDefault('excerptWords', fields.excerptWords).exactOptional(),
    rights: fields.rights.exactOptional(),
    retentionDays: fields.retentionDays.exactOptional(),
    headers: byDefault('headers', fields.headers).exactOptional(),
    userAgent: fields.userAgent.exactOptional(),
    auth: fields.auth.exactOptional(),
    proxy: fields.proxy.exactOptional(),
    limits: fields.limits.exactOptional(),
    language: fields.language.exactOptional(),
    enabled: byDefault(
      'enabled',
      z.boolean().describe('false: it is not asked; what it published stays.'),
    ).exactOptional(),
    topics: byDefault(
      'topics',
      z
        .array(z.string().describe('The id of a topic.'))
        .max(100)
        .describe('Ids of topics that all its entries belong to. Topics also choose by their own rules.')
        .meta({ examples: [['world']] }),
    ).exactOptional(),
    note,
  };
}

/** One source of the list. */
export function source(judges: Judges) {
  return z.strictObject({
    id: id('source', 'Do not change it later.'),
    title: line("The publisher's name.").meta({ examples: ['Harbour News'] }),
    url: webAddress('The address of its feed.').meta({ examples: ['https://www.harbournews.example/feed.xml'] }),
    ...sourceDefaults(judges),
  });
}
