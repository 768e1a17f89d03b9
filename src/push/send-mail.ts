import { createTransport } from 'nodemailer';
import { StageError } from '../model/errors.ts';

export type Mail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
};

const PATIENCE_MS = 20_000;

/**
 * Sends one e-mail through the operator's own mail server, which no guard judges.
 * Throws StageError `mail-not-sent`; the server's address, which may hold a password, is in no message.
 * @param server smtp:// or smtps://, with user name and password if it wants them
 */
export async function sendMail(server: string, { from, to, subject, text }: Mail): Promise<void> {
  if (!/^smtps?:\/\//i.test(server) || !URL.canParse(server))
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
  try {
    await transport.sendMail({ from, to: [...to], subject, text });
  } catch (cause) {
    const { hostname, port } = new URL(server);
    const reason = Error.isError(cause) ? cause.message : String(cause);
    throw new StageError('mail-not-sent', { detail: `${hostname}${port === '' ? '' : `:${port}`}: ${reason}`, cause });
  } finally {
    transport.close();
  }
}
