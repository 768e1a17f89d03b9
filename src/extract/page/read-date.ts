import { instantFrom, type Instant } from '../../support/instant.ts';

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'january jan januar janvier janv enero ene janeiro gennaio gen januari stycznia styczen leden ledna januára tammikuu tammikuuta jänner января январь січня ocak ιανουαρίου ianuarie',
    'february feb febr februar février févr fevrier fev febrero fevereiro febbraio febbr februari lutego luty únor února helmikuu helmikuuta feber февраля февраль лютого şubat φεβρουαρίου februarie',
    'march mar march märz maerz mrz mars marzo março marco maart marca marzec březen března maaliskuu maaliskuuta марта март березня mart μαρτίου martie',
    'april apr avril avr abril abr aprile kwietnia kwiecień duben dubna huhtikuu huhtikuuta апреля апрель квітня nisan απριλίου aprilie',
    'may mai mayo maio maggio mag mei maja maj květen května toukokuu toukokuuta мая май травня mayıs μαΐου',
    'june jun juni juin junho junio giugno giu czerwca czerwiec červen června kesäkuu kesäkuuta июня июнь червня haziran ιουνίου iunie',
    'july jul juli juillet juil julho julio luglio lug lipca lipiec červenec července heinäkuu heinäkuuta июля июль липня temmuz ιουλίου iulie',
    'august aug août aout agosto ago augustus augusti sierpnia sierpień srpen srpna elokuu elokuuta августа август серпня ağustos αυγούστου',
    'september sep sept septembre setembro set septiembre settembre sett wrzesnia września wrzesień září syyskuu syyskuuta сентября сентябрь вересня eylül σεπτεμβρίου septembrie',
    'october oct oktober okt octobre outubro out octubre ottobre ott oktobra października październik říjen října lokakuu lokakuuta октября октябрь жовтня ekim οκτωβρίου octombrie',
    'november nov novembre novembro noviembre listopada listopad listopadu marraskuu marraskuuta ноября ноябрь листопада kasım νοεμβρίου noiembrie',
    'december dec dez dezember décembre déc decembre dezembro diciembre dic dicembre desember des grudnia grudzień prosinec prosince joulukuu joulukuuta декабря декабрь грудня aralık δεκεμβρίου decembrie',
  ].flatMap((names, month) => names.split(' ').map((name) => [name, month + 1] as const)),
);

/** Hours that names of zones stand for. */
const ZONES: Readonly<Record<string, number>> = {
  utc: 0, gmt: 0, z: 0, bst: 1, wet: 0, west: 1, cet: 1, cest: 2, mez: 1, mesz: 2, eet: 2, eest: 3, msk: 3, ist: 5.5, est: -5, edt: -4, et: -5, cst: -6,
  cdt: -5, ct: -6, mst: -7, mdt: -6, mt: -7, pst: -8, pdt: -7, pt: -8, jst: 9, kst: 9, hkt: 8, sgt: 8, aest: 10, aedt: 11,
}; // prettier-ignore

type Parts = { year: number; month: number; day: number };

/**
 * A date as pages write it, in attributes or for people, as an instant; null when it is none, is before 1995, or is no
 * day of the calendar. A date without a time is midnight, one without a zone is in UTC. `now` bounds nothing here.
 */
export function readDate(text: string | null): Instant | null {
  if (text === null) return null;
  const plain = text
    .slice(0, 200)
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .trim();
  const parts = isoParts(plain) ?? wordyParts(plain) ?? numericParts(plain) ?? epochParts(plain);
  if (parts === null || parts.year < 1995 || parts.year > 2100) return null;
  const { year, month, day } = parts;
  const midnight = Date.UTC(year, month - 1, day);
  const check = new Date(midnight);
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) return null;
  return instantFrom(midnight + secondsOfDay(plain, parts.rest) * 1000);
}

type DatedParts = Parts & { readonly rest: string };

function isoParts(text: string): DatedParts | null {
  const found = /(?:^|[^\d])((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日)?(?=\D|$)([^]*)/.exec(text);
  if (found !== null)
    return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]), rest: found[4]! };
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?=\D|$)/.exec(text);
  if (compact === null) return null;
  const time = compact[4] === undefined ? '' : `T${compact[4]}:${compact[5]}:${compact[6] ?? '00'}`;
  return {
    year: Number(compact[1]),
    month: Number(compact[2]),
    day: Number(compact[3]),
    rest: time + text.slice(compact[0].length),
  };
}

/** "12 March 2024", "12. März 2024", "12 de marzo de 2024", "March 12th, 2024", "12-Mar-24". */
function wordyParts(text: string): DatedParts | null {
  for (const match of text.matchAll(/\p{L}{3,14}/gu)) {
    const month = MONTHS[match[0].toLowerCase()];
    if (month === undefined) continue;
    const before = text.slice(Math.max(0, match.index - 14), match.index);
    const after = text.slice(match.index + match[0].length);
    const dayBefore = /(\d{1,2})(?:st|nd|rd|th|er|º|°)?[.,]?[\s-]{0,2}(?:de |d.|of )?$/i.exec(before)?.[1];
    const yearAfter = /^[.,]?[\s-]{0,2}(?:de |del |,)?\s?['’]?((?:19|20)\d{2})\b([^]*)/i.exec(after);
    if (dayBefore !== undefined && yearAfter !== null)
      return { year: Number(yearAfter[1]), month, day: Number(dayBefore), rest: yearAfter[2]! };
    const dayAfter = /^[.,]?\s{0,2}(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+at)?[\s,]+((?:19|20)\d{2})\b([^]*)/i.exec(after);
    if (dayAfter !== null) return { year: Number(dayAfter[2]), month, day: Number(dayAfter[1]), rest: dayAfter[3]! };
    const asctime = /^\s(\d{1,2})\s(\d{2}:\d{2}:\d{2})\s([\p{L}]{1,5}\s)?((?:19|20)\d{2})/u.exec(after);
    if (asctime !== null)
      return { year: Number(asctime[4]), month, day: Number(asctime[1]), rest: ` ${asctime[2]} ${asctime[3] ?? ''}` };
    const yearBefore = /((?:19|20)\d{2})[\s,.-]{1,3}$/.exec(before)?.[1];
    const lone = /^[\s.-]{1,2}(\d{1,2})\b([^]*)/.exec(after);
    if (yearBefore !== undefined && lone !== null)
      return { year: Number(yearBefore), month, day: Number(lone[1]), rest: lone[2]! };
  }
  return null;
}

/** "12.03.2024", "3/12/2024" (month first where slashes allow no other reading but that of Americans). */
function numericParts(text: string): DatedParts | null {
  const found = /(?:^|[^\d])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d{2})(?=\D|$)([^]*)/.exec(text);
  if (found === null) return null;
  const [first, second] = [Number(found[1]), Number(found[3])];
  const year = Number(found[4]!.length === 2 ? `20${found[4]}` : found[4]);
  const monthFirst = second > 12 || (found[2] === '/' && first <= 12);
  return { year, month: monthFirst ? first : second, day: monthFirst ? second : first, rest: found[5]! };
}

function epochParts(text: string): DatedParts | null {
  if (!/^1\d{9}(?:\d{3})?$/.test(text)) return null;
  const date = new Date(Number(text) * (text.length === 10 ? 1000 : 1));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    rest: `T${date.toISOString().slice(11, 19)}Z`,
  };
}

/** Seconds after midnight UTC of the time that follows a date, its zone taken off; may lie outside of the day. */
function secondsOfDay(whole: string, rest: string): number {
  const time =
    /^[^\d]{0,20}?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?\s*([ap])?\.?\s?m?\.?/i.exec(rest) ??
    /(?:^|[\s,])(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?/i.exec(whole);
  if (time === null) return 0;
  let hours = Number(time[1]);
  if (hours > 24 || Number(time[2]) > 59) return 0;
  const half = time[4]?.toLowerCase();
  if (half === 'p' && hours < 12) hours += 12;
  if (half === 'a' && hours === 12) hours = 0;
  const behind = (time.input === rest ? rest : whole).slice(time.index + time[0].length);
  return hours * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0) - zoneSeconds(behind);
}

function zoneSeconds(text: string): number {
  const offset = /^\s*(?:UTC|GMT)?\s*([+\u2212-])(\d{2}):?(\d{2})?/i.exec(text);
  if (offset !== null) return (offset[1] === '+' ? 1 : -1) * (Number(offset[2]) * 3600 + Number(offset[3] ?? 0) * 60);
  const name = /^[\s(]*([a-z]{1,4})\b/i.exec(text)?.[1]?.toLowerCase();
  return name === undefined ? 0 : (ZONES[name] ?? 0) * 3600;
}
