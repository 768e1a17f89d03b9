import { birds, HEIGHT, sky, type Studio, tree, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { darker, lighter, mix, WHITE } from '../drawing/colour.ts';
import { circle, ground, line, peaks, ridge } from '../drawing/shapes.ts';

export function hills(studio: Studio): void {
  const { canvas, random, palette } = studio;
  sky(studio, 470);
  canvas.paint(peaks(random, WIDTH, 400, 170, HEIGHT), {
    top: mix(palette.far, palette.skyLow, 0.35),
    bottom: mix(palette.far, palette.skyLow, 0.8),
    from: 230,
    to: 430,
  });
  birds(studio, random.whole(0, 6), random.between(90, 200));
  const turbines = random.chance(0.4);
  const layers = 5;
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1);
    const base = 390 + depth * 215;
    const colour = mix(palette.far, palette.near, depth);
    const heightAt = ridge(random, base, 26 + 26 * depth, 0.8);
    canvas.paint(ground(heightAt, WIDTH, HEIGHT), {
      top: lighter(colour, 0.14),
      bottom: colour,
      from: base - 50,
      to: base + 130,
    });
    if (layer === 1 && turbines)
      for (let x = 120; x < WIDTH; x += random.between(150, 330))
        turbine(studio, x, heightAt(x) + 4, random.between(90, 140));
    if (layer === 2) furrows(studio, heightAt);
    if (layer < 1) continue;
    for (let count = random.whole(3, 7); count > 0; count -= 1) {
      const x = random.between(0, WIDTH);
      const height = (30 + 85 * depth) * random.between(0.7, 1.2);
      const leaves = random.chance(0.2) ? mix(colour, palette.accent, 0.45) : darker(colour, 0.2);
      tree(studio, x, heightAt(x) + 6, height, leaves, palette.dark);
    }
  }
}

function furrows({ canvas, palette }: Studio, heightAt: (x: number) => number): void {
  for (let x = -60; x < WIDTH; x += 60) {
    const from: Point = [x, heightAt(x) + 3];
    canvas.paint(line(from, [x * 1.5 - 260, HEIGHT], 5), palette.lamp, 0.16);
  }
}

function turbine({ canvas, random, palette }: Studio, x: number, foot: number, height: number): void {
  const hub: Point = [x, foot - height];
  const white = mix(WHITE, palette.skyLow, 0.25);
  canvas.paint(
    [
      [x - 3.5, foot],
      [x - 1.6, hub[1]],
      [x + 1.6, hub[1]],
      [x + 3.5, foot],
    ],
    white,
  );
  const turned = random.between(0, 120);
  for (const blade of [0, 120, 240]) {
    const angle = ((turned + blade) * Math.PI) / 180;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const reach = height * 0.55;
    canvas.paint(
      [
        hub,
        [hub[0] + c * reach * 0.2 - s * 5, hub[1] + s * reach * 0.2 + c * 5],
        [hub[0] + c * reach, hub[1] + s * reach],
      ],
      white,
    );
  }
  canvas.paint(circle(hub, 4), white);
}
