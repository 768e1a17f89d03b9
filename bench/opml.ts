// Imports OPML as an operator does, by the command: 10,000 feeds in folders, as many as a list may hold, and what is at or
// beyond 50 MB or made to hurt. Prints the time, the memory at its peak and what was answered for each.
//   node bench/opml.ts [FEEDS]
// Ends with 1 where 10,000 feeds take 10 s or more, memory goes beyond its bound, or an answer is not the one that is meant.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPML_LIMITS } from '../src/parse/opml/read-opml.ts';
import { runNode, root } from './support/run-program.ts';

const feeds = Number(process.argv[2] ?? 10_000);
const MOST_SECONDS = 10;
/** For what is refused. */
const MOST_SECONDS_AT_ALL = 60;
const MOST_MEGABYTES = 1500;
const FOLDERS = 40;

const EMPTY = `{
  "site": { "title": "Many", "url": "https://many.example/" },
  "topics": [],
  "sources": [
    { "id": "first", "title": "First", "url": "https://first.example/feed", "note": "kept   as it is" }
  ]
}
`;

const feed = (at: number, host = `https://paper-${at}.example`): string =>
  `<outline type="rss" text="Paper ${at} &amp; Sons" title="Paper ${at}" xmlUrl="${host}/feed?page=${at}&amp;format=rss" htmlUrl="${host}/"/>`;

function list(count: number, host?: (at: number) => string): string {
  const each = Math.ceil(count / FOLDERS);
  const folders = Array.from({ length: FOLDERS }, (_, folder) => {
    const own = Array.from({ length: Math.min(each, count - folder * each) }, (_, at) => folder * each + at);
    return `<outline text="Folder ${folder}">\n${own.map((at) => feed(at, host?.(at))).join('\n')}\n</outline>`;
  });
  return `<?xml version="1.0"?>\n<opml version="2.0"><head><title>Many</title></head><body>\n${folders.join('\n')}\n</body></opml>`;
}

const filled = (piece: string, start = ''): string =>
  start + piece.repeat((OPML_LIMITS.maxBytes - start.length) / piece.length);
const bomb = `<!DOCTYPE opml [<!ENTITY a0 "aaaaaaaaaa">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('')}]>`;

type Case = { readonly name: string; readonly text: string; readonly code: number; readonly answer: RegExp };
const cases: readonly (() => Case)[] = [
  () => ({ name: `${feeds} feeds`, text: list(feeds), code: 0, answer: new RegExp(`^Sources added: ${feeds}$`, 'm') }),
  () => ({
    name: `${feeds} feeds of one host, without titles`,
    text: list(feeds, () => 'https://host.example').replaceAll(/ (?:text|title)="Paper[^"]*"/g, ''),
    code: 0,
    answer: new RegExp(`^Sources added: ${feeds}$`, 'm'),
  }),
  () => ({
    name: 'the same feed 100,000 times',
    text: list(100_000).replaceAll(/paper-\d+|page=\d+/g, 'x'),
    code: 0,
    answer: /^Sources added: 1$/m,
  }),
  () => ({ name: '100,000 feeds', text: list(100_000), code: 1, answer: /sources/ }),
  () => ({ name: '50 MB of feeds', text: filled(feed(1)), code: 1, answer: /lists more than 100,000 feeds; split it/ }),
  () => ({
    name: 'more than 50 MB',
    text: `${filled('<outline/>')}<outline/>`.padEnd(OPML_LIMITS.maxBytes + 1),
    code: 1,
    answer: /is larger than 50 MB/,
  }),
  () => ({
    name: '50 MB of folders in folders',
    text: filled('<outline text="f">', '<opml>'),
    code: 1,
    answer: /without a single feed/,
  }),
  () => ({
    name: '50 MB of outlines that name no feed',
    text: filled('<outline text="f"/>'),
    code: 1,
    answer: /^Cannot be used: 2/m,
  }),
  () => ({
    name: 'one title of 50 MB',
    text: filled('t', '<outline xmlUrl="https://a.example/" text="').replace(/.{3}$/, '"/>'),
    code: 0,
    answer: /^Sources added: 1$/m,
  }),
  () => ({ name: '50 MB of what is never closed', text: filled('<outline text="'), code: 1, answer: /./ }),
  () => ({
    name: 'entities within entities',
    text: `${bomb}<opml><outline text="&a30;" xmlUrl="https://a.example/"/></opml>`,
    code: 0,
    answer: /^Sources added: 1$/m,
  }),
];

const room = mkdtempSync(join(tmpdir(), 'tributary-opml-'));
const measured = join(room, 'measure.ts');
// The peak is told by the process itself, at its end.
writeFileSync(
  measured,
  `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));\nprocess.argv.splice(1, 1, '${root}src/main.ts');\nawait import('${root}src/main.ts');\n`,
);
const faults: string[] = [];
try {
  for (const make of cases) {
    const { name, text, code, answer } = make();
    const [sources, file] = [join(room, 'sources.json'), join(room, 'list.opml')];
    writeFileSync(sources, EMPTY);
    writeFileSync(file, text);
    const start = performance.now();
    const ended = await runNode([measured, 'sources', 'import', file, '--sources', sources]);
    const seconds = (performance.now() - start) / 1000;
    const errors = ended.stderr.filter((line) => line !== '' && !line.startsWith('peak '));
    const megabytes = Math.round(Number(/^peak (\d+)/m.exec(ended.stderr.join('\n'))?.[1]) / 1024);
    const said = `${ended.stdout}\n${errors.join('\n')}`;
    const line = said.trim().split('\n')[0]!.slice(0, 100);
    console.log(`${name.padEnd(42)} ${seconds.toFixed(1).padStart(5)} s ${String(megabytes).padStart(5)} MB  ${line}`);
    if (ended.code !== code || !answer.test(said)) faults.push(`${name}: exit ${ended.code}, ${line}`);
    if (text.length <= OPML_LIMITS.maxBytes && !(seconds < (code === 0 ? MOST_SECONDS : MOST_SECONDS_AT_ALL)))
      faults.push(`${name}: ${seconds.toFixed(1)} s`);
    if (!(megabytes < MOST_MEGABYTES)) faults.push(`${name}: ${megabytes} MB`);
    if (code !== 0 && readFileSync(sources, 'utf8') !== EMPTY) faults.push(`${name}: sources.json was changed`);
    if (!readFileSync(sources, 'utf8').includes('"note": "kept   as it is"')) faults.push(`${name}: a note was lost`);
  }
} finally {
  rmSync(room, { recursive: true, force: true });
}
for (const fault of faults) console.log(`✗ ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
