/** So many bytes beyond ASCII are enough to guess by. */
const ENOUGH = 4000;
/** With fewer nobody can tell. */
const FEWEST = 40;
/** Of a hundred letters of a Latin text fewer than this are beyond ASCII; of other scripts nearly all. */
const MOST_IN_LATIN = 40;

// What is used where a page's language is spoken, as browsers have it (HTML, determining the character encoding).
const BY_LANGUAGE: Readonly<Record<string, string>> = {
  ar: 'windows-1256', bg: 'windows-1251', cs: 'windows-1250', el: 'iso-8859-7', fa: 'windows-1256', he: 'windows-1255', hr: 'windows-1250',
  hu: 'iso-8859-2', ja: 'shift_jis', ko: 'euc-kr', lt: 'windows-1257', lv: 'windows-1257', mk: 'windows-1251', pl: 'iso-8859-2', ru: 'windows-1251',
  sk: 'windows-1250', sl: 'iso-8859-2', sr: 'windows-1251', th: 'windows-874', tr: 'windows-1254', uk: 'windows-1251', vi: 'windows-1258', zh: 'gb18030',
}; // prettier-ignore

/** Letters in two bytes, the strictest first: a text that is none of them rarely passes for one. */
const WIDE = ['euc-jp', 'shift_jis', 'euc-kr', 'big5', 'gb18030'];
/** What a text in them is mostly made of. */
const COMMON: Readonly<Record<string, RegExp>> = {
  'euc-jp': /[\u3040-\u30ff]/g,
  shift_jis: /[\u3040-\u30ff]/g,
  'euc-kr': /[\uac00-\ud7a3]/g,
  // The commonest signs, in the way of writing that each is for.
  big5: /[的是在不了有和人這中大為上個國我以要他時來用們]/g,
  gb18030: /[的是在不了有和人这中大为上个国我以要他时来用们]/g,
};

// A letter a byte, and the eight letters that are commonest in the script.
const LETTERS: Readonly<Record<string, RegExp>> = {
  'windows-1251': /[оеаинтср]/g,
  'koi8-r': /[оеаинтср]/g,
  'iso-8859-7': /[αοιετσνρ]/g,
  'windows-1255': /[יוהלארמת]/g,
  'windows-1256': /[الينمورت]/g,
  'windows-874': /[านรกเอง่]/g,
};
/** They make up half of a text; of one that is read in the wrong charset, much less. */
const LEAST_OF_LETTERS = 0.35;

/**
 * The charset of a text that is not UTF-8 and says nothing else that is true: by the language that it declares, else by
 * its bytes. Null: a Latin one, or none that shows.
 * @param head the text's beginning, as Latin-1
 */
export function guessCharset(body: Uint8Array, head: string): string | null {
  const { letters, beyondAscii } = counted(body);
  const language = /<html\b[^>]{0,300}?\slang\s*=\s*["']?([a-z]{2})/i.exec(head)?.[1]?.toLowerCase() ?? '';
  const usual = BY_LANGUAGE[language];
  const isLatin = beyondAscii * 100 < (letters + beyondAscii) * MOST_IN_LATIN;
  if (isLatin) return usual !== undefined && /^(?:windows-125[0478]|iso-8859-2)$/.test(usual) ? usual : null;
  if (beyondAscii < FEWEST) return usual ?? null;
  const sample = body.subarray(0, 400_000);
  const wide = WIDE.map((charset) => ({ charset, share: commonShare(sample, charset) }));
  const best = wide.toSorted((one, other) => other.share - one.share)[0]!;
  if (best.share > 0) return best.charset;
  return narrow(sample) ?? usual ?? null;
}

function counted(body: Uint8Array): { readonly letters: number; readonly beyondAscii: number } {
  let letters = 0;
  let beyondAscii = 0;
  let inTag = false;
  for (const byte of body) {
    if (byte === 0x3c) inTag = true;
    else if (byte === 0x3e) inTag = false;
    else if (!inTag && byte >= 0x80) beyondAscii++;
    else if (!inTag && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) letters++;
    if (beyondAscii >= ENOUGH) break;
  }
  return { letters, beyondAscii };
}

/** How much of a text is what texts in a charset are made of; 0 where it is too little, or the text breaks its rules. */
function commonShare(sample: Uint8Array, charset: string): number {
  const text = new TextDecoder(charset).decode(sample).replaceAll(/[\0-\x7f]+/g, '');
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const common = text.match(COMMON[charset]!)?.length ?? 0;
  // Kana and Hangul make up most of their texts, the commonest Chinese signs a tenth.
  const least = charset === 'big5' || charset === 'gb18030' ? 0.05 : 0.25;
  return broken * 50 > text.length || common < text.length * least ? 0 : common / text.length / least;
}

/** The script whose commonest letters make up what a text is made of; null where it is none of them. */
function narrow(sample: Uint8Array): string | null {
  const shares = Object.entries(LETTERS).map(([charset, letters]) => {
    const text = new TextDecoder(charset).decode(sample).replaceAll(/[\0-\x7f]+/g, '');
    return { charset, share: (text.match(letters)?.length ?? 0) / text.length };
  });
  const best = shares.toSorted((one, other) => other.share - one.share)[0]!;
  return best.share < LEAST_OF_LETTERS ? null : best.charset;
}
