import { createTransport } from 'nodemailer';
import { StageError } from '../model/errors.ts';
import { isMailServer } from '../support/mail-address.ts';

export type Mail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
};

const PATIENCE_MS = 20_000;
const ALL_MS = 30_000;

/**
 * Sends one e-mail through the operator's own mail server, which no guard judges.
 * Gives up after half a minute in all. Rejects with the signal's reason when it is aborted.
 * Throws StageError `mail-not-sent`; the server's address, which may hold a password, is in no message.
 * @param server smtp:// or smtps://, with user name and password if it wants them
 */
export async function sendMail(server: string, { from, to, subject, text }: Mail, signal: AbortSignal): Promise<void> {
  if (!isMailServer(server))
    throw new StageError('mail-not-sent', {
      detail: 'the server’s address is not of the form smtps://mail.example.org',
    });
  const transport = createTransport({
    url: server,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const until = AbortSignal.any([signal, AbortSignal.timeout(ALL_MS)]);
  const cutOff = Promise.withResolvers<never>();
  const cut = (): void => {
    transport.close();
    cutOff.reject(new Error('the server did not take it in time'));
  };
  until.addEventListener('abort', cut, { once: true });
  try {
    until.throwIfAborted();
    await Promise.race([transport.sendMail({ from, to: [...to], subject, text }), cutOff.promise]);
  } catch (cause) {
    signal.throwIfAborted();
    const { hostname, port } = new URL(server);
    const reason = Error.isError(cause) ? cause.message : String(cause);
    throw new StageError('mail-not-sent', { detail: `${hostname}${port === '' ? '' : `:${port}`}: ${reason}`, cause });
  } finally {
    until.removeEventListener('abort', cut);
    transport.close();
  }
}
