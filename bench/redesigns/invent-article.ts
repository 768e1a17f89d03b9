import { randomOf, type Random } from './random.ts';
import type { LanguageTexts } from './texts/language-texts.ts';

export const KINDS = ['report', 'feature', 'note', 'interview', 'gallery', 'live', 'list', 'video'] as const;

export type ArticleKind = (typeof KINDS)[number];

export type Picture = {
  readonly path: string;
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
};

export type Block =
  | { readonly is: 'paragraph'; readonly text: string }
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'question'; readonly text: string }
  | { readonly is: 'quote'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly string[] }
  | { readonly is: 'time'; readonly text: string }
  | { readonly is: 'video'; readonly title: string }
  | { readonly is: 'picture'; readonly picture: Picture };

export type InventedArticle = {
  readonly kind: ArticleKind;
  readonly slug: string;
  readonly title: string;
  readonly author: string;
  /** An instant. */
  readonly published: string;
  readonly section: string;
  readonly summary: string;
  readonly lead: Picture | null;
  readonly blocks: readonly Block[];
  /** What readers say below it, whether or not a page shows it. */
  readonly remarks: readonly { readonly name: string; readonly text: string }[];
};

type World = { readonly say: (template: string) => string; readonly person: () => string };

/** One invented article of a kind: the same for the same name, and different from that of any other name. */
export function inventArticle(
  name: string,
  kind: ArticleKind,
  texts: LanguageTexts,
  { picture, published }: { picture: boolean; published: string },
): InventedArticle {
  const random = randomOf(name);
  const world = worldOf(texts, random);
  const title = world.say(random.pick(texts.titles));
  const slug = `${random.pick(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'k'])}${random.between(1000, 9999)}-${random.between(10, 99)}`;
  const lead = world.say(random.pick(texts.leads));
  const pictureAt = (): Picture => inventPicture(world, texts, random);
  const blocks = blocksOf(kind, lead, { texts, random, world, pictureAt });
  return {
    kind,
    slug,
    title,
    author: world.person(),
    published,
    section: random.pick(texts.labels.sections),
    summary: random.chance(0.6) ? lead : [lead, world.say(random.pick(texts.sentences))].join(texts.gap),
    lead: picture ? pictureAt() : null,
    blocks,
    remarks: Array.from({ length: random.between(9, 16) }, () => ({
      name: random.pick(texts.firstNames),
      text: [world.say(random.pick(texts.remarks)), world.say(random.pick(texts.sentences))].join(texts.gap),
    })),
  };
}

/** The words of an article as its readers should get them, without captions. */
export function paragraphsOf(article: InventedArticle): string[] {
  return article.blocks.flatMap((block) => {
    switch (block.is) {
      case 'list':
        return block.items;
      case 'picture':
      case 'video':
        return [];
      default:
        return [block.text];
    }
  });
}

function worldOf(texts: LanguageTexts, random: Random): World {
  const person = (): string => [random.pick(texts.firstNames), random.pick(texts.lastNames)].join(texts.gap);
  const fixed = new Map<string, string>([
    ['person', person()],
    ['other', person()],
    ...texts.fixed.map((slot): [string, string] => [slot, random.pick(texts.slots[slot] ?? [slot])]),
  ]);
  const fill = (slot: string): string => {
    if (slot === 'n') return String(random.between(3, 97));
    if (slot === 'year') return String(random.between(1961, 2024));
    const kept = fixed.get(slot);
    if (kept !== undefined) return kept;
    return random.pick(texts.slots[slot] ?? [`[no slot ${slot}]`]);
  };
  const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
  return {
    person,
    say: (template) =>
      template.replace(/\{(\w+)\}/gu, (_, slot: string) => {
        const lower = slot.slice(0, 1).toLowerCase() + slot.slice(1);
        return lower === slot ? fill(slot) : capital(fill(lower));
      }),
  };
}

function inventPicture(world: World, texts: LanguageTexts, random: Random): Picture {
  return {
    path: `/img/2026/${random.between(10000, 99999)}.jpg`,
    alt: world.say(random.pick(texts.captions)),
    caption: world.say(random.pick(texts.captions)),
    credit: world.person(),
  };
}

type Making = {
  readonly texts: LanguageTexts;
  readonly random: Random;
  readonly world: World;
  readonly pictureAt: () => Picture;
};

const WORDS: Record<ArticleKind, readonly [number, number]> = {
  report: [300, 700],
  feature: [700, 1200],
  note: [45, 130],
  interview: [400, 900],
  gallery: [50, 110],
  live: [400, 1000],
  list: [250, 600],
  video: [18, 45],
};

function blocksOf(kind: ArticleKind, lead: string, making: Making): Block[] {
  const { texts, random, world, pictureAt } = making;
  const [least, most] = WORDS[kind];
  const flow = proseOf(lead, random.between(least, most), making);
  const paragraphs = flow.map((text): Block => ({ is: 'paragraph', text }));
  const say = (list: readonly string[]): string => world.say(random.pick(list));
  switch (kind) {
    case 'note':
      return paragraphs;
    case 'video':
      return [{ is: 'video', title: say(texts.captions) }, ...paragraphs];
    case 'gallery':
      return [
        ...paragraphs,
        ...Array.from({ length: random.between(5, 9) }, (): Block => ({ is: 'picture', picture: pictureAt() })),
      ];
    case 'interview':
      return paragraphs.flatMap((block, at): Block[] =>
        at === 0 ? [block] : [{ is: 'question', text: say(texts.questions) }, block],
      );
    case 'live':
      return paragraphs.flatMap((block, at): Block[] => [
        {
          is: 'time',
          text: `${19 - Math.floor(at / 4)}:${String(random.between(0, 12) + 45 - (at % 4) * 15).padStart(2, '0')}`,
        },
        ...(random.chance(0.4) ? [{ is: 'heading', text: say(texts.headings) } as const] : []),
        block,
      ]);
    case 'list':
      return paragraphs.flatMap((block, at): Block[] =>
        at === 0
          ? [block]
          : [
              { is: 'heading', text: `${at}. ${say(texts.headings)}` },
              block,
              ...(random.chance(0.3) ? [listOf(making)] : []),
            ],
      );
    default:
      return paragraphs.flatMap((block, at): Block[] => [
        ...(at > 1 && random.chance(kind === 'feature' ? 0.2 : 0.1)
          ? [{ is: 'heading', text: say(texts.headings) } as const]
          : []),
        block,
        ...(random.chance(0.08) ? [{ is: 'quote', text: say(texts.quotes) } as const] : []),
        ...(random.chance(0.07) ? [{ is: 'picture', picture: pictureAt() } as const] : []),
        ...(random.chance(0.03) ? [listOf(making)] : []),
      ]);
  }
}

function listOf({ texts, random, world }: Making): Block {
  const items = Array.from({ length: random.between(3, 5) }, () =>
    world.say(dressed(random.pick(texts.sentences), texts, random)),
  );
  return { is: 'list', items };
}

/** Paragraphs of about so many words; where words have no spaces, two characters count as one. */
function proseOf(lead: string, words: number, { texts, random, world }: Making): string[] {
  const paragraphs = [lead];
  const lengthOf = (text: string): number => (texts.gap === '' ? text.length / 2 : text.split(' ').length);
  const nextSentence = drawnInTurn(texts.sentences, random);
  const nextQuote = drawnInTurn(texts.quotes, random);
  let length = lengthOf(lead);
  while (length < words) {
    const sentences = Array.from({ length: random.between(1, 5) }, () =>
      random.chance(0.15) ? nextQuote() : dressed(nextSentence(), texts, random),
    );
    const text = sentences.map((sentence) => world.say(sentence)).join(texts.gap);
    paragraphs.push(text);
    length += lengthOf(text);
  }
  return paragraphs;
}

/** Each of a list in a shuffled order, and from the start again when all were drawn. */
function drawnInTurn(list: readonly string[], random: Random): () => string {
  let waiting: string[] = [];
  return () => {
    if (waiting.length === 0) waiting = random.shuffled(list);
    return waiting.pop() ?? '';
  };
}

/** A sentence with few slots gets an aside: articles of one newsroom do not share whole sentences. */
function dressed(sentence: string, texts: LanguageTexts, random: Random): string {
  const free = [...sentence.matchAll(/\{(?:n|year|month|weekday|part|group|cause|paper|adverb)\}/gi)].length;
  if (free > 1 ? random.chance(0.75) : random.chance(0.03)) return sentence;
  return random.pick(texts.asides).replace('*', sentence.replace(/[.。]$/u, ''));
}
