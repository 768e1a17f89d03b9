import { HEIGHT, type Studio, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { darker, lighter, mix, WHITE } from '../drawing/colour.ts';
import { arc, circle, conifer, ground, line, peaks, rectangle, ridge } from '../drawing/shapes.ts';

export function nightSky(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const high = mix([6, 10, 30], palette.dark, 0.4);
  const low = mix([58, 60, 110], palette.accent, 0.22);
  canvas.paint(rectangle(0, 0, WIDTH, HEIGHT), { top: high, bottom: low, from: 0, to: 560 });
  const tilt = random.between(-0.45, 0.45);
  const across = random.between(150, 300);
  for (const half of [150, 104, 62]) {
    const edge = ridge(random, across, 26);
    const along = (side: number) =>
      Array.from({ length: 32 }, (_, step): Point => [
        step * 40 - 20,
        edge(step * 40) + (step * 40 - 600) * tilt + side * half,
      ]);
    canvas.paint([...along(-1), ...along(1).toReversed()], mix(low, WHITE, 0.4), 0.09);
  }
  for (let count = 300; count > 0; count -= 1) {
    const at: Point = [random.between(0, WIDTH), random.between(0, 540)];
    const nearBand = Math.abs(at[1] - (across + (at[0] - 600) * tilt)) < 90;
    canvas.paint(circle(at, random.between(0.5, nearBand ? 1.5 : 1.2)), WHITE, random.between(0.35, 0.95));
  }
  for (let count = 12; count > 0; count -= 1) {
    const at: Point = [random.between(0, WIDTH), random.between(0, 420)];
    canvas.glow(at, 13, palette.lamp, 0.5);
    canvas.paint(circle(at, 2), WHITE);
  }
  const moon: Point = [random.between(140, 1060), random.between(90, 210)];
  const size = random.between(34, 70);
  canvas.glow(moon, size * 2.6, palette.sun, 0.25);
  canvas.paint(circle(moon, size), {
    top: palette.sun,
    bottom: mix(palette.sun, palette.accent, 0.35),
    from: moon[1] - size,
    to: moon[1] + size,
  });
  if (random.chance(0.5)) {
    canvas.paint(
      line([moon[0] - size * 1.9, moon[1] + size * 0.5], [moon[0] + size * 1.9, moon[1] - size * 0.5], size * 0.16),
      palette.wall,
      0.7,
    );
    canvas.paint(arc(moon, size, 165, 345), mix(palette.sun, palette.accent, 0.1));
  } else
    for (const [dx, dy, r] of [
      [-0.35, -0.2, 0.2],
      [0.3, 0.3, 0.14],
      [0.15, -0.45, 0.1],
    ] as const)
      canvas.paint(circle([moon[0] + dx * size, moon[1] + dy * size], size * r), palette.accent, 0.16);
  canvas.paint(peaks(random, WIDTH, 560, 210, HEIGHT), {
    top: mix(high, low, 0.55),
    bottom: mix(high, low, 0.2),
    from: 350,
    to: 600,
  });
  const heightAt = ridge(random, 575, 26);
  canvas.paint(ground(heightAt, WIDTH, HEIGHT), mix(high, [0, 0, 0], 0.35));
  for (let x = 0; x < WIDTH; x += random.between(16, 70))
    canvas.paint(conifer(x, heightAt(x) + 10, random.between(34, 80)), mix(high, [0, 0, 0], 0.45));
  observatory(studio, random.between(220, 960), heightAt);
}

function observatory({ canvas, random, palette }: Studio, x: number, heightAt: (x: number) => number): void {
  const foot = heightAt(x) + 24;
  const wall = mix(palette.wall, [30, 34, 66], 0.4);
  canvas.paint(rectangle(x - 62, foot - 92, 124, 100), {
    top: wall,
    bottom: darker(wall, 0.35),
    from: foot - 92,
    to: foot,
  });
  const slit = random.chance(0.5) ? 1 : -1;
  canvas.paint(
    [
      [x, foot - 120],
      [x + slit * 330, 20],
      [x + slit * 380, 60],
    ],
    { top: palette.lamp, bottom: palette.lamp, from: 20, to: foot - 120, topAlpha: 0, bottomAlpha: 0.3 },
  );
  canvas.paint(arc([x, foot - 92], 68, 180, 360), {
    top: lighter(wall, 0.25),
    bottom: darker(wall, 0.15),
    from: foot - 160,
    to: foot - 92,
  });
  canvas.paint(line([x + slit * 8, foot - 96], [x + slit * 52, foot - 138], 20), [16, 20, 46]);
  canvas.paint(line([x + slit * 20, foot - 108], [x + slit * 66, foot - 152], 9), lighter(wall, 0.5));
  canvas.paint(rectangle(x - 10, foot - 44, 22, 44), palette.lamp);
  canvas.glow([x, foot - 24], 90, palette.lamp, 0.35);
}
