import { appendFileSync, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/run-program.ts';
import { must, run } from './tools.ts';

const CHROOT = ['--isolation', 'chroot'];

/** The image that the Dockerfile begins with. */
export function baseOf(dockerfile: string): string {
  return /^FROM (\S+)/m.exec(dockerfile)![1]!;
}

/**
 * Builds the image by the Dockerfile as it stands. What only this machine's npm needs is handed in from outside, and gets
 * into no layer. HEALTHCHECK is of Docker's format of images alone.
 * @param npmrc a file of npm's settings, or null
 */
export async function buildImage(tag: string, room: string, npmrc: string | null): Promise<void> {
  const settings = join(room, 'npmrc');
  writeFileSync(settings, npmrc === null ? '' : readFileSync(npmrc));
  const volumes = [`${settings}:/root/.npmrc:ro`];
  const authorities = process.env['NODE_EXTRA_CA_CERTS'];
  if (authorities !== undefined) {
    appendFileSync(settings, '\ncafile=/run/authorities.crt\n');
    volumes.push(`${realpathSync(authorities)}:/run/authorities.crt:ro`);
  }
  const given = volumes.flatMap((volume) => ['--volume', volume]);
  await must('buildah', ['bud', ...CHROOT, '--format', 'docker', '--pull-never', ...given, '-t', tag, root]);
}

/** Says where the base image is from: it was here, was pulled, or was made of Debian and the Node of this checkout. */
export async function provideBase(name: string, room: string): Promise<string> {
  if ((await run('podman', ['image', 'exists', name])).code === 0) return 'was here';
  if ((await run('podman', ['pull', '-q', name])).code === 0) return 'pulled';
  const npm = join((await must('npm', ['root', '-g'])).trim(), 'npm');
  if (!existsSync(npm)) throw new Error(`no npm in ${npm}: the base image cannot be made`);
  const debian = join(room, 'debian.tar');
  await must('mmdebstrap', ['--variant=minbase', 'bookworm', debian, 'http://deb.debian.org/debian']);
  const container = (await must('buildah', ['from', 'scratch'])).trim();
  try {
    await must('buildah', ['add', '-q', container, debian, '/']);
    await must('buildah', ['copy', '-q', container, realpathSync(process.execPath), '/usr/local/bin/node']);
    await must('buildah', ['copy', '-q', container, npm, '/usr/local/lib/node_modules/npm']);
    const settle =
      'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && groupadd -g 1000 node && useradd -u 1000 -g node -m node';
    await must('buildah', ['run', ...CHROOT, container, '--', 'sh', '-c', settle]);
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    await must('buildah', ['config', '--env', path, container]);
    await must('buildah', ['commit', '-q', '--format', 'docker', container, name]);
  } finally {
    await run('buildah', ['rm', container]);
  }
  return 'could not be pulled: made of Debian and the Node of this checkout';
}
