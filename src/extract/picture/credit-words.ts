// How a credit is worded: the lead words of many languages, the ways that join them to a name, and what a name looks like.

/** What a credit is of. */
const PICTURES = `photos? photographs? photography photographies images? pictures? pics? illustrations? graphics? infographics? videos? films? artworks?
  drawings? screenshots? still fotos? foto’s foto's bild(?:er)? grafik(?:en)? aufnahmen? fotografien? fotomontage collage zeichnung photographies?
  visuels? dessins? infographies? vid[ée]os? imagen imágenes fotograf[ií]as? ilustraci[oó]n(?:es)? infograf[ií]as? gr[aá]ficos? dibujo imagem imagens
  ilustraç(?:ão|ões) arte infográficos? immagin[ei] illustrazion[ei] grafica disegno beeld(?:en)? illustratie tekening fotografie
  zdjęci[ae] grafika rysunek rys\\. ilustracja fot\\.? zdj\\. snímk?[yek]* sn[ií]mek obr[aá]zek ilustrace billeder? bilder? bilde illustrasjon illustration
  tegning kuvat? valokuva grafiikka piirros fotók? képek kép illusztráció grafika imagine imagini fotoğraf(?:lar)? görsel(?:ler)? resim
  illüstrasyon grafik φωτογραφί(?:α|ες) φωτο φωτό εικόνα φωτ\\. фото фотографи[яи] снимок снимки кадр иллюстраци[яи] изображение графика инфографика
  коллаж світлина світлини зображення ілюстрація снимка slik[ae] ảnh hình gambar ilustrasi عکس صورة الصورة الصور תמונה תמונות איור फोटो फ़ोटो तस्वीर छायाचित्र ছবি ภาพ`;
/** Whose it is, or who made it. */
const CREDITS = `credits? courtesy copyrights? attribution photographers? photographed photograph(?:ed)? photographies? sources? bildnachweis fotonachweis bildquelle
  bildrechte bildautor fotoquelle bildcredit fotocredit urheber(?:rechte)? quelle fotograf(?:in)? fotografka crédits? credits? photographes? fuente
  cr[eé]ditos? cortes[ií]a fot[oó]graf[oa] autor(?:[ií]a)? font[ei] crediti credito fotografo autore bron fotograaf kilde källa fotografi lähde
  kuvaaja kuvaajat valokuvaaja źródło autor(?:ka)? zdroj forrás fényképezte fotózta felvétel sursa kaynak fotoğrafçı kredi πηγή φωτογράφος источник
  фотограф автор джерело nguồn sumber dok المصدر مصدر تصوير عدسة عکاس צילום צילם קרדיט צילמה श्रेय साभार เครดิต`;
/** Scripts without capitals and without spaces: what is joined by a colon, a stroke or a dot. */
const DENSE = `写真提供 写真 撮影 画像提供 画像 画像出典 提供 出典 イラスト 作図 図 图片来源 图片 图源 图 圖片來源 圖片 圖源 圖 摄影 攝影 摄 攝 照片 供图 供圖 插图 制图 漫画 来源 來源
  视频 影片 사진 제공 사진제공 이미지 그래픽 일러스트 촬영 출처 자료사진`;

const words = (list: string): string => list.trim().split(/\s+/).join('|');
const WORD = `(?:${words(PICTURES)}|${words(CREDITS)})`;
const LABEL = `(?:${WORD}(?:[ \\u00a0-](?:${WORD}|via|by|de|do|della|du|der|of))?(?:[ \\u00a0-]${WORD})?)`;
const DENSE_LABEL = `(?:${words(DENSE)})`;
const BY = `(?:by|courtesy of|courtesy|provided by|supplied by|taken by|via|from|copyright|©|di|de|del|della|do|da|von|van|door|av|af|par|por|przez|cortes[ií]a de|avtor)`;

const START = '^[\\s(\\[（【|/–—•·-]*(?:©\\s*)?';
const LEAD_IN = new RegExp(START, 'u');
/** The first two letters of all lead words, and of the phrases that lead without one: most pieces begin otherwise. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  [...`${PICTURES} ${CREDITS} ${DENSE}`.trim().split(/\s+/), 'courtesy', 'photo', 'with', 'gentilmente', 'ภาพ', 'ảnh']
    // Dense scripts have lead words of one sign.
    .map((word) => word.slice(0, word.length === 1 ? 1 : 2)),
);
const LABEL_AND_COLON = new RegExp(
  `${START}(?:${LABEL}|${DENSE_LABEL})(?: ${BY})?[\\s\\u00a0]*(?:[:：=＝]|\\.{3}|…)[\\s\\u00a0]*`,
  'iu',
);
const LABEL_AND_STROKE = new RegExp(
  `${START}(?:${LABEL}[\\s]*[/／|][\\s]*|${DENSE_LABEL}[\\s]*[/／・·丨｜|=＝][\\s]*|(?:image|photo|picture) (?:source|credit),\\s)`,
  'iu',
);
const LABEL_AND_BY = new RegExp(
  `${START}(?:${LABEL} ${BY}\\s+|(?:courtesy of|photographed by|with thanks to|cortes[ií]a de|gentilmente concess[ae] da|ภาพโดย|ảnh của)\\s+)`,
  'iu',
);
const LABEL_AND_NAME = new RegExp(`${START}(?:${LABEL}|${DENSE_LABEL}(?=\\s))[\\s\\u00a0]+`, 'iu');
const COPYRIGHT =
  /^[\s([（|/–—•·-]*(?:©|ⓒ|\(c\)|copyright\b(?:\s*©)?)\s*:?\s*(?:(?:19|20)\d\d,?\s+(?:by\s+)?|by\s+)?/iu;
const MAKER_AT_END =
  /^[\s(（【]*(?<name>[\p{L}\p{M}・·/、，, ]{2,40}?)\s*[/／=＝]?\s*(?:摄影报道|摄影|攝影|摄|攝|撮影|供图|供圖|绘|制图|写真|提供|촬영|제공|기자)(?:[）)】]*)$/u;
/** A lone label: what follows on the next line is whose the picture is. */
const LABEL_ALONE = new RegExp(`^(?:©\\s*)?(?:${LABEL}|${DENSE_LABEL})(?: by)?\\s*[:：]?$`, 'iu');
const CAPTION_ALONE =
  /^(?:(?:image |photo |picture )?captions?|image description|legends?|bildunterschrift|bildbeschreibung|bildtext|bijschrift|onderschrift|légende|legende|leyenda|pie de (?:foto|imagen)|didascalia|legenda|podpis|opis|popis(?:ek)?|billedtekst|kuvateksti|képaláírás|açıklama|подпись|описание|подпис|キャプション|説明|图注|图说|图片说明|说明|사진설명|설명|تعليق|التعليق|כיתוב)\s*[:：,]?$/iu;

const AGENCY =
  /(?:^|[\s/(|,–—-])(?:Getty(?: Images)?|Reuters|REUTERS|AFP|Agence France-Presse|Associated Press|AP(?: Photo)?|EPA(?:-EFE)?|Shutterstock|iStock(?:photo)?|Unsplash|Pexels|Pixabay|Alamy(?: Stock Photo)?|Bloomberg|ANI|PTI|Xinhua|Anadolu(?: Agency| Ajansı)?|AA|dpa|DPA|ddp|picture[ -]alliance|imago(?: images)?|IMAGO|Keystone|KEYSTONE|APA|ANSA|LaPresse|EFE|Europa Press|Lusa|LUSA|Wikimedia(?: Commons)?|Flickr|Adobe ?Stock|stock\.adobe\.com|NurPhoto|SOPA Images|ZUMA(?: Press)?|PA(?: Wire| Images| Media)?|Press Association|TASS|ТАСС|РИА Новости|Sputnik|Kyodo|Yonhap|연합뉴스|뉴시스|뉴스1|新华社|新華社|中新社|中新网|视觉中国|共同(?:通信(?:社)?)?|時事(?:通信(?:社)?)?|アフロ|ロイター|رويترز|أ ف ب|الأناضول|الفرنسية|وكالات|ゲッティ(?:イメージズ)?|PAP|ČTK|TASR|MTI|NTB|TT|Ritzau(?: Scanpix)?|Scanpix|Lehtikuva|Belga|ANP|Handout|NASA|ESA|CC[ -]BY(?:[ -][A-Z.\d-]+)*)(?=$|[\s/)|,.–—-])/u;
/** What stands for a name with a small letter. */
const LENIENT =
  /^(?:privat[eo]?|archiv[eoi]?|archief|archivio|arkiv|arkisto|dpa|ddp|imago|via|for|the|and|und|et|y|e|og|och|i|ja|of|de|da|do|dos|das|du|des|del|della|di|von|van|der|den|ter|ten|la|le|el|al|bin|ibn|av|af|courtesy|handout|supplied|submitted|provided|contributed|file|pool|reproduction|reprodução|divulgação|personal|collection|symbolbild|dr|d\.r\.|stock|images?|photo|picture|alliance|newspix|own|author|zvg|cedida|gentileza|cortesía|own|work|eigen|foto|redazione|redacción|rédaction|redaktion)$/u;
const PARTICLE =
  /^(?:de|da|do|dos|das|du|des|del|della|dal|dei|di|von|vom|van|zu|zum|zur|der|den|het|'t|ter|ten|te|la|las|le|les|lo|los|el|al|bin|ibn|ben|bint|av|af|y|e|und|and|et|og|och|&|\+|for|für|voor|pour|para|via|of|the|i)$/u;
const LONGEST = 120;
/** Three lead words at most. */
const LONGEST_LABEL = 80;

/** What stands behind every lead word that may stand in the middle of a sentence: a colon, a stroke and their like. */
const JOINS = /[:：=＝…/／・·丨｜|]|\.{3}|(?:source|credit),/i;

/** Whether a text holds a sign by which a lead word is joined to a name: without one, no credit begins at a mere space. */
export function holdsJoin(text: string): boolean {
  return JOINS.test(text);
}

/** Whether a piece may begin with a lead word. May be wrong to say yes. */
function mayLead(text: string): boolean {
  const at = LEAD_IN.exec(text)![0].length;
  const two = text.slice(at, at + 2).toLowerCase();
  return BEGINNINGS.has(two) || BEGINNINGS.has(two.slice(0, 1));
}

/** Where a possible credit begins: at the start, after a sentence, a separator, a line's or an element's end. */
export type Before =
  'start' | 'line' | 'element' | 'sentence' | 'bar' | 'dash' | 'slash' | 'comma' | 'space' | 'bracket';

/** Whose a picture is, if a piece of text that begins at such a place says that and no more; without the lead word. */
export function creditIn(piece: string, before: Before): string | null {
  // After a mere space nothing is a credit but what begins with a lead word.
  if (before === 'space' && !mayLead(piece)) return null;
  const text = unbracketed(piece.replace(/[\n\ufdd0]+/g, ' ').trim());
  if (text.length < 2 || text.length > LONGEST + 40) return null;
  const leads = mayLead(text);
  const labelled = leads ? (LABEL_AND_COLON.exec(text) ?? LABEL_AND_STROKE.exec(text)) : null;
  if (labelled !== null) {
    const own = trimmed(text.slice(labelled[0].length));
    if (before === 'space' && /^[^\p{Lu}\p{Lo}©(]/u.test(text)) return null;
    return isNameish(own) ? (creditIn(own, 'start') ?? own) : null;
  }
  if (before === 'space') return null;
  const signed = COPYRIGHT.exec(text);
  if (signed !== null) {
    const own = trimmed(text.slice(signed[0].length));
    return isNameish(own) ? (creditIn(own, 'start') ?? own) : null;
  }
  if (leads && (before !== 'comma' || /^(?:photo|photograph|image|fot|courtesy)\b/iu.test(text))) {
    const made = LABEL_AND_BY.exec(text);
    if (made !== null) {
      const own = trimmed(text.slice(made[0].length));
      if (isNameish(own) && /^[\p{Lu}\p{Lo}\d@]/u.test(own)) return own;
    }
    const named = LABEL_AND_NAME.exec(text);
    if (named !== null) {
      const own = trimmed(text.slice(named[0].length));
      if (isName(own) && (own.includes(' ') || own.includes('/') || AGENCY.test(own))) return own;
    }
  }
  const maker = madeBy(text);
  if (maker !== null && !/[\n\ufdd0]/.test(piece.trim().replace(/^\ufdd0+|\ufdd0+$/g, ''))) return maker;
  return isUnlabelled(text, before) ? trimmed(text) : null;
}

/** A name without a lead word, where one would stand: "Ana Ruiz / The Paper", "Getty Images". */
function isUnlabelled(text: string, before: Before): boolean {
  if (before === 'comma' || !isName(text)) return false;
  if (AGENCY.test(text)) return true;
  if (/^\p{Lu}\S*(?: \S+){1,3} for \p{Lu}/u.test(text)) return before !== 'dash' && before !== 'element';
  if (/\p{L}\s?\/\s?\p{L}/u.test(text)) return before !== 'slash' || text.includes(' ');
  if (before === 'dash' || before === 'start' || before === 'bracket' || before === 'element') return false;
  // In a language that writes its nouns large, a short sentence looks like a name, but for its stop and its small words.
  return (
    /^\p{Lu}\S*(?: \S+){1,4}$/u.test(text) && !/\.$|\s(?:für|voor|pour|para|und|and|et|og|och|y|of|the|i)\s/u.test(text)
  );
}

/** Capitals and particles and nothing else. Scripts without capitals only say so by a stroke or an agency. */
export function isName(text: string): boolean {
  if (text.length > 80 || /[!?…。！？"“”«»:;]|\.\s+\p{L}{3,}/u.test(text.replace(/\b\p{Lu}\.\s/gu, ''))) return false;
  const parts = text.split(/[\s/|,]+/u).filter((part) => part !== '');
  let capitals = 0;
  for (const part of parts) {
    if (/^(?:\p{Lu}|\(?\p{Lu}|\p{Lo})/u.test(part) || /^(?:d|l|dell|all)[’']\p{Lu}/u.test(part)) capitals++;
    else if (!PARTICLE.test(part) && !AGENCY.test(part) && !/^(?:photo|images?|imago|dpa|ddp|iStock)$/u.test(part))
      return false;
  }
  if (/[!?…。！？"”“”«»:;]|\.\s+\p{L}{3,}/u.test(text.replace(/\b\p{Lu}\.\s/gu, ''))) return false;
  if (/[\p{Lo}]/u.test(text) && !/[\p{Lu}]/u.test(text)) return text.length <= 30 && parts.length <= 6;
  return capitals > 0 && parts.length <= 10;
}

/** What may follow a lead word with its colon: a name with a little around it, no sentence. */
function isNameish(text: string): boolean {
  if (text.length < 2 || text.length > LONGEST) return false;
  if (/[!?…。！？]\s*\S|\p{Ll}{3}\.\s+\p{Lu}/u.test(text)) return false;
  const parts = text.split(/[\s/|,()]+/u).filter((part) => part !== '');
  if (parts.length > 14) return false;
  const small = parts.filter(
    (part) => /^\p{Ll}/u.test(part) && part.length > 2 && !LENIENT.test(part) && !/\.\p{L}{2,}$/u.test(part),
  );
  return small.length <= Math.max(1, parts.length / 4) || (parts.length === 2 && small.length === 2);
}

/** Whether a line is nothing but a lead word; what follows it is the credit. */
export function isLabelAlone(line: string): boolean {
  const text = line.trim();
  return text.length <= LONGEST_LABEL && mayLead(text) && LABEL_ALONE.test(text);
}

/** Whether a line says "caption" and nothing else. */
export function isCaptionLabel(line: string): boolean {
  return CAPTION_ALONE.test(line.trim());
}

/** A credit that is known to be one, without lead word, brackets and separators. */
export function bareCredit(credit: string): string {
  let text = unbracketed(
    credit
      .replace(/[\n\ufdd0]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  for (let round = 0; round < 3; round++) {
    const lead =
      LABEL_AND_COLON.exec(text) ??
      LABEL_AND_STROKE.exec(text) ??
      COPYRIGHT.exec(text) ??
      LABEL_AND_BY.exec(text) ??
      /^by\s+/i.exec(text);
    const bare = lead ?? (round === 0 ? bareLabel(text) : null);
    if (bare === null || bare[0] === '' || bare[0].length >= text.length) break;
    text = trimmed(text.slice(bare[0].length));
  }
  return madeBy(text) ?? trimmed(text);
}

/** "孙晓楠 摄": the lead word follows the name, which is short. */
function madeBy(text: string): string | null {
  if (!/\p{Lo}[）)】]*$/u.test(text.slice(-4))) return null;
  const name = MAKER_AT_END.exec(text)?.groups?.['name'];
  if (name === undefined || !/\p{Lo}/u.test(name)) return null;
  return name.split(/[\s、，,/／]+/u).every((part) => part.length <= 8) ? trimmed(name) : null;
}

function bareLabel(text: string): RegExpExecArray | null {
  const named = LABEL_AND_NAME.exec(text);
  return named !== null && isName(trimmed(text.slice(named[0].length))) ? named : null;
}

function unbracketed(text: string): string {
  const inner = /^[([（【［]([^()[\]（）【】［］]*)[)\]）】］]\.?$/u.exec(text)?.[1];
  return inner === undefined ? text : inner.trim();
}

function trimmed(text: string): string {
  const plain = text
    .replace(/^[\s|/–—•·,;:：-]+/u, '')
    .replace(/[\s|/–—•·,;：:-]+$/u, '')
    .replace(/(?<=\p{L}{3}|\))\.$/u, '');
  return /[)\]）】]$/.test(plain) && !/[([（【]/.test(plain) ? plain.slice(0, -1).trim() : plain;
}
