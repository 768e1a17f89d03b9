import { application, blog, broadsheet, magazine, microdata, tables } from './looks.ts';
import type { Plan } from './plan.ts';
import { ENGLISH } from './texts/english.ts';
import { GERMAN } from './texts/german.ts';

type Newsroom = Pick<Plan, 'name' | 'host' | 'texts' | 'look' | 'urlPattern'>;

const newsroom = (name: string, host: string, look: Plan['look'], urlPattern: string, texts = ENGLISH): Newsroom => ({
  name,
  host,
  texts,
  look,
  urlPattern,
});

/** The newsrooms of the redesigns; none exists. */
export const NEWSROOMS = {
  gazette: newsroom('Northmoor Gazette', 'www.northmoor-gazette.example', blog, '/{date}/{slug}/'),
  mercury: newsroom('Sandrow Mercury', 'sandrow-mercury.example', broadsheet, '/{section}/{slug}.html'),
  pilot: newsroom('Coast Pilot', 'coastpilot.example', application, '/a/{slug}'),
  lantern: newsroom('The Lantern', 'thelantern.example', microdata, '/news/{slug}'),
  fellside: newsroom('Fellside Herald', 'www.fellside-herald.example', tables, '/story.php?id={slug}'),
  ledger: newsroom('Quay Ledger', 'quay-ledger.example', magazine, '/{section}/{date}/{slug}'),
  aerial: newsroom('Aerial', 'aerial.example', magazine, '/reports/{slug}'),
  echo: newsroom('Quayside Echo', 'www.quayside-echo.example', broadsheet, '/{section}/{slug}'),
  thornholm: newsroom('Thornholm Times', 'thornholm-times.example', blog, '/{date}/{slug}/'),
  heron: newsroom('Heron Weekly', 'heronweekly.example', magazine, '/issue/{slug}'),
  ferryman: newsroom('The Ferryman', 'ferryman.example', application, '/p/{slug}'),
  eastlea: newsroom('Eastlea Post', 'eastlea-post.example', microdata, '/{section}/{slug}.htm'),
  marlow: newsroom('Marlow Courier', 'www.marlow-courier.example', tables, '/archive/{date}/{slug}.html'),
  wharf: newsroom('Wharf Street', 'wharfstreet.example', blog, '/{slug}/'),
  tide: newsroom('Tide Tables', 'tidetables.example', broadsheet, '/{date}/{slug}'),
  beacon: newsroom('Hill Beacon', 'hillbeacon.example', application, '/story/{slug}'),
  exchange: newsroom('Corn Exchange', 'corn-exchange.example', microdata, '/markets/{slug}'),
  commons: newsroom('The Commons Review', 'thecommonsreview.example', magazine, '/articles/{slug}'),
  anzeiger: newsroom('Seelower Anzeiger', 'seelower-anzeiger.example', microdata, '/{section}/{slug}.html', GERMAN),
  sparrow: newsroom('Sparrow', 'sparrow.example', blog, '/{date}/{slug}/'),
  northern: newsroom('Northern Dispatch', 'northern-dispatch.example', broadsheet, '/{section}/{slug}'),
  stone: newsroom('Stone and Slate', 'stoneandslate.example', magazine, '/essays/{slug}'),
  kurier: newsroom('Altmarkt-Kurier', 'altmarkt-kurier.example', tables, '/artikel/{slug}', GERMAN),
  harbour: newsroom('Harbour Mail', 'harbourmail.example', application, '/n/{slug}'),
} as const;

export const BROADSHEET_DE = newsroom(
  'Steinfurter Bote',
  'www.steinfurter-bote.example',
  broadsheet,
  '/{section}/{slug}',
  GERMAN,
);
