import { insideOfEntry, isXml, splice, type Damage } from './damage.ts';
import type { Random } from './random.ts';

// Fields of an entry that are missing, empty or not what they should be.

const DATES = ['pubDate', 'updated', 'published', 'dc:date', 'modified', 'issued'];

type Inside = NonNullable<ReturnType<typeof insideOfEntry>>;

const within =
  (names: readonly string[], change: (text: string, inside: Inside, random: Random) => string): Damage['apply'] =>
  (text, random) => {
    const inside = isXml(text) ? insideOfEntry(text, names, random) : null;
    return inside === null ? null : change(text, inside, random);
  };

/** The start tag without its bracket, closed in itself. */
const emptied = (text: string, { open, from, end }: Inside): string =>
  splice(text, open, end - open, `${text.slice(open, from - 1)}/>`);

export const FIELD_DAMAGES: readonly Damage[] = [
  {
    kind: 'bad-date',
    promises: 'kept',
    apply: within(DATES, (text, { from, to }, random) =>
      splice(
        text,
        from,
        to - from,
        random.oneOf([
          'not long ago',
          '0000-00-00T00:00:00Z',
          'Mon, 99 Foo 2026 25:61:00 GMT',
          '{{date}}',
          '-1',
          '9'.repeat(30),
        ]),
      ),
    ),
  },
  {
    kind: 'empty-date',
    promises: 'kept',
    apply: within(DATES, (text, inside, random) =>
      random.whole(2) === 0 ? emptied(text, inside) : splice(text, inside.from, inside.to - inside.from, ' '),
    ),
  },
  {
    kind: 'link-without-href',
    promises: 'kept',
    apply: within(['title', 'link', 'guid', 'id'], (text, { open }, random) =>
      splice(text, open, 0, random.oneOf(['<link/>', '<link rel="alternate"/>', '<link></link>', '<link href=""/>'])),
    ),
  },
  {
    kind: 'no-title',
    promises: 'named',
    apply: within(['title'], (text, { open, end }) => splice(text, open, end - open, '')),
  },
  {
    kind: 'white-space-everywhere',
    promises: 'kept',
    apply: within(['link', 'guid', 'id', ...DATES, 'title'], (text, { from, to }) => {
      const padded = splice(text, to, 0, '\r\n\t ');
      return splice(padded, from, 0, '\n\t\t  ');
    }),
  },
];
