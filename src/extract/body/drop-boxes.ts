import type { Box, PageModel } from '../page/page-model.ts';
import { isProse, linkDensity, type Sums } from '../page/weigh-blocks.ts';

/** How much is taken away: all that is marked, without the weak hints, only what is certain. */
export type Strictness = 'all' | 'strong' | 'certain';

const STRONG_ELEMENTS: ReadonlySet<string> = new Set(['nav', 'footer', 'aside', 'dialog']);
const WEAK_ELEMENTS: ReadonlySet<string> = new Set(['header', 'form', 'menu', 'fieldset']);
const STRONG_ROLES =
  /^(?:navigation|complementary|contentinfo|search|dialog|alertdialog|menu|menubar|toolbar|tablist|alert|status|note)$/;
/** These carry the marks of the page as a whole (`has-sidebar`, `tag-politics`). */
const WHOLE: ReadonlySet<string> = new Set(['html', 'body', 'main', 'article']);

/** Share of the page's prose up to which a marked box may be taken away. */
const MOST_STRONG = 0.4;
const MOST_WEAK = 0.15;
/** The same where a box that is called a body stands elsewhere with at least so much prose, in characters. */
const MOST_BESIDE_BODY = 0.75;
const BODY_OUTSIDE = 400;
const MOST_BODIES = 50;
/** Prose that must be left, in characters, when readers' comments go. */
const LEAST_LEFT = 200;
const FEWEST_TEASERS = 3;
/** A teaser has fewer characters than that, on the average. */
const LONGEST_TEASER = 250;

/**
 * Which boxes are furniture: 1 in the place of a box and of all within it. Every mark is weighed first against the
 * prose that it would take, so that a wrapper called `page1-footer` or `main-with-sidebar` takes nothing with it.
 */
export function droppedBoxes(page: PageModel, prose: Sums, strictness: Strictness): Uint8Array {
  const dropped = new Uint8Array(page.boxes.length);
  const total = Math.max(1, prose(0, page.blocks.length));
  const heading = page.boxes.find(({ name }) => name === 'h1')?.index ?? -1;
  let left = total;
  const bodies = page.boxes
    .filter(({ marks, node }) => marks.includes('body') || node.attribs['itemprop'] === 'articleBody')
    .slice(0, MOST_BODIES);
  const bodyOutside = (box: Box): number => {
    let most = 0;
    for (const body of bodies)
      if (body.index >= box.end || body.end <= box.index) most = Math.max(most, prose(body.firstBlock, body.endBlock));
    return most;
  };
  for (let index = 0; index < page.boxes.length; index++) {
    const box = page.boxes[index]!;
    const mass = prose(box.firstBlock, box.endBlock);
    const holdsHeading = heading >= box.index && heading < box.end;
    const weights = { mass, total, left, holdsHeading, bodyOutside, holdsTeasers: () => holdsTeasers(page, box) };
    if (!isFurniture(box, weights, strictness)) continue;
    dropped.fill(1, index, box.end);
    left -= mass;
    index = box.end - 1;
  }
  return dropped;
}

/**
 * Whether a box is a list of other articles: headlines that are links, and hardly more paragraphs than headlines, all
 * short. Beside a short article such a list may well hold more text than it.
 */
function holdsTeasers({ blocks }: PageModel, { firstBlock, endBlock }: Box): boolean {
  let [headlines, paragraphs, characters] = [0, 0, 0];
  for (let index = firstBlock; index < endBlock; index++) {
    const block = blocks[index]!;
    if (linkDensity(block) > 0.6) headlines++;
    else if (isProse(block)) {
      paragraphs++;
      characters += block.text.length;
    }
  }
  return headlines >= FEWEST_TEASERS && paragraphs <= headlines * 1.2 && characters <= paragraphs * LONGEST_TEASER;
}

type Weights = {
  readonly mass: number;
  readonly total: number;
  readonly left: number;
  readonly holdsHeading: boolean;
  readonly bodyOutside: (box: Box) => number;
  readonly holdsTeasers: () => boolean;
};

function isFurniture(
  box: Box,
  { mass, total, left, holdsHeading, bodyOutside, holdsTeasers: madeOfTeasers }: Weights,
  strictness: Strictness,
): boolean {
  const { name, marks } = box;
  if (name === 'head') return false;
  if (name === 'html' || name === 'body') return false;
  const certain = marks.includes('certain') || ((name === 'footer' || name === 'nav') && !holdsHeading);
  if (certain && left - mass >= Math.min(LEAST_LEFT, total / 4) && !WHOLE.has(name)) return true;
  if (strictness === 'certain') return false;
  const share = mass / total;
  if (box.hidden || marks.includes('hidden')) return share < MOST_STRONG;
  const role = box.node.attribs['role'];
  const strong =
    STRONG_ELEMENTS.has(name) || marks.includes('strong') || (role !== undefined && STRONG_ROLES.test(role));
  if (strong && !WHOLE.has(name)) {
    if (marks.includes('body') || holdsHeading) return share < MOST_WEAK;
    if (share < MOST_STRONG || (share < MOST_BESIDE_BODY && bodyOutside(box) >= BODY_OUTSIDE)) return true;
    return left - mass >= LEAST_LEFT && madeOfTeasers();
  }
  if (strictness === 'strong') return false;
  const weak = WEAK_ELEMENTS.has(name) || marks.includes('weak') || role === 'banner';
  return weak && !WHOLE.has(name) && !marks.includes('body') && share < MOST_WEAK;
}
