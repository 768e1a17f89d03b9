import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULE = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';

/** One worker of Debian's nginx as it is set up there, without its log of requests, and serving the packed twins of files. */
function configuration(given: { readonly room: string; readonly files: string; readonly port: number }): string {
  const { room, files, port } = given;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (one) => `${one}_temp_path ${room}/${one};`,
  );
  return `load_module ${MODULE};
worker_processes 1;
daemon off;
pid ${room}/nginx.pid;
error_log ${room}/error.log;
events { worker_connections 768; }
http {
  sendfile on;
  tcp_nopush on;
  access_log off;
  keepalive_requests 100000000;
  types { application/atom+xml atom; }
  gzip_static on;
  brotli_static on;
  ${temporary.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    root ${files};
    expires 5m;
  }
}
`;
}

/** The process that answers is the master's only child. */
export function startNginx(given: { readonly room: string; readonly files: string; readonly port: number }): {
  readonly master: ChildProcess;
  readonly workerPid: () => number;
} {
  mkdirSync(given.room, { recursive: true });
  const file = join(given.room, 'nginx.conf');
  writeFileSync(file, configuration(given));
  const master = spawn('nginx', ['-c', file, '-e', join(given.room, 'error.log')], { stdio: 'ignore' });
  return { master, workerPid: () => childOf(master.pid!) };
}

function childOf(parent: number): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1]) === parent)
        return Number(name);
    } catch {
      // It has ended in between.
    }
  }
  throw new Error('nginx has no worker');
}
