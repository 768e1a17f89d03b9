import { birds, HEIGHT, sky, type Studio, WIDTH } from '../drawing/backdrop.ts';
import { darker, mix } from '../drawing/colour.ts';
import { conifer, ground, peaks, rectangle, ridge } from '../drawing/shapes.ts';

export function forest(studio: Studio): void {
  const { canvas, random, palette } = studio;
  sky(studio, 430);
  canvas.paint(peaks(random, WIDTH, 420, 230, HEIGHT), {
    top: mix(palette.far, palette.skyTop, 0.4),
    bottom: palette.skyLow,
    from: 190,
    to: 430,
  });
  const layers = 4;
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1);
    const colour = mix(mix(palette.far, palette.skyLow, 0.25), darker(palette.near, 0.2), depth);
    const base = 400 + depth * 220;
    const heightAt = ridge(random, base, 18, 0.8);
    const size = 80 + 190 * depth ** 1.3;
    for (let x = -40; x < WIDTH + 40; x += size * random.between(0.26, 0.6)) {
      // Few sizes, shades and positions: trees that repeat each other pack well.
      const tree = conifer(Math.round(x), Math.round(heightAt(x)) + 14, size * random.pick([0.65, 0.8, 0.95, 1.1]));
      canvas.paint(tree, darker(colour, random.whole(0, 2) * 0.07));
    }
    canvas.paint(ground(heightAt, WIDTH, HEIGHT), colour);
    // Mist lies in the hollows between one row of trees and the next.
    if (layer < layers - 1) {
      canvas.paint(rectangle(0, base - 20, WIDTH, 130), {
        top: palette.skyLow,
        bottom: palette.skyLow,
        from: base - 20,
        to: base + 90,
        topAlpha: 0,
        bottomAlpha: 0.42,
      });
    }
  }
  birds(studio, random.whole(0, 7), random.between(80, 180));
  if (random.chance(0.5)) cabin(studio, random.between(200, 900), 628);
}

function cabin({ canvas, palette }: Studio, x: number, foot: number): void {
  canvas.paint(rectangle(x, foot - 62, 120, 62), darker(palette.accent, 0.3));
  canvas.paint(
    [
      [x - 16, foot - 58],
      [x + 60, foot - 112],
      [x + 136, foot - 58],
    ],
    palette.dark,
  );
  canvas.glow([x + 60, foot - 30], 110, palette.lamp, 0.5);
  canvas.paint(rectangle(x + 20, foot - 46, 26, 24), palette.lamp);
  canvas.paint(rectangle(x + 72, foot - 46, 26, 46), palette.lamp);
}
