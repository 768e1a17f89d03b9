/** The address if it has the shape of one for e-mail (`name@host`), else null. Nobody asks whether it exists. */
export function mailAddress(told: string | null): string | null {
  return told !== null && told.length <= 254 && /^[^\s@<>()]+@[^\s@<>()]+$/.test(told) ? told : null;
}
