import { z } from 'zod';
import { countWords } from '../support/words.ts';
import { baseAddress, place, webAddress } from './web-addresses.ts';

// The shape of sources.json, and the sentences that editors show. sources.schema.json is generated from here.

const ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Names that would shadow our own paths, or that Windows keeps for itself. */
const RESERVED = new Set([
  ...'all index archive feed feeds atom rss json api assets static admin sitemap robots favicon'.split(' '),
  ...'con prn aux nul'.split(' '),
  ...numbered('com'),
  ...numbered('lpt'),
]);

function numbered(stem: string): string[] {
  return Array.from({ length: 10 }, (_, digit) => `${stem}${digit}`);
}

const id = (of: string) =>
  z
    .string()
    .regex(ID, { error: 'must be 1 to 63 lower-case letters, digits and hyphens, as "harbour-news"' })
    .refine((value) => !RESERVED.has(value), { error: 'is a reserved name; choose another' })
    .describe(
      `The ${of}'s name in addresses and commands: lower-case letters, digits, hyphens. Do not change it later.`,
    );

const line = (what: string) =>
  z
    .string()
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(300, { error: 'must be at most 300 characters' })
    // oxlint-disable-next-line no-control-regex
    .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { error: 'must be one line without control characters' })
    .describe(what);

const note = z.string().max(5000).optional().describe('For people: JSON has no comments. Not used.');

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

const language = line('A language tag (BCP 47), as "en" or "pt-BR".').regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, {
  error: 'must be a language tag, as "en" or "pt-BR"',
});

const MOST_WORDS = 100_000;

/** What topics and filters ask of an entry alike. */
const rule = {
  any: words('One of these words is enough.'),
  all: words('Each of these words must be there.'),
  none: words('None of these words may be there.'),
  phrases: words('One of these phrases, word for word, is enough.'),
  categories: words('One of these categories of the entry is enough.'),
  language: language.optional(),
  author: line("A word of the author's name.").optional(),
  address: webAddress("The start of the article's address.").optional(),
  minWords: z.number().int().min(0).max(MOST_WORDS).optional().describe('The least number of words of the body.'),
};

const filter = z
  .strictObject({
    ...rule,
    maxWords: z.number().int().min(0).max(MOST_WORDS).optional().describe('The greatest number of words of the body.'),
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

const filters = (of: string) =>
  z
    .array(filter)
    .max(200, { error: 'must hold at most 200 filters' })
    .describe(`Rules that drop or hold ${of}. The first that fits decides.`)
    // oxlint-disable-next-line unicorn/no-thenable
    .meta({ examples: [[{ any: ['horoscope'], then: 'drop', note: 'no horoscopes' }]] });

const quota = (of: string) =>
  z
    .strictObject({
      most: z.number().int().min(1).max(100_000).describe('So many at the most …'),
      hours: z.number().int().min(1).max(8784).default(24).describe('… in so many hours, by their dates.'),
      note,
    })
    .describe(`How many ${of}; those beyond it are dropped. Takes nothing back.`)
    .meta({ examples: [{ most: 20, hours: 24 }] });

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Headers that the client sets itself, or that would carry a secret into a file that is shared. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'if-none-match',
  'if-modified-since',
  'user-agent',
  'authorization',
  'cookie',
  'proxy-authorization',
  'te',
  'upgrade',
  'expect',
  'range',
]);

const headers = z
  .record(z.string(), z.string().max(1000))
  .superRefine((value, context) => {
    for (const [name, content] of Object.entries(value)) {
      const add = (message: string) => context.addIssue({ code: 'custom', message, path: [name] });
      if (!HEADER_NAME.test(name)) add('is not the name of a header');
      else if (OWN_HEADERS.has(name.toLowerCase())) add('is a header that cannot be set here');
      if (!/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(content)) add('must be one line of plain characters');
    }
  })
  .describe('Request headers sent to this source alone.');

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
    content: z
      .enum(['auto', 'feed', 'page'])
      .describe("Where the body is taken from: the feed, the article's page, or whichever is fuller."),
    select: selector.describe("CSS selector of the article's body on its page."),
    remove: z.array(selector).max(50).describe('CSS selectors of what is left out of the body.'),
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
      .describe('So many of its first entries wait until you approve or reject them (tributary held).')
      .meta({ examples: [10] }),
    weight: z.number().min(0.1).max(10).describe('How much its reports count in ranking; 1 is usual.'),
    republish: z
      .enum(['full', 'excerpt', 'link'])
      .describe('How much of a text may be published: all, its first words, or title, summary and link.'),
    excerptWords: z.number().int().min(1).max(1000).describe('How many words an excerpt may have.'),
    rights: line('Printed with every article; without it, what the feed declares.'),
    headers,
    userAgent: line('The User-Agent sent to this source.').regex(/^[\u0020-\u007e]+$/, {
      error: 'must be plain ASCII',
    }),
    language,
  };
}

/** The whole file. `z.input` is what operators write, `z.output` has the defaults filled in. */
export function sourcesFileSchema(judges: Judges) {
  const fields = settable(judges);
  const optional = {
    schedule: fields.schedule.exactOptional(),
    content: fields.content.exactOptional(),
    select: fields.select.exactOptional(),
    remove: fields.remove.exactOptional(),
    follow: fields.follow.exactOptional(),
    identity: fields.identity.exactOptional(),
    filters: fields.filters.exactOptional(),
    quota: fields.quota.exactOptional(),
    probation: fields.probation.exactOptional(),
    weight: fields.weight.exactOptional(),
    republish: fields.republish.exactOptional(),
    excerptWords: fields.excerptWords.exactOptional(),
    rights: fields.rights.exactOptional(),
    headers: fields.headers.exactOptional(),
    userAgent: fields.userAgent.exactOptional(),
    language: fields.language.exactOptional(),
    enabled: z.boolean().exactOptional().describe('false: it is not asked; what it published stays.'),
    topics: z
      .array(z.string())
      .max(100)
      .exactOptional()
      .describe('Ids of topics that all its entries belong to. Topics also choose by their own rules.'),
    note,
  };
  const match = z
    .strictObject({
      ...rule,
      sources: z
        .array(z.string())
        .max(1000)
        .default([])
        .describe('Ids of sources: an entry of one of these is enough.'),
      note,
    })
    .describe('Rules that sort entries into the topic. Whole words, whatever their case and accents.');
  return z.strictObject({
    $schema: z.string().optional().describe('For editors: "./sources.schema.json".'),
    note,
    site: z.strictObject({
      title: line('The name of your publication.'),
      url: baseAddress('Its public base address, as "https://news.example.org/".'),
      language: language.default('en'),
      timeZone: line('IANA name of the time zone of the dates that people read, as "Europe/Lisbon".')
        .refine(isTimeZone, { error: 'must be the name of a time zone, as "Europe/Lisbon"' })
        .default('UTC'),
      description: line('One sentence about it.').optional(),
      place: z
        .strictObject({
          name: line('The name of the place that the masthead shows.'),
          latitude: z
            .number()
            .min(-90)
            .max(90)
            .exactOptional()
            .describe('In degrees. With the longitude, the temperature is asked for at Open-Meteo.'),
          longitude: z.number().min(-180).max(180).exactOptional().describe('In degrees.'),
          note,
        })
        .refine((place) => (place.latitude === undefined) === (place.longitude === undefined), {
          error: 'must have both latitude and longitude, or neither',
        })
        .optional()
        .describe('Where the publication appears.'),
      contact: line('Where to write for takedowns: an e-mail address or the address of a page.').optional(),
      commercial: z
        .boolean()
        .default(true)
        .describe('false: it takes no money, by advertising neither. Some licences allow more then.'),
      optOut: z
        .array(place)
        .max(10_000)
        .default([])
        .describe(
          'Hosts, as "example.org", or addresses of publishers who do not want to appear: nothing of theirs does, whoever passes it on.',
        ),
      hub: z
        .union([z.literal(true), webAddress('The address of a hub that another runs.')], {
          error: 'must be true, for a hub of our own, or the address of another hub, as "https://hub.example.org/"',
        })
        .optional()
        .describe(
          'The WebSub hub that tells subscribers of what is published. true: our own, at /hub below the site’s address, which must then be reachable; sources with hubs are then subscribed to as well.',
        ),
      note,
    }),
    defaults: z.strictObject(optional).default({}).describe('Settings of every source that does not say otherwise.'),
    topics: z
      .array(
        z.strictObject({
          id: id('topic'),
          title: line("The topic's name."),
          description: line('One sentence about it.').optional(),
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
            .describe(
              'true: what its rules and sources have sorted teaches it to take more of that kind, where it is sure.',
            ),
          updates: z
            .enum(['all', 'corrections', 'none'])
            .default('all')
            .describe(
              'Which changes of a text bring its entry up again: corrections and additions, corrections, or none.',
            ),
          webhooks: z
            .array(
              z.strictObject({
                url: webAddress('Where each publication of the topic is sent to, as JSON by POST.'),
                secretEnv: z
                  .string()
                  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, {
                    error: 'must be the name of an environment variable, as "HARBOUR_WEBHOOK_SECRET"',
                  })
                  .describe('The environment variable that holds the secret by which it is signed.'),
                note,
              }),
            )
            .max(20, { error: 'must hold at most 20 webhooks' })
            .default([])
            .describe('Sites that are told of every publication.'),
          private: z
            .boolean()
            .default(false)
            .describe(
              'true: its stories are published at an address that nobody can guess, and named nowhere else; see tributary private.',
            ),
          formerly: z
            .array(id('topic'))
            .max(50)
            .default([])
            .describe(
              'Ids that it had before, the first one first: their addresses lead to it, and its feeds stay the same.',
            ),
          closed: z
            .boolean()
            .default(false)
            .describe('true: it is published no more, and its addresses say so (410). Leave it in the list.'),
          note,
        }),
      )
      .max(200),
    sources: z
      .array(
        z.strictObject({
          id: id('source'),
          title: line("The publisher's name."),
          url: webAddress('The address of its feed.'),
          ...optional,
        }),
      )
      .max(100_000),
  });
}

export type SourcesFile = z.output<ReturnType<typeof sourcesFileSchema>>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** The JSON Schema for editors, as the text of sources.schema.json. */
export function sourcesJsonSchema(): string {
  const lenient: Judges = { scheduleFault: () => null, selectorFault: () => null };
  const schema = z.toJSONSchema(sourcesFileSchema(lenient), { io: 'input' });
  return `${JSON.stringify({ title: 'Tributary’s sources.json', ...schema }, null, 2)}\n`;
}
