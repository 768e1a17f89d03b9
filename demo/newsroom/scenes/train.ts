import { birds, HEIGHT, sky, type Studio, tree, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { darker, lighter, mix } from '../drawing/colour.ts';
import { arc, circle, conifer, ground, peaks, rectangle, ridge, rounded } from '../drawing/shapes.ts';

export function train(studio: Studio): void {
  const { canvas, random, palette } = studio;
  sky(studio, 440);
  canvas.paint(peaks(random, WIDTH, 430, 240, HEIGHT), {
    top: mix(palette.far, palette.skyTop, 0.35),
    bottom: mix(palette.far, palette.skyLow, 0.65),
    from: 190,
    to: 430,
  });
  const back = ridge(random, 440, 44, 0.8);
  canvas.paint(ground(back, WIDTH, HEIGHT), {
    top: lighter(palette.far, 0.1),
    bottom: palette.far,
    from: 390,
    to: 560,
  });
  for (let count = 16; count > 0; count -= 1) {
    const x = random.between(0, WIDTH);
    canvas.paint(conifer(x, back(x) + 12, random.between(40, 76)), mix(palette.far, palette.near, 0.5));
  }
  viaduct(studio, 400);
  engineAndCarriages(studio, 400);
  const front = ridge(random, 596, 30, 0.8);
  canvas.paint(ground(front, WIDTH, HEIGHT), {
    top: lighter(palette.near, 0.1),
    bottom: darker(palette.near, 0.25),
    from: 560,
    to: HEIGHT,
  });
  for (let count = 9; count > 0; count -= 1) {
    const x = random.between(0, WIDTH);
    tree(
      studio,
      x,
      front(x) + 14,
      random.between(70, 130),
      random.chance(0.25) ? mix(palette.near, palette.accent, 0.5) : darker(palette.near, 0.15),
      palette.dark,
    );
  }
  birds(studio, random.whole(2, 6), random.between(90, 170));
}

function viaduct({ canvas, palette }: Studio, deck: number): void {
  const stone = mix(palette.wall, palette.dark, 0.22);
  canvas.paint(rectangle(0, deck, WIDTH, 18), { top: lighter(stone, 0.2), bottom: stone, from: deck, to: deck + 18 });
  const span = 150;
  for (let x = -span / 2; x < WIDTH + span; x += span) {
    // One arch: the wall above it in two halves, and the pier on its right.
    const opening = span / 2 - 15;
    const arch = arc([x, deck + 84], opening, 180, 360);
    canvas.paint(
      [
        [x - span / 2, deck + 17],
        [x + span / 2, deck + 17],
        [x + span / 2, deck + 86],
        [x + opening, deck + 86],
        ...arch.toReversed(),
        [x - span / 2, deck + 86],
      ],
      stone,
    );
    canvas.paint(rectangle(x + opening, deck + 84, 30, 260), {
      top: stone,
      bottom: mix(stone, palette.near, 0.6),
      from: deck + 84,
      to: deck + 250,
    });
    canvas.paint(rectangle(x + opening + 20, deck + 84, 10, 260), palette.dark, 0.22);
    canvas.paint(rectangle(x + opening - 5, deck + 78, 40, 8), lighter(stone, 0.25));
  }
}

function engineAndCarriages({ canvas, random, palette }: Studio, deck: number): void {
  const toRight = random.chance(0.5);
  const at = (x: number) => (toRight ? x : WIDTH - x);
  const nose = random.between(860, 1120);
  const livery = random.pick([palette.accent, palette.second]);
  canvas.paint(rectangle(0, deck - 104, WIDTH, 1.6), palette.dark, 0.6);
  for (let x = 60; x < WIDTH; x += 220) canvas.paint(rectangle(x, deck - 112, 4, 112), palette.dark, 0.6);
  for (let carriage = 0; carriage < 5; carriage += 1) {
    const right = nose - carriage * 206;
    const [near, far] = [right - 200, right];
    const top = deck - 74;
    const front: Point[] =
      carriage === 0
        ? [
            [at(far - 62), top],
            [at(far - 26), top + 14],
            [at(far), top + 48],
            [at(far), deck - 10],
          ]
        : [
            [at(far), top],
            [at(far), deck - 10],
          ];
    canvas.paint([[at(near), top], ...front, [at(near), deck - 10]], {
      top: lighter(palette.wall, 0.55),
      bottom: palette.wall,
      from: top,
      to: deck,
    });
    canvas.paint(rectangle(Math.min(at(near), at(far)), deck - 26, carriage === 0 ? 200 : 200, 10), livery);
    canvas.paint(
      rectangle(Math.min(at(near), at(far - (carriage === 0 ? 60 : 0))), top, carriage === 0 ? 140 : 200, 8),
      livery,
    );
    for (let window = 0; window < (carriage === 0 ? 4 : 6); window += 1)
      canvas.paint(
        rounded(Math.min(at(near + 12 + window * 31), at(near + 36 + window * 31)), top + 16, 24, 20, 4),
        random.chance(0.6) ? palette.lamp : mix(palette.dark, palette.second, 0.3),
      );
    if (carriage === 0)
      canvas.paint(
        [
          [at(far - 52), top + 12],
          [at(far - 32), top + 18],
          [at(far - 13), top + 40],
          [at(far - 52), top + 40],
        ],
        palette.dark,
      );
    for (const wheel of [34, 62, 138, 166]) canvas.paint(circle([at(near + wheel), deck - 8], 9), palette.dark);
    canvas.paint(rectangle(Math.min(at(far), at(far + 6)), deck - 40, 6, 24), palette.dark);
  }
  canvas.glow([at(nose), deck - 24], 80, palette.lamp, 0.7);
}
