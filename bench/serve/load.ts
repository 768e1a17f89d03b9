// Asks a server on this machine over and over: node bench/serve/load.ts '{"port":…,"requests":…,"connections":…,"head":"…"}'
// Raw sockets that are kept open, one request at a time on each. Tells what came back and how long it took, as JSON.
import { connect } from 'node:net';

type Asked = {
  readonly port: number;
  readonly requests: number;
  readonly connections: number;
  /** The request as it is sent. */
  readonly head: string;
};

/** What the first answer was, and the milliseconds of all of them. */
export type Loaded = {
  readonly status: number;
  readonly bytes: number;
  readonly unlike: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

async function load({ port, requests, connections, head }: Asked): Promise<Loaded> {
  const times = new Float64Array(requests);
  let asked = 0;
  let answered = 0;
  let first = '';
  let unlike = 0;
  const note = (status: string, bytes: number, ms: number): void => {
    const answer = `${status} ${bytes}`;
    if (answered === 0) first = answer;
    else if (answer !== first) unlike++;
    times[answered++] = ms;
  };
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let [askedAt, missing, length, status] = [0, 0, 0, ''];
      const ask = (): void => {
        if (asked === requests) return void socket.end(resolve);
        asked++;
        askedAt = performance.now();
        socket.write(head, 'latin1');
      };
      socket.once('connect', ask).once('error', reject);
      socket.on('data', (chunk: Buffer) => {
        let body = chunk.length;
        if (missing === 0) {
          const end = chunk.indexOf('\r\n\r\n');
          if (end < 0) return reject(new Error('the head of an answer came in two parts'));
          const text = chunk.toString('latin1', 0, end);
          status = text.slice(9, 12);
          length = status === '304' ? 0 : Number(/content-length: (\d+)/i.exec(text)![1]);
          missing = length;
          body -= end + 4;
        }
        missing -= body;
        if (missing > 0) return;
        note(status, length, performance.now() - askedAt);
        ask();
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
  const sorted = times.toSorted();
  const [status, bytes] = first.split(' ').map(Number);
  const at = (part: number): number => sorted[Math.floor(requests * part)]!;
  return { status: status!, bytes: bytes!, unlike, p50Ms: at(0.5), p99Ms: at(0.99) };
}

console.log(JSON.stringify(await load(JSON.parse(process.argv[2]!) as Asked)));
