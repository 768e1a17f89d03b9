// The ways in which the publishers write a moment (milliseconds since 1970). Nothing here asks for the time.

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const RUSSIAN_DAYS = ['Вс', 'Пн', 'Вт', 'Ср', 'Чт', 'Пт', 'Сб'];
const RUSSIAN_MONTHS = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');
const MOSCOW_AHEAD_MS = 3 * 3_600_000;

/** As RSS wants it: `Tue, 24 Nov 2026 06:00:00 GMT`. */
export function rfc822(moment: number): string {
  return new Date(moment).toUTCString();
}

/** The same with an offset and no day of the week, as many servers write it: `24 Nov 2026 06:00:00 +0000`. */
export function rfc822WithOffset(moment: number): string {
  return new Date(moment)
    .toUTCString()
    .replace(/^\w+, /, '')
    .replace('GMT', '+0000');
}

/** RFC 822 in its build, Russian in its words and Moscow's in its time: `Вт, 24 ноя 2026 09:00:00 +0300`. */
export function russianRfc822(moment: number): string {
  const local = new Date(moment + MOSCOW_AHEAD_MS);
  const time = local.toISOString().slice(11, 19);
  const month = RUSSIAN_MONTHS[local.getUTCMonth()]!.slice(0, 3);
  const day = String(local.getUTCDate()).padStart(2, '0');
  return `${RUSSIAN_DAYS[local.getUTCDay()]}, ${day} ${month} ${local.getUTCFullYear()} ${time} +0300`;
}

/** `2026-11-24T06:00:00Z` */
export function rfc3339(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

/** The same moment in a zone some hours ahead: `2026-11-24T08:00:00+02:00`. */
export function rfc3339At(moment: number, hoursAhead: number): string {
  const local = new Date(moment + hoursAhead * 3_600_000).toISOString().slice(0, 19);
  return `${local}+${String(hoursAhead).padStart(2, '0')}:00`;
}

/** For people: `24 November 2026`, `24 ноября 2026`. */
export function longDate(moment: number, language: string): string {
  const date = new Date(moment);
  const months = language === 'ru' ? RUSSIAN_MONTHS : MONTHS;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `Tuesday`'s short name and the time of day: `Tue 06:00`. */
export function dayAndTime(moment: number): string {
  return `${DAYS[new Date(moment).getUTCDay()]} ${clockTime(moment)}`;
}

export function clockTime(moment: number): string {
  return new Date(moment).toISOString().slice(11, 16);
}
