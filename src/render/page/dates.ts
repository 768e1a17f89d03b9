import type { Site } from '../../model/site.ts';
import { epochMsOf, type Instant } from '../../support/instant.ts';

/**
 * Dates as the site's readers say them: in its language and time zone. Never relative to now: pages know no now. All have the
 * month as a word, so that what is one day looks like one day wherever it stands.
 */
export type Dates = {
  /** "Tuesday, November 24, 2026" */
  day(instant: Instant): string;
  /** "November 24, 2026" */
  date(instant: Instant): string;
  /** "November 24, 2026 at 9:48 PM GMT+5:30" */
  moment(instant: Instant): string;
};

/** `GMT+0`, as a zone without a name of its own is called in winter or where it is UTC: nobody calls it so. */
const NO_OFFSET = /[+\u2212-][0\u0660\u06f0\u0966\u09e6]$/u;

/** Throws RangeError for a language or a time zone that there is none: the operator's, checked where they are read. */
export function datesOf({ language, timeZone }: Pick<Site, 'language' | 'timeZone'>): Dates {
  const formatOf = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) => {
    // Made when first asked for: no page needs all three, and making one costs more than using it a hundred times.
    let format: Intl.DateTimeFormat | null = null;
    return () => (format ??= new Intl.DateTimeFormat(language, { ...options, timeZone }));
  };
  const day = formatOf({ dateStyle: 'full' });
  const date = formatOf({ dateStyle: 'long' });
  const moment = formatOf({
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return {
    day: (instant) => day().format(epochMsOf(instant)),
    date: (instant) => date().format(epochMsOf(instant)),
    moment: (instant) =>
      moment()
        .formatToParts(epochMsOf(instant))
        .map(({ type, value }) => (type === 'timeZoneName' && NO_OFFSET.test(value) ? 'UTC' : value))
        .join(''),
  };
}
