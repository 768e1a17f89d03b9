#!/usr/bin/env node
// Finds a Node that can run the TypeScript sources, and hands over to it. Plain JavaScript, so that any Node reads it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const local = fileURLToPath(
  new URL(`../node_modules/.bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 11)) {
  const warn = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (!String(rest[0]?.type ?? rest[0]).includes('ExperimentalWarning')) warn.call(process, warning, ...rest);
  };
  // Compiled code is kept in the temporary folder: halves the time of a start.
  nodeModule.enableCompileCache?.();
  await import(main);
} else if (existsSync(local)) {
  const child = spawn(local, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...process.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
} else {
  process.stderr.write(
    `Tributary needs Node 24.11 or newer; this is ${process.version}. Run "npm ci" here, which brings it, or install it.\n`,
  );
  process.exit(1);
}
