import { HEIGHT, sky, type Studio, tree, WIDTH } from '../drawing/backdrop.ts';
import { type Colour, darker, lighter, mix } from '../drawing/colour.ts';
import { arc, circle, line, rectangle, rounded } from '../drawing/shapes.ts';

export function city(studio: Studio): void {
  const { canvas, random, palette } = studio;
  sky(studio, 500);
  for (let layer = 0; layer < 3; layer += 1) {
    const depth = layer / 2;
    const wall = mix(mix(palette.far, palette.skyLow, 0.5), darker(palette.near, 0.35), depth);
    const foot = 560 + layer * 36;
    for (let x = random.between(-60, 0); x < WIDTH;) {
      const width = random.between(58, 122) + 22 * layer;
      const height = random.between(130, 400 - 70 * layer) * random.between(0.75, 1.1);
      tower(studio, {
        x,
        foot,
        width,
        height,
        wall: mix(wall, palette.second, random.between(0, 0.14)),
        lit: 0.15 + 0.3 * depth,
      });
      x += width + random.between(-6, layer === 2 ? 70 : 14);
    }
    canvas.paint(rectangle(0, foot - 90, WIDTH, 100), {
      top: palette.skyLow,
      bottom: palette.skyLow,
      from: foot - 90,
      to: foot,
      topAlpha: 0,
      bottomAlpha: 0.3 - 0.1 * layer,
    });
  }
  canvas.paint(rectangle(0, 622, WIDTH, 60), {
    top: mix(palette.dark, palette.wall, 0.25),
    bottom: palette.dark,
    from: 620,
    to: HEIGHT,
  });
  for (let x = 0; x < WIDTH; x += 90) canvas.paint(rectangle(x, 650, 46, 4), palette.lamp, 0.6);
  for (let x = random.between(0, 60); x < WIDTH; x += random.between(70, 190))
    tree(studio, x, 628, random.between(60, 100), mix(palette.near, palette.far, 0.25), palette.dark);
  tram(studio, random.between(120, 700), 640);
}

type Tower = {
  readonly x: number;
  readonly foot: number;
  readonly width: number;
  readonly height: number;
  readonly wall: Colour;
  readonly lit: number;
};

function tower({ canvas, random, palette }: Studio, { x, foot, width, height, wall, lit }: Tower): void {
  const top = foot - height;
  canvas.paint(rectangle(x, top, width, HEIGHT - top), { top: lighter(wall, 0.12), bottom: wall, from: top, to: foot });
  canvas.paint(rectangle(x + width * 0.7, top, width * 0.3, HEIGHT - top), darker(wall, 0.25), 0.35);
  const roof = random.whole(0, 4);
  if (roof === 0) canvas.paint(line([x + width / 2, top + 2], [x + width / 2, top - random.between(30, 70)], 3), wall);
  if (roof === 1) canvas.paint(rectangle(x + width * 0.2, top - 16, width * 0.6, 18), wall);
  if (roof === 2)
    canvas.paint(
      [
        [x, top + 1],
        [x + width, top - random.between(24, 50)],
        [x + width, top + 1],
      ],
      lighter(wall, 0.12),
    );
  if (roof === 3) canvas.paint(arc([x + width / 2, top + 1], width / 2, 180, 360, 0.5), lighter(wall, 0.12));
  const columns = Math.max(2, Math.floor(width / 19));
  const step = (width - 12) / columns;
  for (let row = top + 16; row < foot - 12; row += 23) {
    for (let column = 0; column < columns; column += 1) {
      const shining = random.chance(lit);
      canvas.paint(
        rectangle(x + 8 + column * step, row, step - 7, 12),
        shining ? palette.lamp : darker(wall, 0.3),
        shining ? 0.95 : 0.45,
      );
    }
  }
}

function tram({ canvas, palette }: Studio, x: number, foot: number): void {
  for (const offset of [0, 172]) {
    const [left, top] = [x + offset, foot - 64];
    canvas.paint(rounded(left, top, 166, 58, 10), {
      top: lighter(palette.accent, 0.1),
      bottom: darker(palette.accent, 0.2),
      from: top,
      to: foot,
    });
    for (let window = 0; window < 5; window += 1)
      canvas.paint(rounded(left + 10 + window * 30, top + 9, 26, 22, 3), lighter(palette.lamp, 0.3));
    canvas.paint(rectangle(left, top + 40, 166, 4), palette.wall);
    for (const wheel of [30, 136]) canvas.paint(circle([left + wheel, foot - 6], 8), palette.dark);
  }
  canvas.paint(line([x + 80, foot - 64], [x + 104, foot - 88], 2.5), palette.dark);
  canvas.paint(rectangle(0, foot - 90, WIDTH, 1.6), palette.dark, 0.7);
}
