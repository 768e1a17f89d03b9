import { request, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type Got = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
};

/** One request as it is: nothing unpacked, no redirect followed, no header added. */
export function ask(method: string, url: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (response) => {
      buffer(response).then((body) => {
        resolve({ status: response.statusCode!, headers: response.headers, body, text: body.toString('utf8') });
      }, reject);
    });
    asked.on('error', reject).end();
  });
}

export function get(url: string, headers?: Record<string, string>): Promise<Got> {
  return ask('GET', url, headers);
}
