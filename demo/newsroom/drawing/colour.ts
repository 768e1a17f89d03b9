/** Red, green, blue, each 0 to 255. */
export type Colour = readonly [number, number, number];

/** What one drawing is coloured with. */
export type Palette = {
  readonly skyTop: Colour;
  readonly skyLow: Colour;
  readonly sun: Colour;
  readonly cloud: Colour;
  /** Ground from the horizon to the viewer. */
  readonly far: Colour;
  readonly near: Colour;
  readonly water: Colour;
  readonly wall: Colour;
  readonly accent: Colour;
  readonly second: Colour;
  readonly lamp: Colour;
  readonly dark: Colour;
};

const PALETTES: readonly Palette[] = [
  // Morning, noon, a clear evening, dusk, night, an overcast day, autumn, the far north.
  palette('#7ec4e0 #fde7c6 #ffd27a #fff6e6 #9cc3b5 #2f6f63 #6fb7cf #f3e2cd #e4572e #2e86ab #ffd166 #1d3b45'),
  palette('#4aa8de #d8f0f5 #fff3b8 #ffffff #93c79b #2c7a51 #3a96bf #f7efe2 #e63946 #f4a261 #ffe08a #1f3a4d'),
  palette('#f49b7a #ffe0a8 #fff0c2 #ffd2b0 #c98b8f #5b3b63 #d98a80 #f6d9c0 #c8553d #588b8b #ffe3a1 #36233f'),
  palette('#3b2f6b #f08a6c #ffd9a0 #8a5a88 #7a4f83 #2a1f4a #5a4584 #b98aa4 #ff8552 #4fb0ae #ffd47f #1b1433'),
  palette('#0d1b3a #35548c #f3ecd2 #2b426f #2c4a78 #0b1730 #1d3763 #56719f #f2a541 #57a6c4 #ffe29a #070e20'),
  palette('#a9bccb #e7ecec #fbf6e5 #f4f7f8 #9fb0a8 #46635a #8fa9b5 #e9e4da #c44536 #5d8aa8 #ffd98a #2b3c46'),
  palette('#8fb8c9 #fbe3b5 #ffcf70 #fff3dc #d8a657 #7d4a27 #8fb0b5 #f2dfc3 #b5402a #3f7d6e #ffdc8c #3a2418'),
  palette('#173f5f #7fd1c7 #eafff5 #3b7f8f #4d9a9a #123847 #2f7f93 #c9e4df #ff6f59 #f2c14e #fff0a6 #0b2230'),
];

/** One of the palettes, a little warmer or cooler, lighter or darker each time. */
export function choosePalette(pick: (choices: readonly Palette[]) => Palette, shift: () => number): Palette {
  const chosen = pick(PALETTES);
  const tint: Colour = [128 + 90 * shift(), 128 + 40 * shift(), 128 + 90 * shift()];
  const amount = 0.1;
  const tinted = Object.entries(chosen).map(([name, colour]) => [name, mix(colour, tint, amount)]);
  return Object.fromEntries(tinted) as Palette;
}

/** `share` 0 gives the first colour, 1 the second. */
export function mix(first: Colour, second: Colour, share: number): Colour {
  return [
    first[0] + (second[0] - first[0]) * share,
    first[1] + (second[1] - first[1]) * share,
    first[2] + (second[2] - first[2]) * share,
  ];
}

export const WHITE: Colour = [255, 255, 255];
export const BLACK: Colour = [0, 0, 0];

export function lighter(colour: Colour, share: number): Colour {
  return mix(colour, WHITE, share);
}

export function darker(colour: Colour, share: number): Colour {
  return mix(colour, BLACK, share);
}

export function rgb(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

function palette(hexes: string): Palette {
  const [skyTop, skyLow, sun, cloud, far, near, water, wall, accent, second, lamp, dark] = hexes.split(' ').map(rgb);
  return { skyTop, skyLow, sun, cloud, far, near, water, wall, accent, second, lamp, dark } as Palette;
}
