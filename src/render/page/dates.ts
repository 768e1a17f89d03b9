import type { Site } from '../../model/site.ts';
import { epochMsOf, type Instant } from '../../support/instant.ts';

/** Dates as the site's readers say them: in its language and time zone. Never relative to now: pages know no now. */
export type Dates = {
  /** "Tuesday, November 24, 2026" */
  day(instant: Instant): string;
  /** "Nov 24, 2026" */
  short(instant: Instant): string;
  /** "November 24, 2026 at 9:48 PM GMT+5:30" */
  moment(instant: Instant): string;
};

/** Throws RangeError for a language or a time zone that there is none: the operator's, checked where they are read. */
export function datesOf({ language, timeZone }: Pick<Site, 'language' | 'timeZone'>): Dates {
  const written = (options: Intl.DateTimeFormatOptions): ((instant: Instant) => string) => {
    // Made when first asked for: no page needs all three, and making one costs more than using it a hundred times.
    let format: Intl.DateTimeFormat | null = null;
    return (instant) => {
      format ??= new Intl.DateTimeFormat(language, { ...options, timeZone });
      return format.format(epochMsOf(instant));
    };
  };
  return {
    day: written({ dateStyle: 'full' }),
    short: written({ dateStyle: 'medium' }),
    moment: written({
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
    }),
  };
}
