/** The address if it has the shape of one for e-mail (`name@host`), else null. Nobody asks whether it exists. */
export function mailAddress(told: string | null): string | null {
  return told !== null && told.length <= 254 && /^[^\s@<>()]+@[^\s@<>()]+$/.test(told) ? told : null;
}

/** Whether it is the address of a mail server: `smtps://user:password@mail.example.org`, or smtp. */
export function isMailServer(address: string): boolean {
  return /^smtps?:\/\/[^/]/i.test(address) && URL.canParse(address);
}
