// Words that dates are written with, folded: lower case, without diacritics.

/**
 * The beginnings of the months' names, January first: English, German, French, Spanish, Italian, Portuguese, Dutch,
 * Polish, Russian, Ukrainian, Greek, Hungarian, Czech, Scandinavian, Finnish, Romanian, Catalan, Turkish, Indonesian.
 * Longer beginnings go before shorter ones: `juil` is July and `juin` June.
 */
const MONTH_BEGINNINGS = [
  'jan jaen ene gen ian sty led tam oca янв січ ιαν',
  'feb fev lut uno helm sub фев лют φεβ',
  'mar maer mrt maa bre мар бер μαρ μαω',
  'apr avr abr kwi dub huh nis апр кві απρ',
  'mai may maj mau mag mei kve tou май мая мае тра μαι',
  'jun juin juny giu iun cze cervn kes haz июн чер ιουν ιον',
  'jul juil jule lug iul lip cervenc hei tem июл лип ιουλ ιολ',
  'aug aou ago sie srp elo agu agt авг сер αυγ',
  'sep set wrz zar syy eyl szep сен вер σεπ',
  'oct okt ott out paz rij lok eki окт жов οκτ',
  'nov noe noi lis marra kas ноя лис νοε',
  'dec dez dic des dek gru pro jou ara дек гру δεκ',
];

const MONTHS = new Map<string, number>();
MONTH_BEGINNINGS.forEach((line, month) => {
  for (const beginning of line.split(' ')) MONTHS.set(beginning, month);
});

const LONGEST_BEGINNING = 7;

/** Which month a folded word means, 0 to 11, by its longest known beginning; null if none. */
export function monthOf(word: string): number | null {
  for (let length = Math.min(word.length, LONGEST_BEGINNING); length >= 3; length--) {
    const month = MONTHS.get(word.slice(0, length));
    if (month !== undefined) return month;
  }
  return null;
}

/** Minutes east of UTC. Names that mean several zones have the meaning that feeds give them (RFC 822 §5.1 first). */
const ZONE_MINUTES = [
  'z 0, ut 0, utc 0, gmt 0, wet 0, zulu 0, etc/gmt 0, etc/utc 0',
  'est -300, edt -240, et -300, cst -360, cdt -300, ct -360, mst -420, mdt -360, mt -420, pst -480, pdt -420, pt -480',
  'at -240, ast -240, adt -180, nst -210, ndt -150, akst -540, akdt -480, hst -600, hast -600, sst -660',
  'brt -180, brst -120, art -180, clt -240, cot -300',
  'cet 60, cest 120, met 60, mest 120, mez 60, mesz 120, west 60, bst 60, wat 60, eet 120, eest 180, sast 120, cat 120',
  'msk 180, msd 240, eat 180, trt 180, gst 240, pkt 300, ist 330, npt 345, bdt 360, ict 420, wib 420',
  'hkt 480, sgt 480, pht 480, awst 480, myt 480, jst 540, kst 540, acst 570, acdt 630, aest 600, aedt 660',
  'nzst 720, nzdt 780',
];

const ZONES = new Map(
  ZONE_MINUTES.join(', ')
    .split(', ')
    .map((zone) => {
      const [name, minutes] = zone.split(' ');
      return [name!, Number(minutes)];
    }),
);

/** Minutes east of UTC of a zone's folded name, military letters by RFC 822 §5.1 among them; null if not known. */
export function zoneMinutes(name: string): number | null {
  const known = ZONES.get(name);
  if (known !== undefined) return known;
  if (name.length !== 1) return null;
  const west = 'abcdefghiklm'.indexOf(name);
  const east = 'nopqrstuvwxy'.indexOf(name);
  if (west < 0 && east < 0) return null;
  return west >= 0 ? -60 * (west + 1) : 60 * (east + 1);
}
