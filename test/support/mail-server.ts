import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server that takes what it is sent, and keeps it. */
export type MailServer = AsyncDisposable & { readonly url: string; readonly taken: readonly string[] };

/** @param refuses its answer to whoever the mail is for, in place of 250 */
export async function startMailServer(refuses: string | null = null): Promise<MailServer> {
  const taken: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    let [data, isData] = ['', false];
    socket.write('220 test ESMTP\r\n');
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      if (isData) {
        data += chunk;
        if (!data.endsWith('\r\n.\r\n')) return;
        taken.push(data);
        [data, isData] = ['', false];
        socket.write('250 taken\r\n');
        return;
      }
      for (const line of chunk.split('\r\n').filter((each) => each !== '')) {
        if (/^RCPT/i.test(line) && refuses !== null) socket.write(`${refuses}\r\n`);
        else if (/^DATA/i.test(line)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 fine\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
