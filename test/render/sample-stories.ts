import type { LeadImage } from '../../src/model/article.ts';
import type { StoryTeaser } from '../../src/model/edition.ts';

/** A story of the sample publication: a title, what it says, who says it, and which topic it is in. */
type SampleStory = {
  readonly slug: string;
  readonly topic: string;
  readonly title: string;
  readonly excerpt: string;
  readonly publisher: string;
  readonly published: string;
  readonly reports: number;
  /** Null: the story has no picture. */
  readonly picture: {
    readonly alt: string;
    readonly caption: string | null;
    readonly credit: string | null;
    readonly size: readonly [number, number] | null;
  } | null;
};

const WIDE = [960, 640] as const;

/** Newest first. Every name and every event is made up. */
export const SAMPLE_STORIES: readonly SampleStory[] = [
  {
    slug: 'estuary-ceasefire',
    topic: 'world',
    title: 'Estuary states agree a ceasefire after nine days of talks on a ferry',
    excerpt:
      'Negotiators from Orle and Saltmere signed before dawn, leaving the shipping lanes to a joint commission and the question of the islands to next year.',
    publisher: 'Harbour News',
    published: '2026-11-24T15:40:00Z',
    reports: 6,
    picture: {
      alt: 'A white ferry at its berth, flags of two countries on its upper deck',
      caption: 'The ferry Halcyon, neutral ground for nine days, at Port Meridian on Tuesday.',
      credit: 'Ilse Varga / Harbour News',
      size: WIDE,
    },
  },
  {
    slug: 'rate-cut',
    topic: 'business',
    title: 'Central bank cuts its rate for the first time in two years',
    excerpt: 'The board voted six to three. Two of the three who lost wanted a larger cut; the third, none at all.',
    publisher: 'Northgate Business',
    published: '2026-11-24T14:05:00Z',
    reports: 4,
    picture: {
      alt: 'A chart with a line that falls in steps',
      caption: null,
      credit: 'Northgate Business',
      size: WIDE,
    },
  },
  {
    slug: 'night-trains',
    topic: 'world',
    title: 'Night trains return to the coast line, and the first one is full',
    excerpt: 'All 212 berths to Saltmere were sold in eleven minutes. The operator promises a second train by spring.',
    publisher: 'Tidewater Times',
    published: '2026-11-24T12:30:00Z',
    reports: 2,
    picture: { alt: 'A blue sleeping car in an empty station at night', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'glass-tax',
    topic: 'business',
    title: 'Why the glass tax nobody wanted passed without a debate',
    excerpt: 'It was on page 214 of a bill about harbour dues. Three members say that they read so far.',
    publisher: 'The Lantern Review',
    published: '2026-11-24T11:10:00Z',
    reports: 1,
    picture: null,
  },
  {
    slug: 'seagrass',
    topic: 'science',
    title: 'Seagrass meadows store twice the carbon where turtles graze on them',
    excerpt: 'A survey of forty bays finds the opposite of what was expected, and a reason under the sand.',
    publisher: 'Brightfield Science',
    published: '2026-11-24T09:00:00Z',
    reports: 3,
    picture: { alt: 'Low hills above a shallow bay', caption: null, credit: 'Brightfield Science', size: null },
  },
  {
    slug: 'bridge-report',
    topic: 'world',
    title: 'Three inspections of the Cormorant Bridge were signed for and never made',
    excerpt: 'The inquiry names two firms and a ministry, and says that the fault could be seen from the towpath.',
    publisher: 'Harbour News',
    published: '2026-11-23T18:20:00Z',
    reports: 7,
    picture: { alt: 'A river between wooded banks', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'marsh-fever',
    topic: 'science',
    title: 'Marsh fever vaccine stops four cases in five in its largest trial',
    excerpt: 'Among 31,000 people in nine towns the protection held for two seasons, longest in the oldest.',
    publisher: 'Meridian Wire',
    published: '2026-11-23T13:00:00Z',
    reports: 6,
    picture: { alt: 'A row of flasks on a bench', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'cup-final',
    topic: 'sport',
    title: 'Dockers win the cup with ten men and a goalkeeper’s penalty',
    excerpt: 'Ana Petrescu had never taken one in a match. “Somebody had to,” she said.',
    publisher: 'Tidewater Times',
    published: '2026-11-22T21:15:00Z',
    reports: 5,
    picture: { alt: 'A full stadium under floodlights', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'river-treaty',
    topic: 'world',
    title: 'أربع دول توقع معاهدة لتقاسم مياه نهر أورل بعد عقود من الخلاف',
    excerpt: 'تحدد المعاهدة حصة كل دولة من المياه في سنوات الجفاف، وتنشئ محكمة صغيرة للفصل في النزاعات.',
    publisher: 'صحيفة المرفأ',
    published: '2026-11-22T10:00:00Z',
    reports: 4,
    picture: { alt: 'نهر بين تلال خضراء', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'oyster-beds',
    topic: 'business',
    title: 'Reedwick’s oysters are back, and so is the argument about lemon',
    excerpt: 'The beds opened again after eleven years. The first dozen went to the mayor, who asked for vinegar.',
    publisher: 'Tidewater Times',
    published: '2026-11-21T16:45:00Z',
    reports: 3,
    picture: { alt: 'A fish market in the morning', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'bahnhof',
    topic: 'world',
    title: 'Bahnhofsvorplatzneugestaltungswettbewerb: Der Sieger steht fest, der Streit auch',
    excerpt: 'Vierzehn Büros haben Entwürfe eingereicht. Gewonnen hat einer, der fast alles lässt, wie es ist.',
    publisher: 'Hafenbote',
    published: '2026-11-21T08:00:00Z',
    reports: 1,
    picture: null,
  },
  {
    slug: 'lighthouse',
    topic: 'culture',
    title: 'A play in a lighthouse, for an audience of nineteen',
    excerpt: 'The stairs are part of the second act, and the lamp has the last word.',
    publisher: 'The Lantern Review',
    published: '2026-11-20T19:30:00Z',
    reports: 1,
    picture: { alt: 'A stage lit from one side', caption: null, credit: null, size: [600, 900] },
  },
  {
    slug: 'cuttlefish',
    topic: 'science',
    title: 'Old cuttlefish do not forget their dinner',
    excerpt: 'What, where and when: the animals remember all three until their last days.',
    publisher: 'Brightfield Science',
    published: '2026-11-20T09:00:00Z',
    reports: 2,
    picture: null,
  },
  {
    slug: 'flat-pack',
    topic: 'business',
    title: 'The drawer that closes by itself: how a joiner outlived flat-pack',
    excerpt: 'Pellworm & Daughters makes nine chests a month and has a waiting list of four years.',
    publisher: 'Northgate Business',
    published: '2026-11-19T15:00:00Z',
    reports: 1,
    picture: { alt: 'A workshop with long benches', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'star-count',
    topic: 'science',
    title: 'Nine thousand people counted stars on one night. Here is what they could not see',
    excerpt: 'The sky over the coast has grown a fifth brighter since the last count.',
    publisher: 'Brightfield Science',
    published: '2026-11-19T07:00:00Z',
    reports: 2,
    picture: { alt: 'Stars above dark hills', caption: null, credit: null, size: WIDE },
  },
  {
    slug: 'letters',
    topic: 'culture',
    title: 'Letters that went to sea',
    excerpt: 'For forty years a postmistress kept what the ships brought back.',
    publisher: 'The Lantern Review',
    published: '2026-11-18T17:00:00Z',
    reports: 1,
    picture: null,
  },
  {
    slug: 'rowing',
    topic: 'sport',
    title: 'The slowest crew in the regatta, and why everyone waits for it',
    excerpt: 'Their ages add up to 611. They have finished every year since 1988.',
    publisher: 'Harbour News',
    published: '2026-11-18T11:00:00Z',
    reports: 1,
    picture: { alt: 'A calm river', caption: null, credit: null, size: WIDE },
  },
];

/** Where the pictures of the sample lie: `<base>images/<slug>.png`. */
export function sampleImage(story: SampleStory, base: string): LeadImage | null {
  if (story.picture === null) return null;
  const { alt, caption, credit, size } = story.picture;
  return {
    url: `${base}images/${story.slug}.png`,
    width: size?.[0] ?? null,
    height: size?.[1] ?? null,
    type: 'image/png',
    alt,
    caption,
    credit,
    licence: null,
  };
}

export function sampleTeaser(slug: string, base: string): StoryTeaser {
  const story = sampleStory(slug);
  return {
    id: `urn:sample:${slug}`,
    url: sampleUrl(slug, base),
    title: story.title,
    excerpt: story.excerpt,
    publisher: story.publisher,
    published: story.published,
    language: null,
    image: sampleImage(story, base),
    reports: story.reports,
  };
}

export function sampleUrl(slug: string, base: string): string {
  const [year, month] = sampleStory(slug).published.split('-');
  return `${base}articles/${year}/${month}/${slug}.html`;
}

export function sampleStory(slug: string): SampleStory {
  return SAMPLE_STORIES.find((story) => story.slug === slug)!;
}
