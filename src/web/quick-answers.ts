import type { Socket } from 'node:net';
import { codingFor } from './answer-head.ts';
import { unchangedTag } from './conditional.ts';
import type { PublishedFile } from './kept-files.ts';
import { plainRequest, type PlainRequest } from './plain-request.ts';
import { openPreparedAnswers, type PreparedAnswers } from './prepared-answers.ts';
import type { Published } from './published.ts';
import { requestedPath } from './requested-path.ts';

// Nearly all that a server of feeds is asked is whether the same few documents have changed. Such requests are answered
// from memory with one write, without the objects that node:http and Hono make for each. All others go to those, and
// the connection with them.

/** How long a connection may rest: before its first request, and from then on, be it asking nothing or taking nothing. */
export type Patience = { readonly firstMs: number; readonly betweenMs: number };

export type QuickAnswers = {
  /** Takes a new connection. */
  connect(socket: Socket): void;
  /** Ends all connections at which nothing is being answered; the others end after their answer. */
  end(): void;
  /** Cuts off whoever is left. */
  cutOff(): void;
};

/** @param handOver takes a connection whose requests are not plain, with what has arrived on it and was not answered */
export function openQuickAnswers(
  published: Published,
  { patience, handOver }: { readonly patience: Patience; readonly handOver: (socket: Socket, chunk: Buffer) => void },
): QuickAnswers {
  const sockets = new Set<Socket>();
  /** Those whose answer is being prepared. */
  const waiting = new Set<Socket>();
  let isEnding = false;
  const answersOf = openPreparedAnswers(published, patience);

  const connect = (socket: Socket): void => {
    sockets.add(socket);
    const leave = (): void => {
      sockets.delete(socket);
      waiting.delete(socket);
      socket.off('data', onData).off('timeout', cutOff).off('error', cutOff).off('close', leave).off('end', onEnd);
    };
    const cutOff = (): void => void socket.destroy();
    const onEnd = (): void => void socket.end();
    const onData = (chunk: Buffer): void => {
      const request = plainRequest(chunk);
      const file = request === null ? null : recentFile(published, request);
      if (request !== null && file !== null && answerNow(request, file)) return;
      void answerLater(request, chunk);
    };
    const answerNow = (request: PlainRequest, file: PublishedFile): boolean => {
      const answers = answersOf(file, request.acceptEncoding);
      if (answers === null) return false;
      write(request, answers);
      return true;
    };
    const answerLater = async (request: PlainRequest | null, chunk: Buffer): Promise<void> => {
      socket.pause();
      waiting.add(socket);
      // Full answers meet the same difficulty, and tell of it.
      const file = request === null ? null : await preparedFile(published, request).catch(() => null);
      waiting.delete(socket);
      if (socket.destroyed) return;
      socket.resume();
      if (request !== null && file !== null && answerNow(request, file)) return;
      leave();
      socket.setTimeout(0);
      handOver(socket, chunk);
    };
    const write = (request: PlainRequest, answers: PreparedAnswers): void => {
      socket.setTimeout(patience.betweenMs);
      const unchanged = isConditional(request) ? unchangedTag(request, answers) : null;
      if (unchanged === answers.tag) socket.write(answers.unchanged, 'latin1');
      else if (unchanged !== null) socket.write(answers.unchangedAs(unchanged), 'latin1');
      else if (request.method === 'HEAD') socket.write(answers.head, 'latin1');
      else if (answers.whole !== null) socket.write(answers.whole);
      else {
        socket.cork();
        socket.write(answers.head, 'latin1');
        socket.write(answers.body);
        socket.uncork();
      }
      if (isEnding) socket.end();
      if (!socket.writableNeedDrain) return;
      // Whoever does not read is not read from.
      socket.pause();
      socket.once('drain', () => socket.resume());
    };
    socket.setNoDelay(true);
    socket.setTimeout(patience.firstMs);
    socket.on('data', onData).on('timeout', cutOff).on('error', cutOff).on('close', leave).on('end', onEnd);
  };

  return {
    connect,
    end() {
      isEnding = true;
      for (const socket of sockets) {
        if (waiting.has(socket)) continue;
        if (socket.writableLength > 0) socket.end();
        else socket.destroy();
      }
    },
    cutOff() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function isConditional(request: PlainRequest): boolean {
  return request.noneMatch !== null || request.modifiedSince !== null;
}

function recentFile({ files, outputDir }: Published, { pathname }: PlainRequest): PublishedFile | null {
  return files.recent(outputDir, pathname.endsWith('/') ? `${pathname.slice(1)}index.html` : pathname.slice(1));
}

/** The file with the bytes that are wished for; null when it takes a full answer. */
async function preparedFile(
  { files, outputDir }: Published,
  { pathname, acceptEncoding }: PlainRequest,
): Promise<PublishedFile | null> {
  const path = requestedPath(pathname);
  const file = path === null ? null : await files.find(outputDir, path);
  if (file === null || file === 'folder' || file.bytes === null) return null;
  const coding = codingFor(file, acceptEncoding);
  if (coding !== null && coding !== 'identity') await file.pack(coding);
  return file;
}
