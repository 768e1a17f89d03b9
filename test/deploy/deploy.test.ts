import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from '../../src/config/config.ts';

// What runs the program elsewhere names files and settings of it: they have to be there.

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const DEPLOYED = ['Dockerfile', 'compose.yaml', ...readdirSync(join(root, 'deploy')).map((name) => `deploy/${name}`)];

describe('what is deployed', () => {
  test.each(DEPLOYED)('%s names settings that there are', (name) => {
    const known = [...SETTINGS.map(({ environment }) => environment), 'TRIBUTARY_'];
    const named = read(name).match(/\b(?:TRIBUTARY_[A-Z_]*|DATABASE_URL)/g) ?? [];
    expect(named.filter((each) => !known.includes(each))).toEqual([]);
  });

  test('the image is made of files that there are, and of none that are not for it', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      files!.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const ignored = read('.dockerignore').split('\n');
    expect(copied.filter((file) => ignored.includes(file.replace('./', '')))).toEqual([]);
  });

  test('the image runs as nobody of weight, and Node itself is told to stop', () => {
    const last = read('Dockerfile')
      .split(/^FROM .*$/m)
      .at(-1)!;
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('ENTRYPOINT'));
    expect(last).toMatch(/^ENTRYPOINT \["node", /m);
    expect(last).toMatch(/^HEALTHCHECK .*\n.*\/readyz/m);
  });

  test('the containers run with a root that is read-only, and without privileges', () => {
    const [own] = read('compose.yaml').split(/^ {2}postgres:$/m);
    for (const line of ['read_only: true', 'cap_drop: [ALL]', 'security_opt: [no-new-privileges:true]'])
      expect(own).toContain(`    ${line}\n`);
  });

  const analyze = (...args: readonly string[]): { status: number | null; told: string } => {
    const { status, stdout, stderr } = spawnSync('systemd-analyze', args, {
      encoding: 'utf8',
      cwd: join(root, 'deploy'),
    });
    return { status, told: `${stdout}${stderr}` };
  };
  const isHere = analyze('--version').status === 0;
  if (!isHere) process.stderr.write('The unit is not looked at by systemd-analyze: it is not installed.\n');
  (isHere && existsSync('/usr/bin/node') ? test : test.skip)(
    'the unit is one that systemd takes without a complaint',
    () => {
      expect(analyze('verify', './tributary.service')).toEqual({ status: 0, told: '' });
    },
  );
  (isHere ? test : test.skip)('the unit leaves little to whoever got in', () => {
    // Exposure in tenths, from 0 (none) to 100.
    const { status, told } = analyze('security', '--offline=true', '--threshold=20', './tributary.service');
    expect({ status, told }).toEqual({ status: 0, told: expect.stringContaining('Overall exposure level') });
  });
});
