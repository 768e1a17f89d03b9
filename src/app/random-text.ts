import { randomBytes } from 'node:crypto';

/** A text that nobody can guess, as it may stand in addresses. */
export const randomText = (): string => randomBytes(32).toString('base64url');
