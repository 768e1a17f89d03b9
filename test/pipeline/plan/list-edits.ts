// Edits of a list as operators make them, each by a number that chooses among what there is.

type Rule = Record<string, unknown> & { any?: string[]; categories?: string[]; none?: string[]; sources?: string[] };
type WrittenTopic = Record<string, unknown> & { id: string; title: string; match?: Rule; formerly?: string[] };
type WrittenSource = Record<string, unknown> & { id: string; title: string; url: string; topics?: string[] };

/** sources.json as it is written. */
export type WrittenList = Record<string, unknown> & {
  site: Record<string, unknown> & { url: string };
  topics: WrittenTopic[];
  sources: WrittenSource[];
};

/** What edits take from elsewhere: sources that the list does not have. */
export type Elsewhere = {
  /** One that was asked before, and is not in the list any more. */
  readonly askedBefore: WrittenSource;
  /** One that was never asked. */
  readonly neverAsked: WrittenSource;
};

/** Changes the list in place. False: there is nothing that it could change. */
type Edit = (list: WrittenList, pick: number, elsewhere: Elsewhere) => boolean;

const WORDS = ['ferry', 'election', 'museum', 'the', 'bank', 'cup', 'earthquake', 'harbour', 'tram', 'vaccine'];
const one = <Item>(items: readonly Item[], pick: number): Item => items[pick % items.length]!;
const word = (pick: number): string => one(WORDS, Math.floor(pick / 7));

const filterOf = (pick: number): object =>
  JSON.parse(`{ "any": ["${word(pick)}"], "then": "${pick % 2 === 0 ? 'drop' : 'hold'}" }`) as object;

const ofSource =
  (change: (source: WrittenSource, pick: number, list: WrittenList) => void): Edit =>
  (list, pick) => {
    change(one(list.sources, pick), Math.floor(pick / 31), list);
    return true;
  };
const ofTopic =
  (change: (topic: WrittenTopic, pick: number, list: WrittenList) => void): Edit =>
  (list, pick) => {
    const open = list.topics.filter((topic) => topic['closed'] !== true);
    if (open.length === 0) return false;
    change(one(open, pick), Math.floor(pick / 31), list);
    return true;
  };
const added = (list: WrittenList, source: WrittenSource): boolean => {
  if (list.sources.some(({ id }) => id === source.id)) return false;
  list.sources.push(structuredClone(source));
  return true;
};
const renameIn = (list: WrittenList, from: string, to: string | null): void => {
  for (const source of list.sources)
    if (source.topics !== undefined)
      source.topics = source.topics.flatMap((id) => (id === from ? (to === null ? [] : [to]) : [id]));
};

/** Valid whatever they change. */
export const EDITS = {
  'a source is added that was asked before': (list, _, { askedBefore }) => added(list, askedBefore),
  'a source is added that was never asked': (list, _, { neverAsked }) => added(list, neverAsked),
  'a source is removed': (list, pick) => {
    list.sources.splice(pick % list.sources.length, 1);
    return list.sources.length > 0;
  },
  'a source is switched off or on': ofSource((source) => {
    source['enabled'] = source['enabled'] === false;
  }),
  'a source gets another id': ofSource((source, pick, list) => {
    const from = source.id;
    source.id = `${from.slice(0, 40)}-${pick % 90}`;
    for (const { match } of list.topics)
      if (match?.sources !== undefined) match.sources = match.sources.map((id) => (id === from ? source.id : id));
  }),
  'a source gets other topics': ofSource((source, pick, list) => {
    const open = list.topics.filter((topic) => topic['closed'] !== true);
    source.topics = pick % 3 === 0 || open.length === 0 ? [] : [one(open, pick).id];
  }),
  'a source filters': ofSource((source, pick) => {
    source['filters'] = [filterOf(pick)];
  }),
  'a source may be shown to another extent': ofSource((source, pick) => {
    source['republish'] = one(['full', 'excerpt', 'link'], pick);
    source['excerptWords'] = 20 + (pick % 60);
  }),
  'a source gets a quota': ofSource((source, pick) => {
    source['quota'] = { most: 1 + (pick % 4), hours: 24 };
  }),
  'a source gets another weight, rights or title': ofSource((source, pick) => {
    if (pick % 3 === 0) source['weight'] = 0.5 + (pick % 5);
    else if (pick % 3 === 1) source['rights'] = `© ${source.title}, by agreement ${pick}`;
    else source.title = `${source.title} ${pick}`;
  }),
  'a source is read in another way': ofSource((source, pick) => {
    if (pick % 3 === 0) source['select'] = 'article p';
    else if (pick % 3 === 1) source['content'] = 'feed';
    else source['language'] = 'pt';
  }),
  'a source is on probation, or on another schedule': ofSource((source, pick) => {
    if (pick % 2 === 0) source['probation'] = 1 + (pick % 50);
    else source['schedule'] = '17 * * * *';
  }),
  'a topic takes more': ofTopic((topic, pick) => {
    topic.match = { ...topic.match, any: [...(topic.match?.any ?? []), word(pick)] };
  }),
  'a topic takes less': ofTopic((topic, pick) => {
    const { any = [], categories = [], ...rest } = topic.match ?? {};
    topic.match = pick % 2 === 0 ? { ...rest, any, none: [word(pick)] } : { ...rest, any: [word(pick), ...any] };
    if (pick % 2 === 0 && categories.length > 0) topic.match.categories = categories;
  }),
  'a topic filters': ofTopic((topic, pick) => {
    topic['filters'] = [filterOf(pick)];
  }),
  'a topic gets a quota': ofTopic((topic, pick) => {
    topic['quota'] = { most: 1 + (pick % 5), hours: 12 };
  }),
  'a topic tells events, or no more': ofTopic((topic) => {
    topic['group'] = topic['group'] !== true;
  }),
  'a topic learns, or no more': ofTopic((topic) => {
    topic['learn'] = topic['learn'] !== true;
  }),
  'a topic is closed': ofTopic((topic, _, list) => {
    topic['closed'] = true;
    renameIn(list, topic.id, null);
  }),
  'a topic is renamed': ofTopic((topic, pick, list) => {
    const from = topic.id;
    topic.id = `${from.slice(0, 40)}-${pick % 90}`;
    topic.formerly = [...(topic.formerly ?? []), from];
    renameIn(list, from, topic.id);
  }),
  'a topic goes on in another': (list, pick) => {
    const open = list.topics.filter((topic) => topic['closed'] !== true && topic['private'] !== true);
    const [from, to] = [one(open, pick), one(open, pick + 1)];
    if (from === undefined || to === undefined || from === to) return false;
    list.topics.splice(list.topics.indexOf(from), 1);
    to.formerly = [...(to.formerly ?? []), ...(from.formerly ?? []), from.id];
    to.match = { ...to.match, any: [...(to.match?.any ?? []), ...(from.match?.any ?? [])] };
    renameIn(list, from.id, to.id);
    for (const source of list.sources) if (source.topics !== undefined) source.topics = [...new Set(source.topics)];
    return true;
  },
  'a topic becomes private, or public': ofTopic((topic) => {
    topic['private'] = topic['private'] !== true;
  }),
  'a topic has fewer or more entries': ofTopic((topic, pick) => {
    topic['maxEntries'] = 1 + (pick % 12);
  }),
  'a topic brings entries up again for less, or is called otherwise': ofTopic((topic, pick) => {
    if (pick % 2 === 0) topic['updates'] = one(['corrections', 'none'], Math.floor(pick / 2));
    else topic.title = `${topic.title} ${pick}`;
  }),
  'a topic is added': (list, pick) => {
    const id = `new-${pick % 1000}`;
    if (list.topics.some((topic) => topic.id === id)) return false;
    list.topics.push({ id, title: `New ${pick % 1000}`, match: { any: [word(pick)] } });
    return true;
  },
  'a topic is removed': (list, pick) => {
    const [gone] = list.topics.splice(pick % list.topics.length, 1);
    renameIn(list, gone!.id, null);
    return list.topics.length > 0;
  },
  'the site is called, or lies, elsewhere': ({ site }, pick) => {
    if (pick % 2 === 0) site['title'] = `The Confluence ${pick}`;
    else site.url = `https://news-${pick % 100}.example/`;
    return true;
  },
  'the site speaks otherwise': ({ site }, pick) => {
    site['language'] = one(['pt', 'de', 'en-GB'], pick);
    site['timeZone'] = one(['Asia/Kolkata', 'UTC', 'America/Lima'], pick);
    site['description'] = `Told anew, ${pick}.`;
    return true;
  },
  'the site takes no money, or leaves somebody out': ({ site, sources }, pick) => {
    if (pick % 2 === 0) site['commercial'] = false;
    else site['optOut'] = [new URL(one(sources, pick).url).href];
    return true;
  },
  'things stand in another order, with notes': (list, pick) => {
    list.sources.reverse();
    if (pick % 2 === 0) list.topics.reverse();
    one(list.sources, pick)['note'] = `seen ${pick}`;
    return true;
  },
} as const satisfies Record<string, Edit>;

/** What no list may say. */
export const FAULTS = {
  'a name is there twice': (list, pick) => {
    list.sources.push(structuredClone(one(list.sources, pick)));
    return true;
  },
  'a source names no topic that there is': ofSource((source) => {
    source.topics = ['nobody-knows-it'];
  }),
  'a setting is misspelt': ofTopic((topic) => {
    topic['matches'] = topic.match ?? {};
  }),
  'an address is none': ofSource((source) => {
    source.url = 'harbour news';
  }),
} as const satisfies Record<string, Edit>;

export type EditKind = keyof typeof EDITS;
export type FaultKind = keyof typeof FAULTS;
export type Step = { readonly kind: EditKind | FaultKind; readonly pick: number };

/** The list after some edits, and which of them could change anything. */
export function editedList(
  list: WrittenList,
  steps: readonly Step[],
  elsewhere: Elsewhere,
): { readonly list: WrittenList; readonly done: readonly Step['kind'][] } {
  let edited = structuredClone(list);
  const done: Step['kind'][] = [];
  const edits: Record<string, Edit> = { ...EDITS, ...FAULTS };
  for (const { kind, pick } of steps) {
    const tried = structuredClone(edited);
    if (!edits[kind]!(tried, pick, elsewhere)) continue;
    edited = tried;
    done.push(kind);
  }
  return { list: edited, done };
}
