import { HEIGHT, person, sky, type Studio, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { type Colour, darker, lighter, mix } from '../drawing/colour.ts';
import { arc, circle, ellipse, line, rectangle, rounded } from '../drawing/shapes.ts';

export function market(studio: Studio): void {
  const { canvas, random, palette } = studio;
  sky(studio, 420);
  for (let x = -20; x < WIDTH;) {
    const width = random.between(120, 180);
    house(studio, x, 470, width, random.between(190, 290));
    x += width;
  }
  canvas.paint(rectangle(0, 468, WIDTH, 210), {
    top: mix(palette.wall, palette.far, 0.4),
    bottom: mix(palette.wall, palette.dark, 0.5),
    from: 468,
    to: HEIGHT,
  });
  for (let row = 0; row < 6; row += 1)
    for (let x = -40 + (row % 2) * 46; x < WIDTH; x += 92)
      canvas.paint(ellipse([x, 500 + row * 32], 34 + row * 3, 0.16), palette.dark, 0.08);
  bunting(studio);
  const width = 330;
  for (const [index, x] of [28, 434, 840].entries())
    stall(
      studio,
      x + random.between(-14, 14),
      610,
      width,
      [palette.accent, palette.second, darker(palette.near, 0.05)][(index + random.whole(0, 2)) % 3]!,
    );
  for (let count = random.whole(3, 5); count > 0; count -= 1)
    person(
      studio,
      random.between(40, WIDTH - 40),
      random.between(690, 720),
      random.between(150, 180),
      random.pick([palette.dark, darker(palette.second, 0.3), darker(palette.accent, 0.3)]),
      mix(palette.wall, palette.accent, random.between(0.15, 0.45)),
    );
}

function house({ canvas, random, palette }: Studio, x: number, foot: number, width: number, height: number): void {
  const wall = mix(
    random.pick([palette.wall, palette.far, palette.lamp, lighter(palette.accent, 0.4), lighter(palette.second, 0.4)]),
    palette.skyLow,
    0.3,
  );
  const top = foot - height;
  canvas.paint(rectangle(x, top, width, height), { top: wall, bottom: darker(wall, 0.14), from: top, to: foot });
  canvas.paint(
    [
      [x - 6, top + 2],
      [x + width / 2, top - random.between(40, 76)],
      [x + width + 6, top + 2],
    ],
    darker(mix(palette.accent, palette.dark, 0.45), 0.05),
  );
  for (let row = top + 26; row < foot - 90; row += 62) {
    for (let column = x + 20; column < x + width - 34; column += 46) {
      canvas.paint(
        rectangle(column, row, 24, 36),
        random.chance(0.35) ? palette.lamp : mix(palette.dark, palette.second, 0.25),
        0.85,
      );
      canvas.paint(rectangle(column - 7, row, 6, 36), palette.second, 0.7);
      canvas.paint(rectangle(column + 25, row, 6, 36), palette.second, 0.7);
    }
  }
}

function bunting({ canvas, palette }: Studio): void {
  const sag = (x: number) => 150 + 74 * Math.sin((x / 400) * Math.PI) ** 2;
  for (let x = 0; x < WIDTH; x += 10) canvas.paint(line([x, sag(x)], [x + 10, sag(x + 10)], 2), palette.dark);
  for (const [index, x] of Array.from({ length: 30 }, (_, at) => at * 40 + 8).entries())
    canvas.paint(
      [
        [x, sag(x)],
        [x + 26, sag(x + 26)],
        [x + 13, sag(x + 13) + 32],
      ],
      [palette.accent, palette.lamp, palette.second][index % 3]!,
    );
}

function stall({ canvas, random, palette }: Studio, x: number, foot: number, width: number, colour: Colour): void {
  const top = foot - 226;
  for (const post of [x + 8, x + width - 14]) canvas.paint(rectangle(post, top + 20, 8, 206), palette.dark);
  canvas.paint(rectangle(x + 12, top + 60, width - 24, 100), palette.dark, 0.32);
  const stripes = 10;
  const step = width / stripes;
  for (let stripe = 0; stripe < stripes; stripe += 1) {
    const left = x + stripe * step;
    const cloth = stripe % 2 === 0 ? colour : lighter(palette.wall, 0.5);
    const inset = 34 - (stripe * 68) / stripes;
    canvas.paint(
      [
        [left + inset, top],
        [left + step + inset - 6.8, top],
        [left + step, top + 62],
        [left, top + 62],
      ],
      cloth,
    );
    canvas.paint(arc([left + step / 2, top + 62], step / 2, 0, 180), darker(cloth, 0.12));
  }
  for (let crate = 0; crate < 4; crate += 1) {
    const left = x + 12 + crate * ((width - 18) / 4);
    const fruit = random.pick([
      palette.accent,
      palette.lamp,
      lighter(palette.near, 0.3),
      palette.second,
      mix(palette.accent, palette.lamp, 0.5),
    ]);
    for (let row = 0; row < 3; row += 1)
      for (let ball = 0; ball < 4 - row; ball += 1) {
        const centre: Point = [left + 12 + ball * 15 + row * 7.5, foot - 88 - row * 12];
        canvas.paint(circle(centre, 8.6), {
          top: lighter(fruit, 0.25),
          bottom: darker(fruit, 0.1),
          from: centre[1] - 8,
          to: centre[1] + 8,
        });
      }
    canvas.paint(rectangle(left, foot - 86, (width - 40) / 4, 32), mix(palette.wall, palette.dark, 0.45));
    canvas.paint(rectangle(left, foot - 72, (width - 40) / 4, 3), palette.dark, 0.5);
  }
  canvas.paint(rectangle(x + 2, foot - 56, width - 4, 56), {
    top: darker(colour, 0.25),
    bottom: darker(colour, 0.5),
    from: foot - 56,
    to: foot,
  });
  canvas.paint(rounded(x + width / 2 - 46, foot - 44, 92, 30, 5), lighter(palette.wall, 0.3));
  for (const y of [foot - 36, foot - 26]) canvas.paint(rectangle(x + width / 2 - 32, y, 64, 3.5), palette.dark, 0.6);
}
