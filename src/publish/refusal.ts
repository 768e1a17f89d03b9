/** What is wrong with a document, in words. Thrown while reading it; the gate makes a StageError of it. */
export class Refusal extends Error {}
