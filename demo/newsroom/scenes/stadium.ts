import { birds, HEIGHT, type Studio, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { BLACK, type Colour, darker, lighter, mix, WHITE } from '../drawing/colour.ts';
import { arc, circle, ellipse, line, rectangle, rounded } from '../drawing/shapes.ts';

export function stadium(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const night = random.chance(0.6);
  const high = night ? mix([8, 14, 40], palette.dark, 0.5) : palette.skyTop;
  const low = night ? mix([40, 60, 120], palette.second, 0.35) : palette.skyLow;
  canvas.paint(rectangle(0, 0, WIDTH, HEIGHT), { top: high, bottom: low, from: 0, to: 320 });
  const vanish: Point = [random.between(520, 680), 120];
  for (const x of [110, 1090]) floodlight(studio, x, night);
  const stand = mix(palette.dark, palette.second, 0.25);
  canvas.paint(
    [
      [-20, 190],
      [300, 214],
      [900, 214],
      [WIDTH + 20, 190],
      [WIDTH + 20, 420],
      [-20, 420],
    ],
    stand,
  );
  canvas.paint(
    [
      [-20, 176],
      [300, 204],
      [900, 204],
      [WIDTH + 20, 176],
      [WIDTH + 20, 204],
      [900, 222],
      [300, 222],
      [-20, 204],
    ],
    lighter(palette.wall, 0.25),
  );
  const shirts: Colour[] = [palette.accent, palette.second, palette.lamp, lighter(palette.wall, 0.4), palette.far];
  for (let row = 0; row < 12; row += 1) {
    const y = 234 + row * 14;
    for (let x = -8 + (row % 2) * 7; x < WIDTH + 10; x += 14)
      if (random.chance(0.88))
        canvas.paint(circle([x + random.whole(-1, 1), y], 4.5), darker(random.pick(shirts), random.whole(0, 2) * 0.14));
  }
  canvas.paint(rectangle(0, 396, WIDTH, 30), palette.dark);
  for (let board = 0; board < 8; board += 1)
    canvas.paint(
      rectangle(board * 152 + 4, 400, 144, 22),
      [palette.accent, lighter(palette.wall, 0.5), palette.second][board % 3]!,
    );
  pitch(studio, vanish);
  for (let count = 9; count > 0; count -= 1)
    player(
      studio,
      random.between(120, 1080),
      random.between(470, 650),
      count % 2 === 0 ? palette.accent : lighter(palette.wall, 0.6),
    );
  const ball: Point = [random.between(380, 820), random.between(520, 630)];
  canvas.paint(ellipse([ball[0] + 3, ball[1] + 9], 10, 0.35), BLACK, 0.3);
  canvas.paint(circle(ball, 9), WHITE);
  canvas.paint(circle(ball, 3.2), palette.dark);
  if (!night) birds(studio, 4, 90);
}

function floodlight({ canvas, palette }: Studio, x: number, night: boolean): void {
  canvas.paint(line([x - 10, 260], [x - 4, 70], 6), palette.dark);
  canvas.paint(line([x + 10, 260], [x + 4, 70], 6), palette.dark);
  for (let y = 90; y < 240; y += 34) canvas.paint(line([x - 9, y], [x + 9, y + 30], 3), palette.dark);
  canvas.paint(rounded(x - 62, 34, 124, 52, 6), palette.dark);
  for (let row = 0; row < 2; row += 1)
    for (let lamp = 0; lamp < 5; lamp += 1)
      canvas.paint(circle([x - 46 + lamp * 23, 49 + row * 22], 8.5), lighter(palette.lamp, 0.5));
  if (!night) return;
  canvas.glow([x, 60], 250, palette.lamp, 0.55);
  const inward = x < WIDTH / 2 ? 1 : -1;
  canvas.paint(
    [
      [x, 50],
      [x + inward * 250, HEIGHT],
      [x + inward * 820, HEIGHT],
    ],
    { top: WHITE, bottom: WHITE, from: 50, to: 600, topAlpha: 0.2, bottomAlpha: 0 },
  );
}

function pitch({ canvas, palette }: Studio, [vanishX]: Point): void {
  const grass = mix(palette.near, [70, 160, 70], 0.6);
  canvas.paint(rectangle(0, 424, WIDTH, 260), {
    top: lighter(grass, 0.1),
    bottom: darker(grass, 0.2),
    from: 424,
    to: HEIGHT,
  });
  const lean = (x: number, y: number) => vanishX + (x - vanishX) * (0.55 + ((y - 424) / 251) * 0.75);
  for (let stripe = -8; stripe < 9; stripe += 2) {
    const [left, right] = [vanishX + stripe * 130, vanishX + (stripe + 1) * 130];
    canvas.paint(
      [
        [lean(left, 424), 424],
        [lean(right, 424), 424],
        [lean(right, HEIGHT), HEIGHT],
        [lean(left, HEIGHT), HEIGHT],
      ],
      lighter(grass, 0.25),
      0.35,
    );
  }
  canvas.paint(line([lean(vanishX, 424), 424], [lean(vanishX, HEIGHT), HEIGHT], 5), WHITE, 0.85);
  canvas.paint(rectangle(0, 440, WIDTH, 3), WHITE, 0.85);
  canvas.paint([...arc([vanishX, 560], 190, 0, 360, 0.38), ...arc([vanishX, 560], 185, 360, 0, 0.375)], WHITE, 0.85);
  for (const side of [-1, 1]) {
    const x = vanishX + side * 500;
    for (const [from, to] of [
      [
        [x, 440],
        [x - side * 120, 520],
      ],
      [
        [x - side * 120, 520],
        [x + side * 420, 520],
      ],
    ] as const)
      canvas.paint(line(from, to, 4), WHITE, 0.8);
  }
}

function player({ canvas, random, palette }: Studio, x: number, foot: number, shirt: Colour): void {
  const h = 34 + (foot - 440) * 0.2;
  const stride = random.between(-0.16, 0.2) * h;
  canvas.paint(ellipse([x + 4, foot + 2], h * 0.32, 0.3), BLACK, 0.25);
  for (const side of [-1, 1])
    canvas.paint(
      line([x + side * h * 0.06, foot - h * 0.42], [x + side * (h * 0.1 + stride), foot], h * 0.1),
      mix(palette.wall, palette.accent, 0.3),
    );
  canvas.paint(rectangle(x - h * 0.14, foot - h * 0.5, h * 0.28, h * 0.16), palette.dark);
  canvas.paint(rounded(x - h * 0.16, foot - h * 0.84, h * 0.32, h * 0.38, h * 0.07), shirt);
  canvas.paint(line([x - h * 0.14, foot - h * 0.78], [x - h * 0.3, foot - h * 0.54], h * 0.08), shirt);
  canvas.paint(line([x + h * 0.14, foot - h * 0.78], [x + h * 0.32, foot - h * 0.66], h * 0.08), shirt);
  canvas.paint(circle([x, foot - h * 0.94], h * 0.1), mix(palette.wall, palette.accent, 0.35));
}
