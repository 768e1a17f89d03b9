import { instantFrom, type Instant } from '../support/instant.ts';
import { monthOf, zoneMinutes } from './date-words.ts';

/** Longer than any date that people write. */
const LONGEST = 100;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Parts of a date: month 0 to 11, zone in minutes east of UTC, Infinity for one that does not exist. */
type Parts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone: number;
};

const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,12})?)?\s?(Z|z|[+-]\d\d:?\d\d)?$/;
const MAIL = /^(?:[A-Za-z]{3,9},? )?(\d{1,2}) ([A-Za-z]{3,9}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (GMT|UTC|Z|[+-]\d{4})$/;

/**
 * A date as feeds write it: RFC 3339 and ISO 8601, RFC 822 with every usual mistake, asctime, local names of months,
 * Chinese, Japanese and Korean forms, seconds since 1970. Without a zone it is UTC (Korean forms: Korean time). Two-digit
 * years up to 68 are of this century. Null for what is no date, or none that exists.
 */
export function parseDate(written: string): Instant | null {
  const text = written.trim();
  if (text.length < 2 || text.length > LONGEST) return null;
  const parts = isoParts(text) ?? mailParts(text) ?? compactParts(text) ?? looseParts(text);
  return parts === null ? null : instantOf(parts);
}

function instantOf(parts: Parts): Instant | null {
  const { year, month, day, hour, minute, second, zone } = parts;
  if (month < 0 || month > 11 || day < 1 || day > 31 || minute > 59 || second > 60 || Math.abs(zone) > 15 * 60)
    return null;
  if (year > 9999 || hour > 24 || (hour === 24 && minute + second > 0)) return null;
  if (day > 28 && day > daysIn(year, month)) return null;
  if (zone === 0 && hour < 24 && second < 60) return written(parts);
  const midnight = new Date(0).setUTCFullYear(year, month, day);
  const ms = midnight + (hour * 60 + minute - zone) * MINUTE_MS + Math.min(second, 59) * 1000;
  const leapt = second === 60 ? ms + 1000 : ms;
  return leapt < -62_167_219_200_000 || leapt > 253_402_300_799_000 ? null : instantFrom(leapt);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year < 100 ? year + 400 : year, month + 1, 0)).getUTCDate();
}

/** The instant of parts in UTC. Most dates are so, and this is a good deal quicker than going by milliseconds. */
function written({ year, month, day, hour, minute, second }: Parts): Instant {
  const date = `${String(year).padStart(4, '0')}-${twoDigits(month + 1)}-${twoDigits(day)}`;
  return `${date}T${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}Z`;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

function isoParts(text: string): Parts | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, zone] = match;
  return {
    year: Number(year),
    month: Number(month) - 1,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    zone: zone === undefined ? 0 : (offsetOf(zone) ?? Infinity),
  };
}

function mailParts(text: string): Parts | null {
  const match = MAIL.exec(text);
  if (match === null) return null;
  const [, day, name, year, hour, minute, second, zone] = match;
  const month = monthOf(name!.toLowerCase());
  if (month === null) return null;
  return {
    year: Number(year),
    month,
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    zone: offsetOf(zone!) ?? Infinity,
  };
}

/** `+0200`, `-03:30`, `Z` or a name, in minutes east of UTC. */
function offsetOf(zone: string): number | null {
  const numeric = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (numeric === null) return zoneMinutes(zone.toLowerCase());
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  return Number(numeric[3] ?? 0) > 59 ? Infinity : numeric[1] === '-' ? -minutes : minutes;
}

const NO_TIME = { hour: 0, minute: 0, second: 0, zone: 0 };

/** Dates of digits alone or with few hyphens: ISO 8601's short and ordinal forms, and seconds since 1970. */
function compactParts(text: string): Parts | null {
  if (/^\d{10}(?:\d{3})?(?:\.\d{1,9})?$/.test(text)) return fromEpoch(Number(text) * (/^\d{13}/.test(text) ? 1 : 1000));
  const full = /^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?$/.exec(text);
  if (full !== null) {
    const [, year, month, day, hour = 0, minute = 0, second = 0, zone = 'Z'] = full;
    const zoneOf = offsetOf(zone) ?? Infinity;
    return partsOf([year, month, day], {
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      zone: zoneOf,
    });
  }
  const hour = /^(\d{4})-(\d\d)-(\d\d)T(\d\d)(Z|[+-]\d\d:?\d\d)?$/i.exec(text);
  if (hour !== null)
    return partsOf(hour.slice(1, 4), { ...NO_TIME, hour: Number(hour[4]), zone: offsetOf(hour[5] ?? 'Z') ?? Infinity });
  const month = /^(\d{4})-(\d\d?)$/.exec(text) ?? /^-(\d\d)-?(\d\d)$/.exec(text);
  if (month !== null) return partsOf([month[1], month[2], 1]);
  const year = /^(\d{4})$/.exec(text) ?? /^-(\d\d)$/.exec(text);
  if (year !== null) return partsOf([year[1], 1, 1]);
  const day = /^(\d\d)-?(\d\d)-?(\d\d)$/.exec(text);
  if (day !== null) return partsOf([day[1], day[2], day[3]]);
  const ordinal = /^(\d{4}|\d\d)-?(\d{3})$/.exec(text);
  return ordinal === null ? null : fromOrdinal(fullYear(ordinal[1]!), Number(ordinal[2]));
}

function partsOf(
  date: readonly (string | number | undefined)[],
  time: Pick<Parts, 'hour' | 'minute' | 'second' | 'zone'> = NO_TIME,
): Parts {
  const [year, month, day] = date;
  return { year: fullYear(String(year)), month: Number(month) - 1, day: Number(day), ...time };
}

function fromEpoch(ms: number): Parts {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    zone: 0,
  };
}

function fromOrdinal(year: number, dayOfYear: number): Parts | null {
  if (dayOfYear < 1 || dayOfYear > 366) return null;
  const date = new Date(new Date(0).setUTCFullYear(year, 0, 1) + (dayOfYear - 1) * DAY_MS);
  return { year, month: date.getUTCMonth(), day: date.getUTCDate(), ...NO_TIME };
}

function fullYear(year: string): number {
  const number = Number(year);
  if (year.length > 2) return number;
  return number <= 68 ? 2000 + number : 1900 + number;
}

// ---- Everything else: the time is found first, by its colon; what follows it is the zone, and the rest the day. ----

const TIME =
  /(?<![\d.:])(\d{1,2})(?::|h(?=\d)|\.(?=\d\d\.\d\d(?!\d)))(\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d{1,9})?)?(?!\d|:)(?:\s*(a\.?m\.?|p\.?m\.?)(?![a-z]))?/;
const HALF_BEFORE = /(?:^|\s)(am|pm)\s+$/;
const OFFSET = /^\s*(?:\(?(?:gmt|utc|ut)\)?)?\s*([+-]\s?\d{1,2}(?::?\d\d)?)(?![\d:])/;
const ZONE_NAME = /^\s*\(?([a-z]+(?:\/[a-z_]+)?)\)?/;

function looseParts(written: string): Parts | null {
  const text = inPlainWords(written);
  const time = TIME.exec(text);
  if (time === null) return text.includes(':') ? null : dayParts(text, { ...NO_TIME, zone: bareZone(text) });
  const before = text.slice(0, time.index);
  const after = text.slice(time.index + time[0].length);
  const zone = zoneAfter(after);
  if (zone === null) return null;
  const half = HALF_BEFORE.exec(before)?.[1] ?? time[4]?.replaceAll('.', '') ?? null;
  const hour = hourOf(Number(time[1]), half);
  const clock = {
    hour,
    minute: Number(time[2]),
    second: Number(time[3] ?? 0),
    zone: zone.minutes ?? bareZone(written),
  };
  return dayParts(`${before.replace(HALF_BEFORE, ' ')} ${zone.rest}`, clock);
}

/** Korean dates tell no zone, and Korea has one. */
function bareZone(written: string): number {
  return /[\u1100-\u11ff\uac00-\ud7a3]/.test(written) ? 540 : 0;
}

function hourOf(hour: number, half: string | null): number {
  if (half === 'pm') return hour < 12 ? hour + 12 : hour;
  return half === 'am' && hour === 12 ? 0 : hour;
}

/** Lower case, without diacritics, East Asian units as separators. */
function inPlainWords(written: string): string {
  const units = written
    .normalize('NFKC')
    .replace(/[一二三四五六七八九十]{1,2}(?=月)/g, chineseNumber)
    .replace(/(\d{1,2})\s+(\d{1,2})(?:[月월]\s*|\s+)(\d{4})(?!\d)/, '$3-$2-$1 ')
    .replace(/\s*[年년]\s*|\s*[月월]\s*/g, '-')
    .replace(/[日일号]|[(（][^)）]{0,12}[)）]/g, ' ')
    .replace(/\s*[時时點点시]\s*(?=\d)/g, ':')
    .replace(/[時时點点시](?!\d)/g, ':00 ')
    .replace(/\s*[分분]\s*(?=\d)/g, ':')
    .replace(/[分분秒초]/g, ' ')
    .replace(/上午|午前|오전/g, ' am ')
    .replace(/下午|午後|午后|오후/g, ' pm ')
    .replace(/星期[一二三四五六日天]|[月火水木金土日]曜日?/g, ' ');
  return units
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ');
}

/** 一 to 十二 in figures. */
function chineseNumber(written: string): string {
  const last = '一二三四五六七八九'.indexOf(written.at(-1)!) + 1;
  return String((written.startsWith('十') ? 10 : 0) + last);
}

/** The zone at the beginning of what follows a time, and what is left. Null where what stands there is a faulty zone. */
function zoneAfter(text: string): { readonly minutes: number | null; readonly rest: string } | null {
  const offset = OFFSET.exec(text);
  if (offset !== null) {
    const minutes = offsetOf(offset[1]!.replace(' ', ''));
    return minutes === null ? null : { minutes, rest: text.slice(offset[0].length).replace(/\([^)]*\)/, '') };
  }
  if (/^\s*[+-]\S*[a-z]/.test(text) || /^\s*:/.test(text)) return null;
  const name = ZONE_NAME.exec(text);
  if (name === null) return { minutes: null, rest: text };
  const minutes = zoneMinutes(name[1]!);
  if (minutes !== null) return { minutes, rest: text.slice(name[0].length) };
  return { minutes: null, rest: text };
}

type Clock = Pick<Parts, 'hour' | 'minute' | 'second' | 'zone'>;

/** The day out of what is left when the time is taken away. */
function dayParts(text: string, clock: Clock): Parts | null {
  const numeric = numericDay(text);
  if (numeric !== null) return { ...numeric, ...clock };
  const words = text.match(/\p{L}+/gu) ?? [];
  const months = words.map(monthOf).filter((month) => month !== null);
  // A weekday may begin like a month (`mar.` is mardi and March): the month is then the last one.
  const month = months.at(-1);
  if (month === undefined) return null;
  const numbers = (text.match(/\d+/g) ?? []).filter((digits) => digits.length <= 4);
  const year = numbers.find(({ length }) => length === 4) ?? (numbers.length >= 2 ? numbers[1]! : null);
  const day =
    numbers.find((digits) => digits !== year && digits.length <= 2) ??
    (words.length === 1 && numbers.length === 1 ? '1' : null);
  if (year === null || day === null || year.length === 3) return null;
  return { year: fullYear(year), month, day: Number(day), ...clock };
}

/** Days in figures: year first; else the day first, but for slashes, and where only the American order gives a month. */
function numericDay(text: string): Pick<Parts, 'year' | 'month' | 'day'> | null {
  const yearFirst = /(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)/.exec(text);
  if (yearFirst !== null) return numbered(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!);
  const named = /(?<!\d)(\d{4})-(\p{L}+)-(\d{1,2})(?!\d)/u.exec(text);
  if (named !== null) {
    const month = monthOf(named[2]!);
    return month === null ? null : { year: Number(named[1]), month, day: Number(named[3]) };
  }
  const yearLast = /(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?!\d)/.exec(text);
  if (yearLast === null) return null;
  const [, first, separator, second, year] = yearLast;
  const isAmerican = (separator === '/' && Number(first) <= 12) || Number(second) > 12;
  return isAmerican ? numbered(year!, first!, second!) : numbered(year!, second!, first!);
}

function numbered(year: string, month: string, day: string): Pick<Parts, 'year' | 'month' | 'day'> {
  return { year: fullYear(year), month: Number(month) - 1, day: Number(day) };
}
