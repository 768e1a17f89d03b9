/** The publication as a whole, as the operator wrote it. */
export type Site = {
  readonly title: string;
  /** Public base address; ends in a slash. */
  readonly url: string;
  readonly language: string;
  /** IANA name, for the dates that people read. */
  readonly timeZone: string;
  readonly description: string | null;
  /** Where to write for takedowns: an e-mail address or an address of a page. */
  readonly contact: string | null;
};
