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
export const site = z.strictObject({
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
    .union([z.literal(true), hubAddress], { error: rightHub('') })
    .optional()
    .describe(
      'The WebSub hub that tells subscribers of what is published. true: our own, at /hub below the site’s address, which must then be reachable; sources with hubs are then subscribed to as well.',
    ),
  note,
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
