import type { Content, Entry, Feed } from '../../src/model/feed.ts';
import { PARSE_LIMITS } from '../../src/parse/limits.ts';

/** What every Feed keeps to, whatever it was made from. Gives the breaches as sentences; none for a good feed. */
export function breachesOf(feed: Feed): string[] {
  const faults: string[] = [];
  const say = (isBroken: boolean, sentence: string): void => void (isBroken && faults.push(sentence));
  for (const [name, value] of textsOf(feed)) {
    say(value === '', `${name} is an empty string`);
    say(FORBIDDEN.test(value), `${name} holds a character that XML forbids`);
  }
  for (const [name, value] of addressesOf(feed)) {
    say(!URL.canParse(value), `${name} is not absolute: ${value.slice(0, 80)}`);
    say(
      /^(?:javascript|data|vbscript|file|blob|about):/i.test(value),
      `${name} has a scheme that runs: ${value.slice(0, 40)}`,
    );
  }
  say(feed.truncated && feed.isComplete, 'a document that was cut is said to be complete');
  for (const date of [
    feed.updated,
    ...feed.deleted.map(({ when }) => when),
    ...feed.entries.flatMap((entry) => [entry.published, entry.updated]),
  ])
    say(date !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date), `a date is no instant: ${date}`);
  for (const person of [
    ...feed.authors,
    ...feed.deleted.flatMap(({ by }) => by ?? []),
    ...feed.entries.flatMap(({ authors }) => authors),
  ])
    say((person.name ?? person.email ?? person.url) === null, 'a person is nobody');
  for (const [name, value] of numbersOf(feed))
    say(!Number.isSafeInteger(value) || value < 0, `${name} is no whole number: ${value}`);
  for (const [name, length, most] of sizesOf(feed)) say(length > most, `${name} is larger than the limit: ${length}`);
  return faults;
}

function numbersOf(feed: Feed): [name: string, value: number][] {
  const sizes = feed.entries.flatMap(({ enclosures, image }) => [
    ...enclosures.flatMap(({ lengthBytes, durationSeconds }) => [lengthBytes, durationSeconds]),
    image?.width ?? null,
    image?.height ?? null,
  ]);
  return [feed.ttlMinutes, ...sizes].flatMap((size) => (size === null ? [] : [['a size', size]]));
}

/** How large things are, and how large they may be. */
function sizesOf(feed: Feed): [name: string, length: number, most: number][] {
  const { maxEntries, maxListed, maxLineLength } = PARSE_LIMITS;
  return [
    ['the number of entries', feed.entries.length + feed.skipped.length, maxEntries],
    ...[feed, ...feed.entries].flatMap(({ title, authors, categories }): [string, number, number][] => [
      ['a title', title?.length ?? 0, maxLineLength],
      ['the number of authors', authors.length, maxListed],
      ['the number of categories', categories.length, maxListed],
    ]),
  ];
}

// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

type Named = [name: string, value: string];

function textsOf(feed: Feed): Named[] {
  const texts = given({
    title: feed.title,
    subtitle: feed.subtitle,
    id: feed.id,
    rights: feed.rights,
    language: feed.language,
  });
  for (const { ref, comment } of feed.deleted) texts.push(...given({ 'removed id': ref, comment }));
  for (const { name } of feed.skipped) texts.push(...given({ 'skipped name': name }));
  for (const entry of feed.entries) {
    texts.push(...given({ 'entry title': entry.title, 'entry id': entry.id, 'entry rights': entry.rights }));
    texts.push(...given({ 'entry summary': valueOf(entry.summary), 'entry content': valueOf(entry.content) }));
    const { alt = null, caption = null, credit = null } = entry.image ?? {};
    texts.push(...given({ alt, caption, credit, 'source title': entry.source?.title ?? null }));
    for (const { title, type } of entry.enclosures) texts.push(...given({ 'file title': title, 'file type': type }));
    for (const category of entry.categories) texts.push(['category', category]);
    for (const { name, email } of entry.authors) texts.push(...given({ name, email }));
  }
  return texts;
}

function addressesOf(feed: Feed): Named[] {
  const { link, selfLink, pages, image, icon, licence } = feed;
  const single = given({ link, selfLink, ...pages, image, icon, licence });
  const hubs = feed.hubLinks.map((href): Named => ['a hub', href]);
  return [...single, ...hubs, ...feed.entries.flatMap(entryAddresses)];
}

function entryAddresses(entry: Entry): Named[] {
  const { link, originalLink, commentsUrl, licence } = entry;
  const single = given({
    link,
    originalLink,
    commentsUrl,
    licence,
    image: entry.image?.url ?? null,
    source: entry.source?.url ?? null,
  });
  const lists = [...entry.links.map(({ href }) => href), ...entry.enclosures.map(({ url }) => url)];
  return [...single, ...lists.map((href): Named => ['a link or enclosure', href])];
}

function given(values: Readonly<Record<string, string | null>>): Named[] {
  return Object.entries(values).filter((pair): pair is Named => pair[1] !== null);
}

function valueOf(content: Content | null): string | null {
  return content === null ? null : content.value;
}
