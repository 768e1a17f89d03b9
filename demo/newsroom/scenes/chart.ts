import { HEIGHT, type Studio, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { darker, lighter, mix, rgb, WHITE } from '../drawing/colour.ts';
import { arc, circle, ellipse, line, rectangle, rounded } from '../drawing/shapes.ts';

export function chart(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const paper = lighter(palette.wall, 0.55);
  canvas.paint(rectangle(0, 0, WIDTH, HEIGHT), {
    top: mix(palette.second, palette.dark, 0.35),
    bottom: palette.dark,
    from: 0,
    to: HEIGHT,
  });
  for (let count = 4; count > 0; count -= 1)
    canvas.glow([random.between(0, WIDTH), random.between(0, HEIGHT)], random.between(200, 380), palette.second, 0.3);
  canvas.paint(rounded(112, 82, 1000, 540, 22), [0, 0, 0], 0.22);
  canvas.paint(rounded(100, 66, 1000, 540, 22), { top: WHITE, bottom: paper, from: 66, to: 606 });
  canvas.paint(rounded(140, 100, random.between(260, 420), 20, 8), palette.dark, 0.8);
  canvas.paint(rounded(140, 132, random.between(160, 240), 12, 6), palette.dark, 0.3);
  const [left, right, foot, top] = [190, 1050, 540, 190];
  for (let row = 0; row <= 5; row += 1) {
    const y = foot - (row * (foot - top)) / 5;
    canvas.paint(rectangle(left, y - 1, right - left, 2), palette.dark, row === 0 ? 0.6 : 0.14);
    canvas.paint(rounded(144, y - 6, 30, 11, 5), palette.dark, 0.3);
  }
  const count = random.whole(7, 11);
  const step = (right - left) / count;
  const trend = random.between(-0.4, 0.6);
  const value = (index: number) =>
    Math.min(0.95, Math.max(0.1, 0.5 + trend * (index / count - 0.5) + random.between(-0.16, 0.16)));
  const points: Point[] = [];
  for (let index = 0; index < count; index += 1) {
    const x = left + index * step + step * 0.2;
    const height = (foot - top) * value(index);
    const split = height * random.between(0.35, 0.65);
    canvas.paint(rounded(x, foot - height, step * 0.6, height, 6), {
      top: lighter(palette.second, 0.2),
      bottom: palette.second,
      from: foot - height,
      to: foot,
    });
    canvas.paint(rectangle(x, foot - split, step * 0.6, split), mix(palette.second, palette.dark, 0.4));
    canvas.paint(rounded(x + step * 0.1, foot + 16, step * 0.4, 11, 5), palette.dark, 0.3);
    points.push([x + step * 0.3, foot - (foot - top) * Math.min(0.98, value(index) * 0.85 + 0.2)]);
  }
  canvas.paint([[points[0]![0], foot], ...points, [points.at(-1)![0], foot]], {
    top: palette.accent,
    bottom: palette.accent,
    from: top,
    to: foot,
    topAlpha: 0.35,
    bottomAlpha: 0,
  });
  for (let index = 1; index < count; index += 1)
    canvas.paint(line(points[index - 1]!, points[index]!, 6), palette.accent);
  for (const point of points) {
    canvas.paint(circle(point, 10), palette.accent);
    canvas.paint(circle(point, 5), WHITE);
  }
  for (const x of [random.between(880, 930), random.between(1010, 1060)]) coins(studio, x, 640, random.whole(3, 8));
}

function coins({ canvas, palette }: Studio, x: number, foot: number, count: number): void {
  const gold = mix(palette.lamp, rgb('#d99a2b'), 0.5);
  for (let coin = 0; coin < count; coin += 1) {
    const y = foot - coin * 15;
    canvas.paint([...arc([x, y], 50, 0, 180, 0.3), ...arc([x, y - 13], 50, 180, 0, 0.3)], darker(gold, 0.2));
    canvas.paint(ellipse([x, y - 13], 50, 0.3), lighter(gold, 0.25));
    canvas.paint(ellipse([x, y - 13], 38, 0.28), gold);
  }
}
