/** Where a command writes. Results go to stdout, progress and complaints to stderr. */
export type Terminal = {
  /** A line of the result. */
  print(line: string): void;
  /** A line for whoever watches. */
  tell(line: string): void;
  /** A line that the next one replaces, on a terminal; nothing elsewhere. */
  showProgress(line: string): void;
  readonly interactive: boolean;
  /** How wide the results may be; undefined where they do not go to a terminal. */
  readonly columns?: number | undefined;
};

export type Stream = { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };

export function openTerminal(stdout: Stream, stderr: Stream): Terminal {
  const interactive = stderr.isTTY === true;
  const clear = interactive ? '\r\u001b[K' : '';
  return {
    interactive,
    columns: stdout.columns,
    print: (line) => void stdout.write(`${line}\n`),
    tell: (line) => void stderr.write(`${clear}${line}\n`),
    showProgress: (line) => {
      if (interactive) stderr.write(`${clear}${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
  };
}

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A foreign text on one line of a terminal: no control or direction characters, cut to a width. */
export function oneLine(text: string, width = 100): string {
  const plain = text.replace(CONTROLS, ' ').replace(/ +/g, ' ').trim();
  return plain.length <= width ? plain : `${plain.slice(0, width - 1)}…`;
}

/** Rows in columns: each as wide as its widest cell; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, String(cell).length)));
  return rows.map((row) =>
    row
      .map((cell, at) =>
        typeof cell === 'number'
          ? String(cell).padStart(widths[at]!)
          : cell.padEnd(at === row.length - 1 ? 0 : widths[at]!),
      )
      .join('  ')
      .trimEnd(),
  );
}
