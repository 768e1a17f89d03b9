import { z } from 'zod';
import { language, line, note } from './values.ts';
import { baseAddress, place, webAddress } from './web-addresses.ts';

const rightHub = (without: string): string =>
  `must be true${without}, for a hub of our own, or the address of another hub, as "https://hub.example.org/"`;

/** What is no address at all may have been meant for true. */
const hubAddress = webAddress('The address of a hub that another runs.', (value) => {
  if (value.includes('://')) return null;
  return rightHub(value.trim().toLowerCase() === 'true' ? ' (without quotation marks)' : '');
});

/** The publication as a whole. */
export const site = z
  .strictObject({
    title: line('The name of your publication.').meta({ examples: ['The Daily Confluence'] }),
    url: baseAddress('Its public base address: everything that is published lies below it.').meta({
      examples: ['https://news.example.org/'],
    }),
    language: language.default('en'),
    timeZone: line('IANA name of the time zone of the dates that people read, as "Europe/Lisbon".')
      .refine(isTimeZone, { error: 'must be the name of a time zone, as "Europe/Lisbon"' })
      .default('UTC'),
    description: line('One sentence about it, for its head and its feeds.')
      .meta({ examples: ['What the rivers bring'] })
      .optional(),
    place: z
      .strictObject({
        name: line('The name of the place that the masthead shows.').meta({ examples: ['Lisbon'] }),
        latitude: z
          .number()
          .min(-90)
          .max(90)
          .exactOptional()
          .describe('In degrees. With the longitude, the temperature is asked for at Open-Meteo.')
          .meta({ examples: [38.72] }),
        longitude: z
          .number()
          .min(-180)
          .max(180)
          .exactOptional()
          .describe('In degrees; to the west it is negative.')
          .meta({ examples: [-9.14] }),
        note,
      })
      .refine((place) => (place.latitude === undefined) === (place.longitude === undefined), {
        error: 'must have both latitude and longitude, or neither',
      })
      .optional()
      .describe('Where the publication appears.')
      .meta({ examples: [{ name: 'Lisbon', latitude: 38.72, longitude: -9.14 }] }),
    contact: line('Where to write for takedowns: an e-mail address or the address of a page.')
      .meta({ examples: ['desk@example.org'] })
      .optional(),
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
      )
      .meta({ examples: [['example.org', 'https://example.net/blog/']] }),
    images: z
      .enum(['hotlink', 'cache'])
      .default('hotlink')
      .describe(
        'Where pictures are shown from. hotlink: from their publishers’ servers, whom readers then ask. cache: from copies of our own, asked for once; of articles that may be republished whole alone.',
      )
      .meta({ examples: ['cache'] }),
    hub: z
      .union([z.literal(true), hubAddress], { error: rightHub('') })
      .optional()
      .describe(
        'The WebSub hub that tells subscribers of what is published. true: our own, at /hub below the site’s address, which must then be reachable; sources with hubs are then subscribed to as well.',
      )
      .meta({ examples: [true, 'https://hub.example.org/'] }),
    note,
  })
  .describe('The publication as a whole.');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
