// What class names, ids and roles say of a part of a page. Whole words are compared, never parts of them: `shared`
// is not `share`. A mark is a hint and no more: what it would take away is weighed first (drop-boxes.ts).
// A name of several words is written together: `relatedposts` is class="related-posts", "relatedPosts", "related posts".

export type Mark = 'certain' | 'strong' | 'weak' | 'caption' | 'body' | 'hidden';

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
/** Letters from 1 to 26 in either case, digits from 27 to 36; all else 0. */
const NUMBERS = Uint8Array.from(SIGNS, (sign, code) =>
  sign === OTHER ? 0 : code < 0x40 ? code - 0x30 + 27 : code & 0x1f,
);
const HIGHEST = 37;

/** The names of marks as a tree: from node `n` the sign with the number `s` leads to `next[n * HIGHEST + s]`, 0 being nowhere. */
const TREE = treeOf(MARKS);

function treeOf(names: ReadonlyMap<string, Mark>): { readonly next: Uint16Array; readonly marks: readonly Mark[] } {
  const most = names.keys().reduce((sum, name) => sum + name.length, 1);
  const next = new Uint16Array(most * HIGHEST);
  const marks: Mark[] = [];
  let nodes = 1;
  for (const [name, mark] of names) {
    let node = 0;
    for (let at = 0; at < name.length; at++) {
      const place = node * HIGHEST + NUMBERS[name.charCodeAt(at)]!;
      if (next[place] === 0) next[place] = nodes++;
      node = next[place]!;
    }
    marks[node] = mark;
  }
  return { next, marks };
}

function signAt(name: string, at: number): Sign {
  return (at < name.length ? SIGNS[name.charCodeAt(at)] : OTHER) ?? OTHER;
}

const EMBEDDED = /(?:^|[\s_-])(?:embed|embeds|embedded|tweet|twitter-tweet|instagram-media|oembed)(?:$|[\s_-])/i;
const MOST_WORDS_OF_A_NAME = 4;
const MOST_WORDS = 24;
const LONGEST = 1000;
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
  return ({ class: classes, id }) => withMarksOfId(classes === undefined ? NOTHING : ofClasses(classes), classes, id);
}

/** The marks of classes with those of the id beside them. Ids are told once in a page, and say nothing mostly. */
export function withMarksOfId(
  marks: readonly Mark[],
  classes: string | undefined,
  id: string | undefined,
): readonly Mark[] {
  if (id === undefined) return marks;
  const ofId = marksOf(id);
  if (ofId.length === 0 && (marks.length === 0 || !EMBEDDED.test(id))) return marks;
  return marksOf(`${classes ?? ''} ${id}`);
}

/**
 * The marks of class names and ids, each at most once. A name's words are looked for one behind the other, `post-body` as
 * `postbody`; a name within one class never runs into the next class.
 */
export function marksOf(names: string): readonly Mark[] {
  let marks: Mark[] | null = null;
  const end = Math.min(names.length, LONGEST);
  let before = OTHER;
  for (let at = 0; at < end; at++) {
    const sign = signAt(names, at);
    const begins = sign !== OTHER && (before === OTHER || (sign === CAPITAL && before === PLAIN));
    if (begins && mayBeginName(names, at)) marks = withMarksFrom(names, at, end, marks);
    before = sign;
  }
  if (marks === null) return NOTHING;
  // A post that is embedded is quoted: part of the text, whatever its wrapper is called.
  return EMBEDDED.test(names) ? marks.filter((mark) => mark === 'body' || mark === 'hidden') : marks;
}

/** Whether a name begins with the two signs that stand here: with most pairs none does. */
function mayBeginName(names: string, at: number): boolean {
  const second = signAt(names, at + 1);
  const node = TREE.next[NUMBERS[names.charCodeAt(at)]!]!;
  return second === OTHER || TREE.next[node * HIGHEST + NUMBERS[names.charCodeAt(at + 1)]!] !== 0;
}

/** Adds the marks whose names begin at a word. Goes down the tree of names sign by sign, and leaves it soon mostly. */
function withMarksFrom(names: string, start: number, end: number, marks: Mark[] | null): Mark[] | null {
  let node = 0;
  let words = 0;
  let before = OTHER;
  for (let at = start; at <= end; at++) {
    const sign = at < end ? signAt(names, at) : OTHER;
    const begins = sign !== OTHER && (before === OTHER || (sign === CAPITAL && before === PLAIN));
    if (before !== OTHER && (begins || sign === OTHER)) {
      const mark = TREE.marks[node];
      if (mark !== undefined && marks?.includes(mark) !== true) (marks ??= []).push(mark);
    }
    if (begins && ++words > MOST_WORDS_OF_A_NAME) return marks;
    if (sign !== OTHER) {
      node = TREE.next[node * HIGHEST + NUMBERS[names.charCodeAt(at)]!]!;
      if (node === 0) return marks;
    } else if (at < end && isSpace(names.charCodeAt(at))) return marks;
    before = sign;
  }
  return marks;
}

function isSpace(code: number): boolean {
  return code <= 0x20 || code === 0xa0;
}

/** `postBody__text-2a` → post, body, text, 2a. */
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
