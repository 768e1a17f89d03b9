import { HEIGHT, sky, type Studio, tree, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { type Colour, darker, lighter, mix, WHITE } from '../drawing/colour.ts';
import { arc, circle, ground, rectangle, ridge, rounded } from '../drawing/shapes.ts';

export function factory(studio: Studio): void {
  const { canvas, random, palette } = studio;
  sky(studio, 480);
  canvas.paint(ground(ridge(random, 470, 34), WIDTH, HEIGHT), mix(palette.far, palette.skyLow, 0.35));
  const flip = random.chance(0.5);
  const at = (x: number, width: number) => (flip ? WIDTH - x - width : x);
  const brick = mix(palette.accent, palette.dark, 0.3);
  for (const x of [120, 220, 330].slice(0, random.whole(2, 3)))
    chimney(studio, at(x, 46), 520, random.between(270, 360), brick);
  const hall = mix(palette.wall, palette.accent, 0.18);
  const teeth = 5;
  const width = 130;
  for (let tooth = 0; tooth < teeth; tooth += 1) {
    const left = at(420 + tooth * width, width);
    const peak = flip ? left + width : left;
    const low = flip ? left : left + width;
    canvas.paint(
      [
        [peak, 300],
        [low, 364],
        [low, 380],
        [peak, 380],
      ],
      mix(palette.second, palette.dark, 0.35),
    );
    canvas.paint(
      [
        [peak + (low - peak) * 0.16, 322],
        [peak + (low - peak) * 0.66, 350],
        [peak + (low - peak) * 0.66, 374],
        [peak + (low - peak) * 0.16, 374],
      ],
      palette.lamp,
      0.9,
    );
  }
  const hallLeft = at(420, teeth * width);
  canvas.paint(rectangle(hallLeft, 376, teeth * width, 190), {
    top: hall,
    bottom: mix(hall, palette.dark, 0.35),
    from: 376,
    to: 566,
  });
  for (let x = 26; x < teeth * width - 60; x += 78)
    canvas.paint(
      rectangle(hallLeft + x, 410, 50, 42),
      random.chance(0.5) ? palette.lamp : mix(palette.dark, palette.second, 0.4),
    );
  canvas.paint(rounded(hallLeft + 250, 470, 130, 98, 4), palette.dark);
  for (let slat = 0; slat < 6; slat += 1)
    canvas.paint(rectangle(hallLeft + 256, 478 + slat * 15, 118, 8), mix(palette.second, palette.dark, 0.45));
  const left = at(70, 340);
  canvas.paint(rectangle(left, 440, 340, 130), {
    top: lighter(brick, 0.1),
    bottom: darker(brick, 0.3),
    from: 440,
    to: 570,
  });
  canvas.paint(rectangle(left - 8, 430, 356, 14), darker(brick, 0.4));
  for (let x = 22; x < 310; x += 62)
    canvas.paint(
      [...arc([left + x + 18, 490], 18, 180, 360), [left + x + 36, 534], [left + x, 534]],
      random.chance(0.6) ? palette.lamp : palette.dark,
    );
  for (const x of [1080, 1150]) silo(studio, at(x, 56) + 28, 566, random.between(170, 230));
  canvas.paint(rectangle(0, 560, WIDTH, 120), {
    top: mix(palette.near, palette.wall, 0.2),
    bottom: darker(palette.near, 0.4),
    from: 560,
    to: HEIGHT,
  });
  canvas.paint(rectangle(0, 596, WIDTH, 46), mix(palette.dark, palette.wall, 0.25));
  for (let x = random.between(-60, 0); x < WIDTH; x += 110) canvas.paint(rectangle(x, 617, 56, 4), palette.lamp, 0.7);
  for (let x = random.between(10, 60); x < WIDTH; x += random.between(120, 260))
    tree(studio, x, 600, random.between(50, 84), palette.near, palette.dark);
  lorry(studio, random.between(140, 860), 632);
}

function chimney({ canvas, random, palette }: Studio, x: number, foot: number, height: number, brick: Colour): void {
  const top = foot - height;
  for (let puff = 0; puff < 7; puff += 1) {
    const centre: Point = [x + 24 + puff * puff * 5 + random.between(-8, 8), top - 16 - puff * 17];
    canvas.paint(circle(centre, 20 + puff * 6), palette.cloud, 0.5 - puff * 0.05);
  }
  canvas.paint(
    [
      [x + 7, top],
      [x + 39, top],
      [x + 48, foot],
      [x - 2, foot],
    ],
    { top: lighter(brick, 0.12), bottom: brick, from: top, to: foot },
  );
  canvas.paint(
    [
      [x + 27, top],
      [x + 39, top],
      [x + 48, foot],
      [x + 30, foot],
    ],
    palette.dark,
    0.2,
  );
  canvas.paint(rectangle(x + 2, top - 8, 42, 14), palette.dark);
  canvas.paint(rectangle(x + 4, top + 30, 38, 10), palette.wall);
}

function silo({ canvas, palette }: Studio, x: number, foot: number, height: number): void {
  const metal = mix(palette.wall, palette.second, 0.25);
  canvas.paint([...arc([x, foot - height], 30, 180, 360, 0.7), [x + 30, foot], [x - 30, foot]], {
    top: lighter(metal, 0.35),
    bottom: metal,
    from: foot - height,
    to: foot,
  });
  canvas.paint(rectangle(x + 10, foot - height, 20, height), palette.dark, 0.2);
  for (let y = foot - height + 20; y < foot; y += 36) canvas.paint(rectangle(x - 30, y, 60, 3), palette.dark, 0.25);
}

function lorry({ canvas, palette }: Studio, x: number, foot: number): void {
  canvas.paint(rectangle(x, foot - 74, 150, 62), { top: WHITE, bottom: palette.wall, from: foot - 74, to: foot });
  canvas.paint(rectangle(x, foot - 46, 150, 10), palette.accent);
  canvas.paint(
    [
      [x + 156, foot - 60],
      [x + 190, foot - 60],
      [x + 208, foot - 34],
      [x + 208, foot - 12],
      [x + 156, foot - 12],
    ],
    palette.accent,
  );
  canvas.paint(
    [
      [x + 166, foot - 54],
      [x + 187, foot - 54],
      [x + 199, foot - 36],
      [x + 166, foot - 36],
    ],
    palette.lamp,
  );
  for (const wheel of [30, 62, 180]) {
    canvas.paint(circle([x + wheel, foot - 10], 13), palette.dark);
    canvas.paint(circle([x + wheel, foot - 10], 5), palette.wall);
  }
}
