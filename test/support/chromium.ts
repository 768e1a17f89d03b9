import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

// The browser that the tests of pages look with: whatever Chromium this machine has. None is downloaded.

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** It keeps to itself: nothing is reported, updated or asked for that a test has not asked for. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Path of the browser: CHROMIUM_BIN, else one of the usual places. Null where there is none, which is said on stderr;
 * with TRIBUTARY_REQUIRE_ALL=1 it is an error.
 */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_BIN'];
  const found = (named === undefined ? USUAL_PLACES : [named]).find((path) => existsSync(path));
  if (found !== undefined) return found;
  const reason = 'Chromium was found neither at CHROMIUM_BIN nor in the usual places (apt-get install chromium)';
  if (process.env['TRIBUTARY_REQUIRE_ALL'] === '1') throw new Error(reason);
  process.stderr.write(`SKIPPED: ${reason}\n`);
  return null;
}

/** A browser without a window; whoever opens it closes it. */
export function openChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
