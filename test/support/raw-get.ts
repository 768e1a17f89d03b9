import { get, type IncomingHttpHeaders } from 'node:http';

/** GET of an address, with the body as it comes: packed, where it is packed. */
export function rawGet(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly headers: IncomingHttpHeaders; readonly body: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ headers: IncomingHttpHeaders; body: Buffer }>();
  const request = get(url, { headers, agent: false }, (answer) => {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => void parts.push(part));
    answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(parts) }));
    answer.on('error', reject);
  });
  request.on('error', reject);
  return promise;
}
