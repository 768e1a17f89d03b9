import { expect, test } from '@jest/globals';
import { wallOf } from '../../src/extract/page-walls.ts';
import { readPage } from '../../src/extract/read-page.ts';

function wallIn(text: string, title = 'The bridge opens'): string | null {
  const body = Buffer.from(`<html><head><title>${title}</title></head><body></body></html>`);
  const reading = readPage({
    body,
    contentType: 'text/html',
    url: 'https://harbour.example/1',
    now: '2026-11-24T12:00:00Z',
  });
  return wallOf({ text, metadata: reading.metadata });
}

test.each([
  ['the page is a check for robots', 'Checking your browser before you go to harbour.example.'],
  ['the page is a check for robots', 'Bitte bestätigen Sie, dass Sie kein Roboter sind.'],
  ['the page is a check for robots', 'Confirmez que vous n’êtes pas un robot.'],
  ['the page is a check for robots', 'Подтвердите, что вы не робот.'],
  ['the page is a check for robots', '请完成安全验证'],
  ['the page needs scripts to show its text', 'You need to enable JavaScript to run this app.'],
  ['the page needs scripts to show its text', 'Bitte aktivieren Sie JavaScript.'],
  ['the page needs scripts to show its text', 'Veuillez activer JavaScript pour lire cette page.'],
  ['the page needs scripts to show its text', 'JavaScriptを有効にしてください'],
  ['the page asks for a login', 'Log in to go on. Forgotten your password?'],
  ['the page asks for a login', 'Inicia sesión para seguir leyendo.'],
  ['the page asks for a login', 'Connectez-vous pour lire la suite.'],
  ['the page asks for a login', 'Faça login para continuar lendo.'],
  ['the page asks for a login', 'Войдите, чтобы читать дальше.'],
  ['the page asks for a login', 'この続きを読むにはログインが必要です'],
  ['the page is for subscribers', 'The ferry was late. Subscribe now to keep reading.'],
  ['the page is for subscribers', 'Die Fähre kam spät. Weiterlesen mit Hafen Plus.'],
  [
    'the page is for subscribers',
    'Il vous reste 82 % de cet article à découvrir. Cet article est réservé aux abonnés.',
  ],
  ['the page is for subscribers', 'Contenido exclusivo para suscriptores.'],
  ['the page is for subscribers', 'Questo articolo è riservato agli abbonati.'],
  ['the page is for subscribers', 'Dostęp tylko dla prenumeratorów.'],
  ['the page is for subscribers', 'この記事は有料会員限定です'],
  ['the page asks for consent to cookies', 'We and our 214 partners store and read information on your device.'],
  ['the page asks for consent to cookies', 'Wir und unsere 90 Partner verwenden Cookies.'],
  ['the page asks for consent to cookies', 'Nous et nos partenaires utilisons des cookies. Continuer sans accepter'],
  ['the page asks for consent to cookies', 'Szanujemy Twoją prywatność. Zaakceptuj wszystkie'],
  ['the page asks for consent to cookies', 'Мы используем файлы cookie, чтобы сайт работал лучше.'],
  ['the page says that there is none at its address', 'The page that you asked for cannot be found. Try the search.'],
  ['the page says that there is none at its address', 'Seite nicht gefunden. Zur Startseite'],
  ['the page says that there is none at its address', 'Oups, cette page n’existe plus.'],
  ['the page says that there is none at its address', 'Страница не найдена'],
  ['the page says that there is none at its address', 'ページが見つかりません'],
])('%s: %s', (wall, text) => {
  expect(wallIn(text)).toBe(wall);
});

test.each([
  [
    'about cookies',
    'Regulators fined the shop chain on Monday for placing cookies before its visitors had agreed. The chain said that it had changed its banner, and that no cookie is set now until a visitor presses a button. Privacy groups welcomed the decision, the largest of its kind this year, and asked for more checks of small shops.',
  ],
  [
    'about paywalls',
    'Two of three newspapers in the country now ask readers to pay. A study by the university found that subscriptions grew by a tenth while visits fell by a third. Editors told us that a paywall is no cure, and that readers who cannot pay must not be left without news of their town.',
  ],
  [
    'about JavaScript',
    'The committee that keeps the JavaScript standard met in Bergen and agreed on a new way to write dates. Browsers will have it by spring. Programmers who waited ten years for it said that they could wait another winter, and that their own libraries would stay for a while.',
  ],
  [
    'about a password',
    'The council’s clerk had written the password on a note beside the screen, the report says. Since then 400 people have been told to choose another, and the council has bought keys for all of its rooms.',
  ],
  [
    'in German about privacy',
    'Das Gericht hat am Montag entschieden, dass der Händler seinen Kunden Auskunft geben muss. Der Datenschutz gelte auch für kleine Läden, sagte die Richterin. Der Händler will nun prüfen, ob er den Fall noch einmal vorlegt.',
  ],
  [
    'about a robot',
    'A robot that sorts apples has been at work in the orchard since Tuesday. It is slower than its human colleagues, the farmer said, but it does not mind the rain, and it never asks for tea.',
  ],
  [
    'about traffic',
    'Police saw unusual traffic on the bridge at dawn. Lorries stood for an hour, and the ferry left without them. The road is free again, and the harbour asks drivers to look before they leave.',
  ],
  [
    'in German that names subscribers',
    'Das Theater öffnet am Freitag wieder. Karten gibt es an der Kasse, für Abonnenten liegen sie bereit. Ihre Privatsphäre wollen die Schauspieler schützen und geben deshalb vorerst keine Gespräche.',
  ],
  [
    'about something that was not found',
    'The missing page of the ledger was not in the archive, the historian said, though she had searched for it for three years. A page like that tells who paid for the bridge. She has now written to the families of the old council.',
  ],
])('an article %s is no wall', (_, text) => {
  expect(wallIn(text)).toBeNull();
});

test('a text that is longer is read past any wall', () => {
  expect(wallIn(`${'The ferry was late again, and nobody knew why. '.repeat(40)} Please log in.`)).toBeNull();
});
