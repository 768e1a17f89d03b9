import { systemClock } from './support/clock.ts';
import { keepPagesYoung } from './support/heap.ts';

/** One Ctrl-C may come twice at once: from the terminal, and handed on by npm or by bin/tributary.mjs. */
const ONE_WISH_MS = 1000;

keepPagesYoung();

const clock = systemClock();
const stop = new AbortController();
let askedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!stop.signal.aborted) {
      askedAt = clock.elapsedMs();
      stop.abort(new Error(signal));
      return;
    }
    // Whoever asks again does not want to wait for the work in hand.
    if (clock.elapsedMs() - askedAt > ONE_WISH_MS) process.exit(1);
  });
}

// Whoever reads what we print may have read enough: `tributary status | head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const args = process.argv.slice(2);
// Who presses the tab key waits for a few names: the whole of the program is not loaded for them.
const run =
  args[0] === 'complete'
    ? (await import('./cli/completion/complete-ids.ts')).completeIds
    : (await import('./cli/cli.ts')).runCli;

process.exitCode = await run(args, {
  environment: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
});
