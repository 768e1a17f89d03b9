// Texts as news have them: sentences of their own, so that two articles are alike only where one was made from the other.

const WHO = [
  'harbour master',
  'school board',
  'night nurse',
  'choir',
  'tram driver',
  'council',
  'baker',
  'lock keeper',
];
const DID = ['opened', 'measured', 'painted', 'counted', 'moved', 'sold', 'mended', 'refused', 'praised', 'closed'];
const WHAT = ['a bridge', 'old pumps', 'the ferry', 'two chapels', 'a garden', 'the archive', 'a kiln', 'nine boats'];
const WHERE = ['Aldmoor', 'Brackwater', 'Cressing', 'Dunholt', 'Eastmere', 'Farrow', 'Glenside', 'Hollin', 'Inchbury'];
const WHEN = ['before noon', 'after the rain', 'in the dark', 'on a holiday', 'within a week', 'at low water'];
const WHY = ['to save money', 'for a wager', 'by mistake', 'against advice', 'as agreed', 'with borrowed tools'];

/** The sentences of an article, the same for the same seed. */
export function inventedSentences(seed: number, count: number): string[] {
  const draw = drawer(seed);
  const of = (words: readonly string[]): string => words[draw(words.length)]!;
  return Array.from({ length: count }, () => {
    const [who, where] = [of(WHO), of(WHERE)];
    return `The ${who} of ${where} ${of(DID)} ${of(WHAT)} near ${of(WHERE)} ${of(WHEN)}, ${of(WHY)}, and ${of(DID)} ${of(WHAT)} ${draw(900) + 100} times.`;
  });
}

/** A headline, the same for the same seed. */
export function inventedTitle(seed: number): string {
  const draw = drawer(seed * 7 + 1);
  const of = (words: readonly string[]): string => words[draw(words.length)]!;
  return `${of(WHERE)} ${of(WHO)} ${of(DID)} ${of(WHAT)} ${of(WHEN)}`;
}

/** Draws whole numbers below a bound: a linear congruential generator, of which the upper bits are used. */
function drawer(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
