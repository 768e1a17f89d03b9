/** One step of the schema, for both databases side by side. Never edited once it is released: write the next one. */
export type SchemaChange = {
  /** Begins with its number, so that names in order are steps in order: `0001-first`. */
  readonly name: string;
  statements(flavour: 'sqlite' | 'postgres'): readonly string[];
};
