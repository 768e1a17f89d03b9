import { HEIGHT, sky, type Studio, tree, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { darker, lighter, mix } from '../drawing/colour.ts';
import { conifer, ellipse, ground, peaks, ridge } from '../drawing/shapes.ts';

export function river(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const horizon = 330;
  const [sunX] = sky(studio, horizon + 30);
  canvas.paint(peaks(random, WIDTH, horizon + 14, 190, HEIGHT), {
    top: mix(palette.far, palette.skyTop, 0.5),
    bottom: mix(palette.far, palette.skyLow, 0.5),
    from: 140,
    to: horizon,
  });
  const back = ridge(random, horizon, 14);
  canvas.paint(ground(back, WIDTH, HEIGHT), { top: palette.far, bottom: palette.near, from: horizon, to: HEIGHT });
  const bend = random.chance(0.5) ? 1 : -1;
  const middle = (y: number) =>
    600 + bend * 270 * Math.sin(((y - horizon) / (HEIGHT - horizon)) * 4.4 + 0.4) * (0.25 + (y - horizon) / 420);
  const half = (y: number) => 14 + ((y - horizon) / (HEIGHT - horizon)) ** 1.5 * 230;
  const rows = Array.from({ length: 70 }, (_, index) => horizon + 8 + (index * (HEIGHT - horizon)) / 68);
  const bank = (extra: number): Point[] => [
    ...rows.map((y): Point => [middle(y) - half(y) * extra, y]),
    ...rows.toReversed().map((y): Point => [middle(y) + half(y) * extra, y]),
  ];
  canvas.paint(bank(1.16), mix(palette.wall, palette.near, 0.45));
  canvas.paint(bank(1), {
    top: mix(palette.water, palette.skyLow, 0.6),
    bottom: mix(palette.water, palette.dark, 0.2),
    from: horizon,
    to: HEIGHT,
  });
  for (let count = 50; count > 0; count -= 1) {
    const y = horizon + 20 + (HEIGHT - horizon) * random.fraction();
    const reach = half(y) * random.between(0.08, 0.3);
    const x = middle(y) + half(y) * random.between(-0.6, 0.6);
    canvas.paint(ellipse([x, y], reach, 0.04 + 1.4 / reach), lighter(palette.skyLow, 0.3), 0.45);
  }
  canvas.glow([sunX, horizon], 240, palette.sun, 0.3);
  for (let y = horizon + 14; y < HEIGHT + 60; y += random.between(13, 27)) {
    const depth = (y - horizon) / (HEIGHT - horizon);
    for (const side of [-1, 1]) {
      const x = middle(y) + side * (half(y) * 1.25 + random.between(20, 460));
      const size = 24 + 130 * depth;
      const leaves = mix(
        mix(palette.far, palette.near, 0.35 + depth * 0.6),
        palette.accent,
        random.chance(0.16) ? 0.5 : 0,
      );
      if (random.chance(0.55)) tree(studio, x, y, size, darker(leaves, 0.12), palette.dark);
      else canvas.paint(conifer(x, y, size * 1.2), darker(leaves, 0.22));
    }
  }
  boat(studio, middle(505) + random.between(-50, 50), 505);
}

function boat({ canvas, palette }: Studio, x: number, y: number): void {
  canvas.paint(ellipse([x, y + 7], 44, 0.14), palette.dark, 0.3);
  canvas.paint(
    [
      [x - 42, y - 8],
      [x + 44, y - 8],
      [x + 30, y + 8],
      [x - 30, y + 8],
    ],
    palette.accent,
  );
  canvas.paint(
    [
      [x - 4, y - 12],
      [x - 4, y - 84],
      [x + 36, y - 16],
    ],
    palette.wall,
  );
  canvas.paint(
    [
      [x - 9, y - 12],
      [x - 9, y - 70],
      [x - 34, y - 16],
    ],
    lighter(palette.wall, 0.4),
  );
}
