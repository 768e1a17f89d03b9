import { createServer } from 'node:http';
import { SEED_TITLE } from './feed-run.ts';

/** Two good feeds on loopback: what the hostile source said before, and the innocent source beside it. */
export type GoodFeeds = AsyncDisposable & { readonly seedUrl: string; readonly innocentUrl: string };

export async function openGoodFeeds(): Promise<GoodFeeds> {
  const bodies: Readonly<Record<string, string>> = {
    '/seed': feedOf('seed', [SEED_TITLE]),
    '/innocent': feedOf('innocent', ['The ferry runs again', 'A school reopens']),
  };
  const server = createServer((request, response) => {
    const body = bodies[request.url ?? ''];
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as { port: number };
  return {
    seedUrl: `http://127.0.0.1:${port}/seed`,
    innocentUrl: `http://127.0.0.1:${port}/innocent`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function feedOf(name: string, titles: readonly string[]): string {
  const items = titles.map(
    (title, at) =>
      `<item><guid isPermaLink="false">${name}-${at}</guid><title>${title}</title><link>https://${name}.example/${at}</link><pubDate>Mon, 23 Nov 2026 0${at}:00:00 GMT</pubDate><description>${title}, says ${name} number ${at}.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>${name}</title><link>https://${name}.example/</link><description>d</description>${items.join('')}</channel></rss>`;
}
