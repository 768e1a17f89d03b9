// What class names, ids and roles say of a part of a page. Whole words are compared, never parts of them: `shared`
// is not `share`. A mark is a hint and no more: what it would take away is weighed first (drop-boxes.ts).
// A name of several words is written together: `relatedposts` is class="related-posts", "relatedPosts", "related posts".

export type Mark = 'certain' | 'strong' | 'weak' | 'caption' | 'body' | 'hidden';

/** What every name of the last kind, HIDDEN, holds a part of. */
export const MAY_BE_HIDDEN = /hidden|screen|none|only|assistive/i;

/** Readers' comments and foreign widgets: gone even where they hold more text than the article. */
const CERTAIN = `commentsarea commentarea commentlist commentslist commentsection commentssection commentscontainer commentswrap commentswrapper
  commentthread commentform commentsform commentsblock commentfeed comments disqus disqusthread respond livefyre fbcomments taboola outbrain trcrelatedcontainer
  sharedaddy jprelatedposts addtoany addthis cookiebanner cookienotice cookieconsent cookielaw cookiebar onetrust gdpr usercentrics readercomments popup modal cookie cookies consent dsgvo cookiepolicy privacypopup
  kommentare comentarios commentaires kommentarer reacties komentarze usercomments`;

const STRONG = `comment related relateds relatedposts relatedarticles relatedstories relatedcontent relatednews relatedlinks relatedtopics relatedvideos
  recommend recommended recommendation recommendations recirc recirculation newsletter newsletters subscribe subscription signup mailchimp optin
  sidebar sidebars breadcrumb breadcrumbs share shares sharing sharebar sharetools sharebuttons shariff social socials socialmedia sociallinks followus
  promo promos promoted promotion sponsor sponsored advert adverts advertisement advertising advertorial ads adsense adslot
  adunit adcontainer adwrapper adbox dfp gptad anzeige werbung toolbar pagination pager paging nav navi navigation navbar submenu menu masthead
  skiplink skipto mostread mostpopular mostviewed mostcommented mostshared trending popularposts popularpost latestnews latestposts lateststories
  latestarticles alsolike alsoread youmay morefrom morestories morenews morearticles moreposts moreon morein morelike readmore readnext readalso upnext
  nextarticle nextpost nextstory prevnext nextprev postnav articlenav pagenav previouspost postnavigation taglist tags posttags articletags entrytags tagcloud keywords authorbio
  authorbox authorinfo authorcard authorabout authorprofile authordescription authordetails authormeta authorblock aboutauthor abouttheauthor authorsbio
  bio biography bios printfriendly rating ratings starrating poll login signin register registration donate donation donations copyright footernav
  footerlinks footermenu footerwidgets sitefooter pagefooter globalfooter siteheader widgetarea widgets feedback noprint navbox editsection
  mweditsection catlinks toc tableofcontents jumplinks shopnow calltoaction cta ctas teaserlist teasers carousel weather stockticker ticker appdownload
  downloadapp pushnotification paywallpromo paywallprompt paywallbanner piano regwall syndication reprint republish reporterror feedbackform
  contactform wpcf7 hbsptform searchform searchbox searchbar languageswitcher languageselector articleactions postactions actionbar utilitybar tools
  articletools storytools bookmark bookmarks whatsapp facebook twittershare twitterfollow linkedin pinterest instagramfeed backlinks reactions
  upvote likebutton kudos viewcount readtime readingtime timetoread wordcount texttospeech tts speechify trinityaudio blockquoteshare clicktotweet ctt
  tweetthis dianomi zergnet revcontent mgid nativo yarpp crprelated rp4wp jegshare sdsharing heateor sassysocial essb mashsb adsbygoogle properad ezoic
  mvad mediavine raptive adthrive videoad interstitial verwandte empfehlungen lesenswert mehrzumthema newslettersignup teilen drucken merkliste
  autorenbox relacionadas relacionados compartir compartilhar partager newsletterbox inlinenewsletter inlinerelated relatedinline inarticlerelated`;

const WEAK = `footer header meta metadata metas byline bylines dateline timestamp publishdate publishtime publishedon publisheddate postdate entrydate date
  dates author authors byauthor contributor contributors teaser banner topics categories categorylist categorylinks catlinks entrycats postedon
  postedin postedby infobar notification disclaimer disclosure affiliatedisclosure affiliatenotice extras supplementary bottom recentposts
  archives kicker eyebrow overline rubric dachzeile badge badges citation citethis legal fineprint backtotop topbar bottombar 
  infobox factbox boxinfo playlist videolist videoplaylist relatedvideo podcastpromo eventlist follow buttons btns btngroup
  rail rightrail leftrail columnright rightcol rightcolumn sidecolumn ad adv sourcelist postmeta entrymeta articlemeta postinfo
  entryfooter postfooter articlefooter storyfooter entryheader postheader articleheader storyheader credits hinweis`;

const CAPTION = `figcaption caption captions captiontext wpcaptiontext imagecaption imagecredit imagecredits imagedescription imagetext imagemeta imageinfo
  imagesource imagecopyright imagelegend imgcaption imgcredit imgcopyright photocaption photocredit photocredits photoinfo photoby photodescription
  phototext photosource picturecaption picturecredit mediacaption mediacredit mediainfo mediameta mediacopyright fotocredit fotocaption fototext
  videocaption videodescription gallerycaption gallerycredit credit bildunterschrift bildnachweis bildtext bildquelle legende legend cutline
  photographer fotograf slidecaption`;

const BODY = `articlebody articletext articlecontent articlecopy articlemaincontent articlebodycontent articlebodytext articlecontentbody articledetailbody
  articledetailcontent articledetailtext postbody postcontent posttext postarea postentrycontent postarticlebody entrycontent entrybody entrytext
  storybody storytext storycontent storybodytext storycopy storybodycontent contentbody contentarticle contenttext bodycontent bodytext bodycopy
  bodyarticle newsbody newstext newscontent newsarticlebody newsdetailbody newsdetailcontent blogcontent blogbody blogtext blogpostbody blogpostcontent
  blogposttext blogentrycontent singlecontent singlepostcontent singlearticlecontent tdpostcontent fieldnamebody fieldbody nodebody articleinner
  articlepagecontent articlerichtext richtext rte wysiwyg prose postbodycopy pagecontentbody themepostcontent elementorwidgetthemepostcontent
  artikeltext artikelinhalt artikelbody artikelcontent notacuerpo notatexto notacontenido cuerponoticia cuerponota cuerpoarticulo articleparagraphs
  articlesectionbody maintext mainarticlebody maincontentbody printcontent printablecontent econtent hentrycontent ghcontent markdownbody textcontent
  textonoticia textonota corpsarticle articlecontenu mwparseroutput caasbody articlepaywall articlebodyparagraph storyblock articlestorybody`;

const HIDDEN = `sronly visuallyhidden screenreader screenreadertext screenreaderonly a11yhidden uhidden ishidden displaynone dnone printonly assistivetext
  offscreen`;

const MARKS: ReadonlyMap<string, Mark> = new Map(
  (
    [
      ['weak', WEAK],
      ['strong', STRONG],
      ['caption', CAPTION],
      ['body', BODY],
      ['hidden', HIDDEN],
      ['certain', CERTAIN],
    ] as const
  ).flatMap(([mark, names]) => names.split(/\s+/).map((name) => [name, mark] as const)),
);
/** What a mark's name may begin with: most words begin none, and are done with at once. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  [...MARKS.keys()].flatMap((name) => Array.from(name, (_letter, index) => name.slice(0, index + 1))),
);
const EMBEDDED = /(?:^|[\s_-])(?:embed|embeds|embedded|tweet|twitter-tweet|instagram-media|oembed)(?:$|[\s_-])/i;
const MOST_WORDS_OF_A_NAME = 4;
const MOST_WORDS = 24;
const REMEMBERED = 5000;
const NOTHING: readonly Mark[] = [];

/** A function with a memory of its own: class names come again and again within a page. */
export function remembering<Read>(read: (text: string) => Read): (text: string) => Read {
  const seen = new Map<string, Read>();
  return (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const found = read(text);
    if (seen.size < REMEMBERED) seen.set(text, found);
    return found;
  };
}

/** A reader of the marks of an element's classes and id. */
export function markReader(): (attributes: Readonly<Record<string, string>>) => readonly Mark[] {
  const ofClasses = remembering(marksOf);
  return ({ class: classes, id }) => {
    const marks = classes === undefined ? NOTHING : ofClasses(classes);
    // Ids are told once in a page, and say nothing mostly.
    if (id === undefined || (!mayHoldMark(id) && (marks.length === 0 || !EMBEDDED.test(id)))) return marks;
    return marksOf(`${classes ?? ''} ${id}`);
  };
}

/** The marks of class names and ids, each at most once. A name within one class never runs into the next class. */
export function marksOf(names: string): readonly Mark[] {
  const marks: Mark[] = [];
  const read = names.length > 1000 ? names.slice(0, 1000) : names;
  if (!mayHoldMark(read)) return NOTHING;
  for (const name of read.split(/\s+/, 60))
    for (const mark of marksOfOne(name)) if (!marks.includes(mark)) marks.push(mark);
  if (marks.length === 0) return NOTHING;
  // A post that is embedded is quoted: part of the text, whatever its wrapper is called.
  return EMBEDDED.test(names) ? marks.filter((mark) => mark === 'body' || mark === 'hidden') : marks;
}

function marksOfOne(name: string): readonly Mark[] {
  if (!mayHoldMark(name)) return NOTHING;
  const marks: Mark[] = [];
  const words = wordsOf(name);
  for (let start = 0; start < words.length; start++) {
    let joined = '';
    for (let end = start; end < words.length && end < start + MOST_WORDS_OF_A_NAME; end++) {
      joined += words[end]!;
      if (!BEGINNINGS.has(joined)) break;
      const mark = MARKS.get(joined);
      if (mark !== undefined) marks.push(mark);
    }
  }
  return marks.length === 0 ? NOTHING : marks;
}

/** Whether a word of a name may begin a mark, by its first three signs: most names hold none, and need not be parted. */
function mayHoldMark(name: string): boolean {
  let before: Sign = OTHER;
  for (let at = 0; at < name.length; at++) {
    const sign = signAt(name, at);
    if (sign !== OTHER && (before === OTHER || (sign === CAPITAL && before === PLAIN))) {
      const second = goesOn(name, at + 1) ? numberAt(name, at + 1) : 0;
      const third = second !== 0 && goesOn(name, at + 2) ? numberAt(name, at + 2) : 0;
      if (FIRST_THREE[placeOf(numberAt(name, at), second, third)] === 1) return true;
    }
    before = sign;
  }
  return false;
}

/** Whether the word that was before goes on there. */
function goesOn(name: string, at: number): boolean {
  const sign = signAt(name, at);
  return sign !== OTHER && (sign !== CAPITAL || signAt(name, at - 1) !== PLAIN);
}

/** `postBody__text-2a` → post, body, text, 2a. By hand: it is done for every class of every page. */
export function wordsOf(name: string): string[] {
  const words: string[] = [];
  let start = -1;
  let before: Sign = OTHER;
  for (let at = 0; at <= name.length && words.length < MOST_WORDS; at++) {
    const sign = signAt(name, at);
    const begins = sign !== OTHER && (before === OTHER || (sign === CAPITAL && before === PLAIN));
    if (start >= 0 && (begins || sign === OTHER)) {
      words.push(name.slice(start, at).toLowerCase());
      start = -1;
    }
    if (begins) start = at;
    before = sign;
  }
  return words;
}

/** What a character is within a name. */
type Sign = number;
const OTHER = 0;
const PLAIN = 1;
const CAPITAL = 2;

/** The sign of each ASCII character; all beyond are OTHER. */
const SIGNS = Uint8Array.from({ length: 128 }, (_, code) =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)
    ? PLAIN
    : code >= 0x41 && code <= 0x5a
      ? CAPITAL
      : OTHER,
);

function signAt(name: string, at: number): Sign {
  return (at < name.length ? SIGNS[name.charCodeAt(at)] : OTHER) ?? OTHER;
}

/** Letters from 1 to 26 in either case, digits from 27 to 36; all else 0. */
const NUMBERS = Uint8Array.from(SIGNS, (sign, code) =>
  sign === OTHER ? 0 : code < 0x40 ? code - 0x30 + 27 : code & 0x1f,
);
const HIGHEST = 37;

function numberAt(name: string, at: number): number {
  return NUMBERS[name.charCodeAt(at)] ?? 0;
}

function placeOf(first: number, second: number, third: number): number {
  return (first * HIGHEST + second) * HIGHEST + third;
}

/** 1 at the place of what a word may begin with that begins a mark's name; a word of one or two signs runs into the next. */
const FIRST_THREE = new Uint8Array(HIGHEST ** 3);
for (const name of MARKS.keys())
  for (let length = 1; length <= 3; length++)
    FIRST_THREE[placeOf(numberAt(name, 0), length > 1 ? numberAt(name, 1) : 0, length > 2 ? numberAt(name, 2) : 0)] = 1;
