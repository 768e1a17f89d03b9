import { expect, test } from '@jest/globals';
import { partCaption } from '../../src/extract/picture/caption.ts';
import { readPage } from '../../src/extract/read-page.ts';

// Wordings and markup of captions and credits, in the languages and kinds of page that have them. All invented.

test.each<[text: string, caption: string | null, credit: string | null]>([
  ['Laituri keskipäivällä. Kuva: Ana Ruiz / Yle', 'Laituri keskipäivällä.', 'Ana Ruiz / Yle'],
  ['정오의 부두. /사진=연합뉴스', '정오의 부두.', '연합뉴스'],
  ['दोपहर में घाट। फोटो: अना रुइज़', 'दोपहर में घाट।', 'अना रुइज़'],
  ['הרציף בצהריים (צילום: דנה כהן)', 'הרציף בצהריים', 'דנה כהן'],
  ['اسکله در ظهر. عکس: آنا روئیز', 'اسکله در ظهر.', 'آنا روئیز'],
  ['Η προβλήτα το μεσημέρι. Φωτογραφία: Άννα Ρουίζ', 'Η προβλήτα το μεσημέρι.', 'Άννα Ρουίζ'],
  ['Nábřeží v poledne | foto: Ana Ruiz, ČTK', 'Nábřeží v poledne', 'Ana Ruiz, ČTK'],
  ['A rakpart délben. Fotó: Ruiz Anna / Kikötői Hírek', 'A rakpart délben.', 'Ruiz Anna / Kikötői Hírek'],
  ['Cheiul la prânz. Sursa foto: Ana Ruiz', 'Cheiul la prânz.', 'Ana Ruiz'],
  ['Набережна опівдні. Світлина: Анна Руїс', 'Набережна опівдні.', 'Анна Руїс'],
  ['Bến cảng buổi trưa. Ảnh: Minh Anh', 'Bến cảng buổi trưa.', 'Minh Anh'],
  ['Dermaga siang hari. (Foto: Antara/Ana Ruiz)', 'Dermaga siang hari.', 'Antara/Ana Ruiz'],
  ['ท่าเรือตอนเที่ยง ภาพ: อนา รุยซ์', 'ท่าเรือตอนเที่ยง', 'อนา รุยซ์'],
  ['正午の岸壁＝田中花子撮影', '正午の岸壁', '田中花子'],
  ['正午の岸壁（港町市提供）', '正午の岸壁', '港町市'],
  ['Mayor Tom Hale on the quay', 'Mayor Tom Hale on the quay', null],
  ['From left: Ana Ruiz, Tom Hale and Lee Park', 'From left: Ana Ruiz, Tom Hale and Lee Park', null],
  [
    'A photo of the quay from 1921, by an unknown visitor',
    'A photo of the quay from 1921, by an unknown visitor',
    null,
  ],
  ['Photographer Ana Ruiz at work', 'Photographer Ana Ruiz at work', null],
  ['“We will stay,” says Ana Ruiz', '“We will stay,” says Ana Ruiz', null],
  ['The quay at noon – Harbour Town', 'The quay at noon – Harbour Town', null],
  ['The mayor (centre) with the captain (right)', 'The mayor (centre) with the captain (right)', null],
  ['Foto de familia en el muelle', 'Foto de familia en el muelle', null],
  ['Ein Bild aus besseren Tagen: Der Hafen 1921', 'Ein Bild aus besseren Tagen: Der Hafen 1921', null],
  ['The source of the river Ana', 'The source of the river Ana', null],
  ['The quay at noon. Courtesy of the Ruiz Family Archive', 'The quay at noon.', 'the Ruiz Family Archive'],
  ['The quay at noon. [Photo: Ana Ruiz]', 'The quay at noon.', 'Ana Ruiz'],
  ['The quay at noon. PHOTO: ANA RUIZ', 'The quay at noon.', 'ANA RUIZ'],
  ['Il molo a mezzogiorno (ANSA/Ana Ruiz)', 'Il molo a mezzogiorno', 'ANSA/Ana Ruiz'],
  ['O cais ao meio-dia — Foto: Ana Ruiz/Divulgação', 'O cais ao meio-dia', 'Ana Ruiz/Divulgação'],
  ['El muelle al mediodía. Fotografía de Ana Ruiz', 'El muelle al mediodía.', 'Ana Ruiz'],
  ['Le quai à midi. Photographie par Ana Ruiz', 'Le quai à midi.', 'Ana Ruiz'],
  ['Der Kai am Mittag (Foto von Ana Ruiz)', 'Der Kai am Mittag', 'Ana Ruiz'],
  ['The quay at noon. Boats wait for St. Mary. Ana Ruiz', 'The quay at noon. Boats wait for St. Mary.', 'Ana Ruiz'],
  ['The quay at noon. Ana Ruiz via Getty Images', 'The quay at noon.', 'Ana Ruiz via Getty Images'],
  [
    'The quay at noon, May 2, 2026. REUTERS/Ana Ruiz/File Photo',
    'The quay at noon, May 2, 2026.',
    'REUTERS/Ana Ruiz/File Photo',
  ],
  ['The quay at noon. Photo: @anaruiz', 'The quay at noon.', '@anaruiz'],
  ['Öğle vakti iskele. (Fotoğraf: Ana Ruiz/AA)', 'Öğle vakti iskele.', 'Ana Ruiz/AA'],
  ['Kajen ved middagstid. (Ritzau Scanpix)', 'Kajen ved middagstid.', 'Ritzau Scanpix'],
  ['Кеят по обяд. Снимка: Ана Руиз', 'Кеят по обяд.', 'Ана Руиз'],
  ['Причал в полдень © РИА Новости / Анна Руис', 'Причал в полдень', 'РИА Новости / Анна Руис'],
  ['الرصيف عند الظهر (رويترز)', 'الرصيف عند الظهر', 'رويترز'],
  ['The quay at noon. | Photo Credit: Ana Ruiz', 'The quay at noon.', 'Ana Ruiz'],
  ['The quay at noon - Photo: Ana Ruiz', 'The quay at noon', 'Ana Ruiz'],
  ['The quay at noon (c) Ana Ruiz', 'The quay at noon', 'Ana Ruiz'],
])('“%s” is parted into caption and credit', (text, caption, credit) => {
  expect(partCaption(text, null)).toEqual({ caption, credit });
});

const PARAGRAPHS = [
  'The council agreed on Monday to reopen the old harbour road, which has been closed to traffic since the storm of last winter, after a vote that split both parties.',
  'Engineers will begin the work in spring, and residents hope that it will be finished before the summer season brings its visitors to the quay and the market halls.',
  'Shopkeepers have asked for a bus to the station in the meantime, and the operator said that it would look at the figures before the end of the month.',
];

test.each<[kind: string, markup: string, caption: string | null, credit: string | null]>([
  [
    'amp fig',
    '<figure><amp-img src="/p/quay.jpg" width="800" height="500"></amp-img><figcaption>The quay at noon.<span class="credit">Photo by Ana Ruiz</span></figcaption></figure>',
    'The quay at noon.',
    'Ana Ruiz',
  ],
  [
    'hidden labels before caption and source',
    '<figure><div><img src="/p/quay.jpg" alt="x"></div><p><span class="visually-hidden">Image source, </span><span>Getty Images</span></p><figcaption><span class="visually-hidden">Image caption, </span><div>The quay at noon</div></figcaption></figure>',
    'The quay at noon',
    'Getty Images',
  ],
  [
    'a credit in two elements with dots after its label',
    '<figure><img src="/p/quay.jpg"><figcaption><span class="css-x1">The quay at noon.</span><span class="css-x2"><span class="css-h">Credit...</span><span>Ana Ruiz for The Harbour Times</span></span></figcaption></figure>',
    'The quay at noon.',
    'Ana Ruiz for The Harbour Times',
  ],
  [
    'a credit after the caption’s element',
    '<figure><img src="/p/quay.jpg"><figcaption><span>The quay at noon.</span> Photograph: Ana Ruiz/The Harbour</figcaption></figure>',
    'The quay at noon.',
    'Ana Ruiz/The Harbour',
  ],
  [
    'a caption box with its toggle and the credit twice',
    '<div class="bucketwrap image"><img src="/p/quay.jpg"><div class="credit-caption"><div class="caption-wrap"><div class="caption"><p>The quay at noon. <b class="credit">Ana Ruiz/Harbour Radio</b><b class="hide-caption"><b>hide caption</b></b></p></div><b class="toggle-caption">toggle caption</b></div><span class="credit">Ana Ruiz/Harbour Radio</span></div></div>',
    'The quay at noon.',
    'Ana Ruiz/Harbour Radio',
  ],
  [
    'a paragraph and a span',
    '<figure><picture><img src="/p/quay.jpg"></picture><figcaption><p>Hafen am Mittag</p><span>Foto: Ana Ruiz / dpa</span></figcaption></figure>',
    'Hafen am Mittag',
    'Ana Ruiz / dpa',
  ],
  [
    'small print in a figure',
    '<figure><img src="/p/quay.jpg"><figcaption><span class="figure__text">Hafen am Mittag</span> <small class="figure__copyright">© Ana Ruiz/​dpa</small></figcaption></figure>',
    'Hafen am Mittag',
    'Ana Ruiz/dpa',
  ],
  [
    'table',
    '<table><tr><td><img src="/p/quay.jpg" width="400"></td></tr><tr><td>The quay at noon (Ana Ruiz/AP)</td></tr></table>',
    'The quay at noon',
    'Ana Ruiz/AP',
  ],
  [
    'a name in capitals with its agency after a full stop',
    '<figure class="article__media"><img src="/p/quay.jpg"><figcaption class="article__legend">Le quai, à Brest, le 2 mars 2026. ANA RUIZ / AFP</figcaption></figure>',
    'Le quai, à Brest, le 2 mars 2026.',
    'ANA RUIZ / AFP',
  ],
  [
    'a name with its agency in brackets',
    '<figure><img src="/p/quay.jpg"><figcaption><span>El muelle al mediodía.</span><span class="a_m_m">Ana Ruiz (EFE)</span></figcaption></figure>',
    'El muelle al mediodía.',
    'Ana Ruiz (EFE)',
  ],
  [
    'svt',
    '<figure><img src="/p/quay.jpg"><figcaption>Kajen vid lunch. <span>Foto: Ana Ruiz/TT</span></figcaption></figure>',
    'Kajen vid lunch.',
    'Ana Ruiz/TT',
  ],
  [
    'korean',
    '<span class="end_photo_org"><img src="/p/quay.jpg"><em class="img_desc">정오의 부두. 김민수 기자</em></span>',
    '정오의 부두.',
    '김민수',
  ],
  [
    'zh xinhua',
    '<p><img src="/p/quay.jpg"></p><p>正午的码头。新华社记者 李明 摄</p>',
    '正午的码头。',
    '新华社记者 李明',
  ],
  ['zh tuyuan', '<p><img src="/p/quay.jpg"></p><p>正午的码头（图源：视觉中国）</p>', '正午的码头', '视觉中国'],
  [
    'standfirst',
    '<div class="hero"><img src="/p/quay.jpg"></div><p class="standfirst">After months of waiting the road opens again, and nobody knows for how long.</p>',
    null,
    null,
  ],
  [
    'standfirst2',
    '<div class="top"><img src="/p/quay.jpg"><p class="lead">After months of waiting the road opens again, and nobody knows for how long.</p></div>',
    null,
    null,
  ],
  [
    'credit first',
    '<figure><img src="/p/quay.jpg"><figcaption><span class="photo-credit">Ana Ruiz</span> <span>The quay at noon.</span></figcaption></figure>',
    'The quay at noon.',
    'Ana Ruiz',
  ],
  [
    'link credit',
    '<figure><img src="/p/quay.jpg"><figcaption>The quay at noon. Photo: <a href="https://x.example/ana">Ana Ruiz</a> / <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></figcaption></figure>',
    'The quay at noon.',
    'Ana Ruiz / CC BY 4.0',
  ],
  [
    'unsplash',
    '<figure><img src="/p/quay.jpg"><figcaption>Photo by <a href="https://u.example/ana">Ana Ruiz</a> on <a href="https://u.example">Unsplash</a></figcaption></figure>',
    null,
    'Ana Ruiz on Unsplash',
  ],
  [
    'dataset',
    '<div class="img" data-caption="The quay at noon." data-copyright="© Ana Ruiz"><img src="/p/quay.jpg"></div>',
    'The quay at noon.',
    'Ana Ruiz',
  ],
  [
    'title attr',
    '<p><img src="/p/quay.jpg" alt="quay" title="The quay at noon on the first day of spring"></p>',
    'The quay at noon on the first day of spring',
    null,
  ],
  [
    'shortcode p',
    '<div class="wp-caption"><a href="/p/quay.jpg"><img src="/p/quay.jpg"></a><p class="wp-caption-text">The quay at noon. Credit: Ana Ruiz</p></div>',
    'The quay at noon.',
    'Ana Ruiz',
  ],
  [
    'aside photog',
    '<div class="media"><img src="/p/quay.jpg"><div class="media__caption">The quay at noon</div><div class="media__photographer">Ana Ruiz</div></div>',
    'The quay at noon',
    'Ana Ruiz',
  ],
  [
    'de bildnachweis',
    '<figure><img src="/p/quay.jpg"><figcaption>Der Kai am Mittag.</figcaption></figure><p class="bildnachweis">Bildnachweis: Ana Ruiz</p>',
    'Der Kai am Mittag.',
    'Ana Ruiz',
  ],
  [
    'no',
    '<figure><img src="/p/quay.jpg"><figcaption>KAIEN: Midt på dagen. <span class="photographer">Foto: Ana Ruiz / NTB</span></figcaption></figure>',
    'KAIEN: Midt på dagen.',
    'Ana Ruiz / NTB',
  ],
  [
    'figure top',
    '<figure><figcaption>The quay at noon. Photo: Ana Ruiz</figcaption><img src="/p/quay.jpg"></figure>',
    'The quay at noon.',
    'Ana Ruiz',
  ],
  [
    'em caption',
    '<p><img src="/p/quay.jpg"></p><p><em>The quay at noon. Photo by Ana Ruiz.</em></p>',
    'The quay at noon.',
    'Ana Ruiz',
  ],
  ['em caption2', '<p><img src="/p/quay.jpg"><br><em>The quay at noon.</em></p>', 'The quay at noon.', null],
  [
    'dl',
    '<dl class="photo"><dt><img src="/p/quay.jpg"></dt><dd>The quay at noon</dd><dd>Ana Ruiz</dd></dl>',
    'The quay at noon',
    'Ana Ruiz',
  ],
  [
    'microdata',
    '<div itemscope itemtype="https://schema.org/ImageObject"><img itemprop="contentUrl" src="/p/quay.jpg"><p itemprop="caption">The quay at noon</p><p>by <span itemprop="creator">Ana Ruiz</span></p></div>',
    'The quay at noon',
    'Ana Ruiz',
  ],
  [
    'author label',
    '<figure><img src="/p/quay.jpg"><figcaption><p>The quay at noon</p><p>Photographer: Ana Ruiz</p></figcaption></figure>',
    'The quay at noon',
    'Ana Ruiz',
  ],
  [
    'expand',
    '<figure><button>Enlarge this image</button><img src="/p/quay.jpg"><figcaption><span>1/7</span> <p>The quay at noon.</p></figcaption></figure>',
    'The quay at noon.',
    null,
  ],
  [
    'a bar before the label',
    '<div class="article-picture"><img src="/p/quay.jpg"><p class="caption">The quay at noon. | Photo Credit: PTI</p></div>',
    'The quay at noon.',
    'PTI',
  ],
])('beside a picture: %s', (_kind, markup, caption, credit) => {
  const paragraphs = PARAGRAPHS.map((text) => `<p>${text}</p>`).join('');
  const html = `<!doctype html><html><head><title>Harbour road to reopen</title><meta property="og:image" content="/p/quay.jpg"></head><body><header><a href="/"><img src="/logo.png" alt="Harbour News"></a></header><main><article><h1>Harbour road to reopen</h1><div class="content">${markup}${paragraphs}</div></article></main></body></html>`;
  const { image, text } = readPage({
    body: new TextEncoder().encode(html),
    contentType: 'text/html; charset=utf-8',
    url: 'https://harbour.example/2026/road',
    now: '2026-12-31T00:00:00Z',
  });
  expect(image).toMatchObject({ url: 'https://harbour.example/p/quay.jpg', caption, credit });
  // What is said of the lead image is no part of the text; a standfirst is.
  expect(text.split('\n').slice(-3)).toEqual(PARAGRAPHS);
  if (caption !== null) expect(text).not.toContain(caption);
});
