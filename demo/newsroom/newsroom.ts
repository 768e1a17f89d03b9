import { parseArgs } from 'node:util';
import { PUBLISHERS } from './publishers.ts';
import { readArticles } from './read-articles.ts';
import { startNewsroom, type NewsroomOptions } from './start-newsroom.ts';

// The demo's newsroom as a program: fourteen publishers on ports of 127.0.0.1, and a control port beside them.

const USAGE = `Usage: node demo/newsroom/newsroom.ts [options]

  --epoch 2026-11-24T06:00:00Z   the zero hour from which the articles' dates are counted
  --round 0                      how many rounds of news are out
  --delay-ms 0                   every answer waits so long
  --first-port 8801              the first publisher's port; the others follow (0: any free ports)
  --control-port 8799            GET /stats, POST /stats/reset, GET /round, POST /tick?rounds=1 (0: any free port)
  --with-parent                  ends when standard input closes
`;

const FAILED = 1;
const WRONG_USE = 2;

function options(): Omit<NewsroomOptions, 'articles'> & { readonly withParent: boolean } {
  const { values } = parseArgs({
    options: {
      epoch: { type: 'string', default: '2026-11-24T06:00:00Z' },
      round: { type: 'string', default: '0' },
      'delay-ms': { type: 'string', default: '0' },
      'first-port': { type: 'string', default: '8801' },
      'control-port': { type: 'string', default: '8799' },
      'with-parent': { type: 'boolean', default: false },
    },
  });
  if (Number.isNaN(Date.parse(values.epoch))) throw new Error(`--epoch ${values.epoch} is no date`);
  const firstPort = wholeNumber('--first-port', values['first-port']);
  return {
    epoch: values.epoch,
    round: wholeNumber('--round', values.round),
    delayMs: wholeNumber('--delay-ms', values['delay-ms']),
    ports: PUBLISHERS.map((_, index) => (firstPort === 0 ? 0 : firstPort + index)),
    controlPort: wholeNumber('--control-port', values['control-port']),
    withParent: values['with-parent'],
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} takes a whole number, not ${text}`);
  return Number(text);
}

async function main(): Promise<void> {
  let given;
  try {
    given = options();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = WRONG_USE;
    return;
  }
  try {
    await using newsroom = await startNewsroom({ ...given, articles: readArticles() });
    const { control, publishers } = newsroom;
    process.stdout.write(`${JSON.stringify({ ready: true, control, publishers })}\n`);
    await told(given.withParent);
    process.stdin.destroy();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = FAILED;
  }
}

/** Until somebody says stop: a signal, or the parent's end of standard input. */
function told(withParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve).once('SIGINT', resolve);
    if (withParent) process.stdin.once('end', resolve).once('close', resolve).resume();
  });
}

await main();
