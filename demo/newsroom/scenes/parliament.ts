import { HEIGHT, person, sky, type Studio, tree, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { type Colour, darker, lighter, mix, WHITE } from '../drawing/colour.ts';
import { arc, circle, ground, line, rectangle, ridge } from '../drawing/shapes.ts';

export function parliament(studio: Studio): void {
  const { canvas, random, palette } = studio;
  sky(studio, 470);
  canvas.paint(ground(ridge(random, 440, 30), WIDTH, HEIGHT), mix(palette.far, palette.skyLow, 0.35));
  const stone = lighter(palette.wall, 0.2);
  const shade = mix(palette.wall, palette.dark, 0.3);
  const x = random.between(520, 680);
  const floor = 500;
  const wing = random.between(250, 330);
  for (const side of [-1, 1]) {
    const left = Math.min(x + side * 150, x + side * (150 + wing));
    canvas.paint(rectangle(left, 348, wing, 152), {
      top: mix(stone, shade, 0.2),
      bottom: mix(stone, shade, 0.5),
      from: 348,
      to: floor,
    });
    canvas.paint(rectangle(left - 8, 338, wing + 16, 13), shade);
    for (let column = 0; column < Math.floor(wing / 44); column += 1) {
      for (const y of [370, 436])
        canvas.paint(
          [
            ...arc([left + 32 + column * 44, y + 8], 11, 180, 360),
            [left + 43 + column * 44, y + 38],
            [left + 21 + column * 44, y + 38],
          ],
          random.chance(0.3) ? palette.lamp : palette.dark,
          0.8,
        );
    }
  }
  if (random.chance(0.65)) dome(studio, x, 262, stone, shade);
  else clockTower(studio, x + random.pick([-1, 1]) * (150 + wing - 34), 340, stone, shade);
  canvas.paint(
    [
      [x - 182, 300],
      [x, 218],
      [x + 182, 300],
    ],
    stone,
  );
  canvas.paint(
    [
      [x - 140, 292],
      [x, 231],
      [x + 140, 292],
    ],
    mix(stone, shade, 0.35),
  );
  canvas.paint(circle([x, 268], 17), palette.accent);
  canvas.paint(rectangle(x - 176, 300, 352, 20), mix(stone, shade, 0.15));
  canvas.paint(rectangle(x - 164, 320, 328, 180), mix(shade, palette.dark, 0.35));
  canvas.paint(rectangle(x - 20, 404, 40, 96), palette.lamp);
  canvas.glow([x, 450], 130, palette.lamp, 0.3);
  for (let column = 0; column < 6; column += 1) {
    const left = x - 160 + column * 58.5;
    canvas.paint(rectangle(left, 332, 28, 160), stone);
    canvas.paint(rectangle(left + 18, 332, 10, 160), shade, 0.45);
    canvas.paint(rectangle(left - 5, 320, 38, 13), stone);
    canvas.paint(rectangle(left - 5, 488, 38, 13), stone);
  }
  for (let step = 0; step < 5; step += 1)
    canvas.paint(
      rectangle(x - 190 - step * 22, 500 + step * 13, 380 + step * 44, 14),
      mix(stone, shade, 0.1 + (step % 2) * 0.25),
    );
  canvas.paint(ground(ridge(random, 566, 6), WIDTH, HEIGHT), {
    top: mix(palette.near, palette.far, 0.45),
    bottom: palette.near,
    from: 560,
    to: HEIGHT,
  });
  canvas.paint(
    [
      [x - 110, 564],
      [x + 110, 564],
      [x + 330, HEIGHT],
      [x - 330, HEIGHT],
    ],
    mix(palette.wall, palette.far, 0.25),
  );
  for (const offset of [-430, -320, 320, 430])
    flag(studio, x + offset, 566, offset % 4 === 0 ? palette.accent : palette.second);
  for (const offset of [-560, -480, 500, 590])
    tree(studio, x + offset, 590, random.between(110, 160), darker(palette.near, 0.1), palette.dark);
  for (let count = 7; count > 0; count -= 1)
    person(
      studio,
      x + random.between(-200, 200),
      random.between(600, 650),
      random.between(40, 50),
      random.pick([palette.dark, palette.accent, palette.second]),
      mix(palette.wall, palette.accent, 0.3),
    );
}

function dome({ canvas, palette }: Studio, x: number, foot: number, stone: Colour, shade: Colour): void {
  canvas.paint(rectangle(x - 92, foot - 46, 184, 60), mix(stone, shade, 0.3));
  for (let pillar = -4; pillar <= 4; pillar += 1) canvas.paint(rectangle(x + pillar * 20 - 4, foot - 42, 8, 44), stone);
  canvas.paint(arc([x, foot - 46], 96, 180, 360, 0.95), {
    top: lighter(palette.second, 0.25),
    bottom: darker(palette.second, 0.15),
    from: foot - 140,
    to: foot - 46,
  });
  for (const lean of [-0.6, -0.2, 0.2, 0.6])
    canvas.paint(line([x + lean * 156, foot - 48], [x + lean * 30, foot - 134], 2), darker(palette.second, 0.3), 0.6);
  canvas.paint(rectangle(x - 13, foot - 164, 26, 30), stone);
  canvas.paint(line([x, foot - 160], [x, foot - 216], 4), palette.dark);
  canvas.paint(
    [
      [x + 2, foot - 215],
      [x + 42, foot - 204],
      [x + 2, foot - 193],
    ],
    palette.accent,
  );
}

function clockTower({ canvas, palette }: Studio, x: number, foot: number, stone: Colour, shade: Colour): void {
  canvas.paint(rectangle(x - 36, foot - 210, 72, 370), {
    top: stone,
    bottom: mix(stone, shade, 0.6),
    from: foot - 200,
    to: foot + 140,
  });
  canvas.paint(
    [
      [x - 44, foot - 208],
      [x, foot - 300],
      [x + 44, foot - 208],
    ],
    darker(palette.second, 0.15),
  );
  canvas.paint(circle([x, foot - 160], 27), lighter(palette.lamp, 0.5));
  canvas.paint(line([x, foot - 160], [x, foot - 180], 3.5), palette.dark);
  canvas.paint(line([x, foot - 160], [x + 13, foot - 152], 3.5), palette.dark);
}

function flag({ canvas, palette }: Studio, x: number, foot: number, colour: Colour): void {
  canvas.paint(line([x, foot], [x, foot - 170], 4), palette.dark);
  const wave = Array.from({ length: 9 }, (_, index): Point => [
    x + 2 + index * 9,
    foot - 168 + 5 * Math.sin(index * 0.9),
  ]);
  canvas.paint([...wave, ...wave.toReversed().map(([px, py]): Point => [px, py + 42])], colour);
  canvas.paint(
    [...wave.map(([px, py]): Point => [px, py + 15]), ...wave.toReversed().map(([px, py]): Point => [px, py + 27])],
    WHITE,
    0.8,
  );
}
