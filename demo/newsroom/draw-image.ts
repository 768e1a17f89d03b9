import { Canvas } from './drawing/canvas.ts';
import { choosePalette, mix } from './drawing/colour.ts';
import { HEIGHT, WIDTH, type Studio } from './drawing/backdrop.ts';
import { encodePng } from './drawing/png.ts';
import { Random } from './drawing/random.ts';
import { circle, ground as groundBelow, rectangle } from './drawing/shapes.ts';
import { chart } from './scenes/chart.ts';
import { city } from './scenes/city.ts';
import { classroom } from './scenes/classroom.ts';
import { factory } from './scenes/factory.ts';
import { forest } from './scenes/forest.ts';
import { harbour } from './scenes/harbour.ts';
import { hills } from './scenes/hills.ts';
import { laboratory } from './scenes/laboratory.ts';
import { market } from './scenes/market.ts';
import { nightSky } from './scenes/night-sky.ts';
import { parliament } from './scenes/parliament.ts';
import { river } from './scenes/river.ts';
import { stadium } from './scenes/stadium.ts';
import { stage } from './scenes/stage.ts';
import { train } from './scenes/train.ts';
import type { NewsroomImage } from './articles.ts';

const SCENES: Readonly<Record<NewsroomImage['scene'], (studio: Studio) => void>> = {
  harbour,
  city,
  hills,
  forest,
  parliament,
  laboratory,
  chart,
  stadium,
  stage,
  market,
  'night-sky': nightSky,
  train,
  factory,
  river,
  classroom,
};

export const IMAGE_WIDTH = WIDTH;
export const IMAGE_HEIGHT = HEIGHT;

/** The scene as a PNG. The file name decides palette and positions, so the same image always gives the same bytes. */
export function drawImage({ file, scene }: Pick<NewsroomImage, 'file' | 'scene'>): Buffer {
  const random = new Random(file);
  const canvas = new Canvas(WIDTH, HEIGHT);
  const palette = choosePalette(
    (choices) => random.pick(choices),
    () => random.between(-1, 1),
  );
  SCENES[scene]({ canvas, random, palette });
  return encodePng(canvas.pixels, WIDTH, HEIGHT);
}

const LOGO_SIZE = 144;

/** A publisher's mark: three waves on its colour. */
export function drawLogo(publisherId: string): Buffer {
  const random = new Random(publisherId);
  const canvas = new Canvas(LOGO_SIZE, LOGO_SIZE);
  const { accent, second, dark, wall } = choosePalette(
    (choices) => random.pick(choices),
    () => random.between(-1, 1),
  );
  const ground = random.pick([accent, second, dark]);
  canvas.paint(rectangle(0, 0, LOGO_SIZE, LOGO_SIZE), ground);
  canvas.paint(circle([random.between(50, 94), 48], 24), wall);
  for (let wave = 0; wave < 3; wave += 1) {
    const phase = random.between(0, 6);
    const heightAt = (x: number) => 70 + wave * 24 + 8 * Math.sin(x / 18 + phase);
    canvas.paint(groundBelow(heightAt, LOGO_SIZE, LOGO_SIZE, 4), mix(ground, wall, 0.75 - wave * 0.25));
  }
  return encodePng(canvas.pixels, LOGO_SIZE, LOGO_SIZE);
}
