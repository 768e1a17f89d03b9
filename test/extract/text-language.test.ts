import { expect, test } from '@jest/globals';
import { textLanguage } from '../../src/extract/watch/text-language.ts';
import { foldedWords } from '../../src/support/words.ts';

const languageOf = (text: string): string | null => textLanguage(text, foldedWords(text));

test.each([
  [
    'en',
    'The harbour was closed for three days, and the ferries that had been ordered in the spring lay at the quay with their lamps lit. Nobody could tell when they would sail, for the storm had taken the buoys from the channel.',
  ],
  [
    'de',
    'Der Hafen war drei Tage lang geschlossen, und die Fähren, die im Frühling bestellt worden waren, lagen mit brennenden Lampen am Kai. Niemand konnte sagen, wann sie fahren würden, denn der Sturm hatte die Bojen aus der Rinne gerissen. Es war das dritte Mal in diesem Jahr.',
  ],
  [
    'fr',
    'Le port est resté fermé pendant trois jours, et les bacs que la ville avait commandés au printemps étaient à quai avec leurs lampes allumées. Personne ne pouvait dire quand ils partiraient, car la tempête avait emporté les bouées du chenal.',
  ],
  [
    'es',
    'El puerto estuvo cerrado durante tres días, y los transbordadores que la ciudad había pedido en primavera estaban en el muelle con las luces encendidas. Nadie podía decir cuándo saldrían, porque la tormenta se había llevado las boyas. Era la tercera vez en este año que pasaba.',
  ],
  [
    'ja',
    '港は三日間閉鎖され、春に注文されたフェリーは灯りをつけたまま岸壁に並んでいた。嵐が航路の浮標を流してしまったため、いつ出航できるのか誰にも分からなかった。町の人々は静かに海を見ていた。港長は、明日の朝に決めると話した。',
  ],
  [
    'cyrillic',
    'Порт был закрыт три дня, и паромы, которые город заказал весной, стояли у причала с зажжёнными огнями. Никто не мог сказать, когда они выйдут в море, потому что шторм унёс буи из фарватера.',
  ],
])('a text is known as %s by its words', (language, text) => {
  expect(languageOf(text)).toBe(language);
});

test('letters that were turned about are in no language', () => {
  const turned =
    'Rtd sehki wbnu gzlo treitd vpkah mnel, gdk sri obzfne crlu, nmkd htz gbdrs eifnt wokz dhu vpe. '.repeat(4);
  expect(languageOf(turned)).toBe('und');
});

test('a few words are in no language that one could tell', () => {
  expect(languageOf('The ferry sails at noon.')).toBeNull();
});
