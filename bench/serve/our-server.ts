// The server as `start` runs it, over a folder of files: node bench/serve/our-server.ts FOLDER. Tells its address.
import { silentLog } from '../../src/support/log.ts';
import { systemClock } from '../../src/support/clock.ts';
import { startServer } from '../../src/web/server.ts';

const server = await startServer({
  outputDir: process.argv[2]!,
  host: '127.0.0.1',
  port: 0,
  clock: systemClock(),
  log: silentLog,
  health: { ready: () => Promise.resolve(true) },
});
console.log(server.url);
process.once('SIGTERM', () => void server[Symbol.asyncDispose]());
