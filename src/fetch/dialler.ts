import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { StageError } from '../model/errors.ts';
import type { Clock } from '../support/clock.ts';
import type { AddressGuard } from './address-guard.ts';
import type { Resolve } from './resolve-host.ts';

export type DiallerTools = { readonly clock: Clock; readonly guard: AddressGuard; readonly resolve: Resolve };
export type DiallerSettings = {
  /** From the name to the finished TLS handshake. */
  readonly connectTimeoutMs: number;
  /** PEM certificates that are trusted instead of the usual ones; null: the usual ones (and NODE_EXTRA_CA_CERTS). */
  readonly certificates: readonly string[] | null;
};

export type Dialler = { readonly connect: buildConnector.connector; close(): void };

/** So many TLS sessions are kept for resumption, of the hosts last connected to: about 3 KB each. */
const MOST_SESSIONS = 2_000;
/** An address that does not answer for so long is left for the next one (RFC 8305 §5). */
const NEXT_ADDRESS_MS = 250;
const CONNECTED = 'connected';

/**
 * Makes the connections of the outbound client. The check is here and nowhere before: a name is resolved once for a
 * connection, all its addresses are judged, and the socket gets those very addresses; literal addresses, which no
 * look-up ever sees, are judged as well. So no second answer of a name server and no redirect can lead elsewhere.
 */
export function openDialler(tools: DiallerTools, settings: DiallerSettings): Dialler {
  const sessions = recentSessions();
  const connecting = new Set<Socket>();
  let context: SecureContext | null = null;
  // One context for all: making one costs more than a handshake. Made at the first https connection.
  const secureContext = (): SecureContext =>
    (context ??= createSecureContext(settings.certificates === null ? {} : { ca: [...settings.certificates] }));

  const open = (target: buildConnector.Options): Socket => {
    const { hostname, port } = target;
    const address = {
      host: hostname,
      lookup: judgedLookup(tools),
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
      noDelay: true,
      keepAlive: true,
    };
    if (target.protocol !== 'https:') return connectTcp({ ...address, port: Number(port || 80) });
    const key = `${hostname}:${port}`;
    const session = sessions.get(key);
    const socket = connectTls({
      ...address,
      port: Number(port || 443),
      servername: isIP(hostname) === 0 ? hostname : '',
      secureContext: secureContext(),
      ALPNProtocols: ['http/1.1'],
      ...(session === undefined ? {} : { session }),
    });
    keepSession(socket, (fresh) => sessions.set(key, fresh));
    return socket;
  };

  return {
    connect(target, callback) {
      const literal =
        isIP(target.hostname) === 0 ? null : tools.guard.refusalOfAnswer(target.hostname, [target.hostname]);
      if (literal !== null) {
        queueMicrotask(() => callback(refused(literal), null));
        return;
      }
      const socket = open(target);
      connecting.add(socket);
      const done = new AbortController();
      tools.clock.sleep(settings.connectTimeoutMs, done.signal).then(
        () => socket.destroy(timedOut(settings.connectTimeoutMs)),
        () => {},
      );
      const settle = (): boolean => {
        done.abort(CONNECTED);
        return connecting.delete(socket);
      };
      socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        if (settle()) callback(null, socket);
      });
      // Stays for the socket's life: an error of an idle connection is nobody's, and must not end the program.
      socket.on('error', (error) => {
        if (settle()) callback(error, null);
      });
      socket.once('close', () => {
        if (settle()) callback(new StageError('fetch-no-connection', { detail: 'closed while connecting' }), null);
      });
    },
    close() {
      for (const socket of connecting) socket.destroy();
    },
  };
}

/** Resolves a name and hands on what was judged, or an error. */
function judgedLookup({ guard, resolve }: DiallerTools): LookupFunction {
  return (host, options, callback) => {
    const judge = (addresses: readonly string[]): void => {
      const refusal = guard.refusalOfAnswer(host, addresses);
      if (refusal !== null) return callback(refused(refusal), []);
      const found = addresses.map((address) => ({ address, family: isIP(address) }));
      if (found[0] === undefined) {
        return callback(new StageError('fetch-no-such-host', { detail: `${host} has no address` }), []);
      }
      return options.all === true ? callback(null, found) : callback(null, found[0].address, found[0].family);
    };
    resolve(host).then(judge, (error: Error) => callback(error, []));
  };
}

function refused(detail: string): StageError {
  return new StageError('fetch-refused-address', { detail });
}

function timedOut(connectTimeoutMs: number): StageError {
  return new StageError('fetch-timed-out', { detail: `no connection after ${connectTimeoutMs / 1000} s` });
}

/**
 * Hands on sessions of connections whose certificate was found good, and of no other: a session that is resumed is not
 * checked for its host again, so one of a refused connection would open the door at the second try.
 */
function keepSession(socket: TLSSocket, keep: (session: Buffer) => void): void {
  let early: Buffer | null = null;
  let good = false;
  socket.on('session', (session: Buffer) => {
    if (good) keep(session);
    else early = session;
  });
  socket.once('secureConnect', () => {
    good = true;
    if (early !== null) keep(early);
  });
}

/** TLS sessions by host and port, the oldest forgotten first. */
function recentSessions(): { get(key: string): Buffer | undefined; set(key: string, session: Buffer): void } {
  const kept = new Map<string, Buffer>();
  return {
    get: (key) => kept.get(key),
    set(key, session) {
      kept.delete(key);
      kept.set(key, session);
      if (kept.size > MOST_SESSIONS) kept.delete(kept.keys().next().value!);
    },
  };
}
