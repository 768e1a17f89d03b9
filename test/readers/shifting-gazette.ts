import { answer, startScriptedServer, type ScriptedServer } from '../support/scripted-server.ts';

// A publisher that edits, renames and moves what it has published: what readers downstream should hardly notice.

type Dispatch = { letter: string; title: string; text: string; guid: string; path: string; readonly published: string };

export type Gazette = AsyncDisposable & {
  readonly feed: string;
  add(letter: string, published: string): void;
  /** Another headline and another figure in the text, under the same guid and address. */
  edit(letter: string): void;
  /** Other guids for all, as after a change of the publishing system. */
  changeGuids(): void;
  /** The article at another address, under the same guid. */
  movePermalink(letter: string): void;
};

const SUBJECTS: Readonly<Record<string, string>> = {
  A: 'The cooperative that mends fishing nets on the eastern quay has taken on four apprentices for the winter season, the first in eleven years. They learn to read twine by touch, to splice in the dark and to leave no knot that a mackerel could laugh at, says the foreman.',
  B: 'Repainting the observatory dome will cost 48,000 crowns and keep visitors away until the end of spring. The old coat was mixed by hand from zinc and linseed, and nobody living knows the recipe; chemists at the polytechnic have offered three guesses and a bucket.',
  C: 'A beekeeper from the upper terraces counted nineteen swarms over one weekend and believes that the warm autumn misled them. Neighbours who found bees in the letter box are asked to leave the lid open at night and to read their post with patience.',
  D: 'Trams on line seven run with wooden seats again after travellers complained about the upholstery. The depot found the benches of 1931 in its loft, oiled and numbered, and put them back in one night with the help of two retired joiners and much coffee.',
  E: 'The public library lends out umbrellas from Monday on. Each carries a call number on its handle and must not be left in a cafe for longer than three weeks, or the borrower pays for a new ferrule and, in bad cases, for a new spring.',
};

export async function startGazette(): Promise<Gazette> {
  const dispatches: Dispatch[] = [];
  const state = { generation: 1 };
  const serverBox: { server?: ScriptedServer } = {};
  const server = await startScriptedServer({
    '/feed.xml': ({ headers }) => {
      const text = feedOf(serverBox.server!, dispatches);
      const etag = `"${state.generation}"`;
      return headers['if-none-match'] === etag
        ? answer('', { etag }, 304)
        : answer(text, { 'content-type': 'application/rss+xml', etag });
    },
  });
  serverBox.server = server;
  const change = (letter: string, edit: (dispatch: Dispatch) => void): void => {
    for (const one of dispatches.filter((each) => letter === '*' || each.letter === letter)) edit(one);
    state.generation++;
  };
  return {
    feed: server.url('/feed.xml'),
    add(letter, published) {
      const text = SUBJECTS[letter]!;
      const title = `Dispatch ${letter}: ${text.split(' ').slice(0, 6).join(' ')}`;
      dispatches.unshift({ letter, title, text, guid: `gazette-${letter}`, path: `/2026/${letter}.html`, published });
      state.generation++;
    },
    edit: (letter) =>
      change(letter, (one) => {
        one.title += ', as was found later';
        one.text +=
          ' A first version of this report gave other figures; the treasurer has since published the accounts.';
      }),
    changeGuids: () => change('*', (one) => (one.guid = `urn:x-new-system:${one.letter.charCodeAt(0)}`)),
    movePermalink: (letter) => change(letter, (one) => (one.path = `/archive${one.path}`)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function feedOf(server: ScriptedServer, dispatches: readonly Dispatch[]): string {
  const items = dispatches.map(
    ({ title, text, guid, path, published }) =>
      `<item><title>${title}</title><link>${server.url(path)}</link><guid isPermaLink="false">${guid}</guid>` +
      `<pubDate>${new Date(published).toUTCString()}</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>The Shifting Gazette</title><link>${server.url('/')}</link><description>It changes</description>${items.join('')}</channel></rss>`;
}
