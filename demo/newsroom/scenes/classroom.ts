import { HEIGHT, person, type Studio, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { lighter, mix, rgb, WHITE } from '../drawing/colour.ts';
import { arc, circle, ellipse, line, rectangle, rounded } from '../drawing/shapes.ts';

export function classroom(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const wall = mix(palette.wall, palette.lamp, 0.2);
  canvas.paint(rectangle(0, 0, WIDTH, 500), { top: lighter(wall, 0.1), bottom: wall, from: 0, to: 500 });
  canvas.paint(rectangle(0, 496, WIDTH, 180), {
    top: mix(palette.accent, palette.wall, 0.45),
    bottom: mix(palette.accent, palette.dark, 0.5),
    from: 496,
    to: HEIGHT,
  });
  canvas.paint(rectangle(0, 488, WIDTH, 12), mix(palette.wall, palette.dark, 0.45));
  const flip = random.chance(0.5);
  const at = (x: number, width: number) => (flip ? WIDTH - x - width : x);
  const boardLeft = at(380, 560);
  const board = mix(rgb('#1f5a46'), palette.dark, random.between(0.1, 0.5));
  canvas.paint(rectangle(boardLeft - 12, 96, 584, 304), mix(palette.wall, palette.dark, 0.5));
  canvas.paint(rectangle(boardLeft, 108, 560, 280), { top: lighter(board, 0.08), bottom: board, from: 108, to: 388 });
  blackboard(studio, boardLeft, random.whole(0, 2));
  canvas.paint(rectangle(boardLeft - 20, 398, 600, 12), mix(palette.wall, palette.dark, 0.3));
  for (const y of [70, 300]) window(studio, at(60, 230), y, 230, 190);
  const clock: Point = [at(1040, 0), 150];
  canvas.paint(circle(clock, 48), palette.dark);
  canvas.paint(circle(clock, 41), WHITE);
  const hour = random.between(0, 2 * Math.PI);
  canvas.paint(line(clock, [clock[0] + 22 * Math.cos(hour), clock[1] + 22 * Math.sin(hour)], 5), palette.dark);
  canvas.paint(
    line(clock, [clock[0] + 33 * Math.cos(hour * 5), clock[1] + 33 * Math.sin(hour * 5)], 3),
    palette.accent,
  );
  globe(studio, at(1040, 0), 440);
  for (const [row, y] of [560, 668].entries()) {
    for (let x = 120 + row * 100; x < WIDTH; x += 310) {
      desk(studio, x + random.between(-14, 14), y, 0.85 + row * 0.3);
      person(
        studio,
        x + random.between(-20, 20),
        y + 30,
        150 + row * 40,
        random.pick([palette.accent, palette.second, palette.near, palette.lamp]),
        mix(palette.dark, palette.accent, random.between(0, 0.4)),
      );
    }
  }
}

function blackboard({ canvas, random, palette }: Studio, x: number, lesson: number): void {
  const chalk = mix(WHITE, palette.lamp, 0.15);
  const draw = (from: Point, to: Point) =>
    canvas.paint(line([x + from[0], from[1]], [x + to[0], to[1]], 3.5), chalk, 0.85);
  if (lesson === 0) {
    for (const [from, to] of [
      [
        [60, 330],
        [240, 330],
      ],
      [
        [240, 330],
        [60, 180],
      ],
      [
        [60, 180],
        [60, 330],
      ],
    ] as const)
      draw(from, to);
    canvas.paint([...arc([x + 240, 330], 50, 180, 220), ...arc([x + 240, 330], 46, 220, 180)], palette.accent);
  } else if (lesson === 1) {
    draw([50, 340], [250, 340]);
    draw([60, 350], [60, 150]);
    for (let step = 0; step < 18; step += 1)
      draw([60 + step * 10, 330 - (step / 18) ** 2 * 170], [70 + step * 10, 330 - ((step + 1) / 18) ** 2 * 170]);
  } else {
    for (const radius of [24, 62, 100])
      canvas.paint([...arc([x + 160, 248], radius, 0, 360), ...arc([x + 160, 248], radius - 3, 360, 0)], chalk, 0.8);
    for (const [radius, angle] of [
      [62, 0.6],
      [100, 2.5],
    ] as const)
      canvas.paint(circle([x + 160 + radius * Math.cos(angle), 248 + radius * Math.sin(angle)], 11), palette.accent);
  }
  for (let row = 0; row < 5; row += 1)
    for (let word = 0, left = 320; word < random.whole(2, 3); word += 1) {
      const width = random.between(34, 66);
      canvas.paint(rounded(x + left, 160 + row * 40, width, 6, 3), chalk, 0.7);
      left += width + 14;
    }
}

function window({ canvas, palette }: Studio, x: number, y: number, width: number, height: number): void {
  canvas.paint(rectangle(x - 9, y - 9, width + 18, height + 18), lighter(palette.wall, 0.6));
  canvas.paint(rectangle(x, y, width, height), {
    top: palette.skyTop,
    bottom: palette.skyLow,
    from: y,
    to: y + height,
  });
  canvas.paint(circle([x + width * 0.72, y + 52], 22), palette.sun);
  canvas.paint(
    [
      [x, y + height],
      [x, y + height * 0.72],
      [x + width * 0.4, y + height * 0.6],
      [x + width, y + height * 0.78],
      [x + width, y + height],
    ],
    palette.far,
  );
  canvas.paint(rectangle(x + width / 2 - 4, y, 8, height), lighter(palette.wall, 0.6));
  canvas.paint(rectangle(x, y + height / 2 - 4, width, 8), lighter(palette.wall, 0.6));
}

function globe({ canvas, palette }: Studio, x: number, foot: number): void {
  canvas.paint(rectangle(x - 90, foot + 6, 180, 60), mix(palette.wall, palette.dark, 0.5));
  canvas.paint(rounded(x - 36, foot - 6, 72, 14, 6), palette.dark);
  canvas.paint(rectangle(x - 5, foot - 40, 10, 40), palette.dark);
  const centre: Point = [x, foot - 88];
  canvas.paint(circle(centre, 58), {
    top: lighter(palette.water, 0.2),
    bottom: palette.water,
    from: centre[1] - 58,
    to: centre[1] + 58,
  });
  for (const [dx, dy, r, flatness] of [
    [-18, -18, 22, 1.1],
    [20, 14, 24, 0.7],
    [-12, 30, 13, 0.8],
    [26, -28, 12, 0.6],
  ] as const)
    canvas.paint(ellipse([x + dx, centre[1] + dy], r, flatness), palette.near);
}

function desk({ canvas, palette }: Studio, x: number, foot: number, size: number): void {
  const wood = mix(palette.wall, palette.accent, 0.3);
  canvas.paint(rectangle(x - 110 * size, foot - 40 * size, 220 * size, 14 * size), lighter(wood, 0.2));
  for (const leg of [-98, 86])
    canvas.paint(rectangle(x + leg * size, foot - 28 * size, 11 * size, 90 * size), palette.dark);
  canvas.paint(rectangle(x + 34 * size, foot - 52 * size, 46 * size, 12 * size), palette.second);
}
