/** How things stand at a moment, as whoever watches the service wants to know it. */
export type Readings = {
  readonly sources: readonly {
    readonly id: string;
    /** Seconds since 1970; null: at the next turn, or never. */
    readonly nextCheckS: number | null;
    readonly lastCheckS: number | null;
    readonly failures: number;
  }[];
  /** `well`, `failing`, `not-asked`, `not-enabled`, `drifted`. */
  readonly sourcesByState: Readonly<Record<string, number>>;
  readonly entriesByState: Readonly<Record<string, number>>;
  /** 0 while none is late. */
  readonly oldestDueS: number;
  readonly deliveries: readonly { readonly to: string; readonly state: string; readonly count: number }[];
  /** By folder: `data`, `output`. */
  readonly freeBytes: Readonly<Record<string, number>>;
  /** Null where it cannot be told. */
  readonly databaseBytes: number | null;
  /** Pictures by how they stand (`copied`, `waiting`, `not-had`), and what the copies weigh. */
  readonly images: Readonly<Record<string, number>>;
  readonly imageBytes: number;
  readonly openAlerts: number;
  readonly isListRight: boolean;
  readonly refused: number;
};
