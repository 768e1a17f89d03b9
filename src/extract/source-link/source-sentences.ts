// Words around a link, or in the heading above it, that say what the link is. In lower case, white space folded.
// Linear patterns alone.

/** A heading above the stories of others. */
export const HEADS_OTHERS_STORIES =
  /^[\p{P}\p{S}\s]*(?:(?:news |stories |reads? )?from (?:elsewhere|around the web|our (?:partners|friends|network)|the web|other sites)|elsewhere(?: on the web)?|around the (?:web|internet|net|blogs)|in other news|other news|(?:more )?from the (?:web|blogs)|what (?:we.re|i.m|others are) reading|(?:further|other) links|blogroll|anderswo|aus dem netz|aus anderen (?:medien|blogs)|von (?:anderen|unseren partnern)|presseschau|ailleurs(?: sur le web)?|revue de presse|en otros (?:medios|sitios)|de otros medios|noutros s[ií]tios|em outros sites|altrove|dal web|rassegna stampa|elders|van elders|annorstädes|andre steder|из сети|в других изданиях|другие новости|новости партн[её]ров|в інших виданнях|новини партнерів|z sieci|inne media|jinde na webu|başka yerlerde|他のサイト|よそのニュース|其他新闻|其它媒体|다른 소식|من مواقع أخرى|(?:leser|nutzer|user)(?:kommentare|meinungen|stimmen|reaktionen).{0,12}|reaktionen.{0,12}|reacties.{0,12}|комментари\p{L}.{0,12}|komentarze.{0,12}|kommentarer.{0,12}|opiniones de los lectores|коментар\p{L}.{0,12}|コメント.{0,8}|评论.{0,8}|댓글.{0,8}|تعليقات.{0,8}|من حول الويب)[\p{P}\s]*$/iu;

/** A sentence that speaks of the article that it stands in. */
export const OF_THIS_ARTICLE =
  /^[^\p{L}]*(?:article|story|post|text|artikel|beitrag|artikeln|texten|saken|teksten|artiklen|juttu|teksti|artyku[lł]|tekst|[cč]l[aá]nek|[cč]l[aá]nok|материал|стать\p{L}|текст|матеріал|статт\p{L}|art[ií]culo|nota|texto|mat[eé]ria|artigo|articolo|testo|cikk|articolul|haber|yaz[iı])(?!\p{L})|\b(?:this|the) (?:article|story|post|piece|text|essay|report|interview|column|version|item|entry|translation|original)\b|\bdiese[rs]? (?:artikel|beitrag|text|meldung|eintrag|bericht)\b|\bder (?:text|artikel|beitrag)\b|\b(?:cet|l.) ?article\b|\bce(?:t|tte)? (?:texte|billet|contenu)\b|\beste? (?:art[ií]culo|texto|artigo|post)\b|\besta (?:nota|noticia|mat[eé]ria|not[ií]cia)\b|\bquesto (?:articolo|testo|post)\b|\bdit (?:artikel|bericht|verhaal|stuk)\b|\b(?:den här|denna|denne|dette) (?:artikeln|texten|artikel|artikkel|artikkelen|tekst)|\b(?:эта|этот|данн\p{L}+) (?:стать\p{L}+|материал|текст)|ц(?:я|ей) (?:статт\p{L}+|матеріал|текст)|\bten (?:artyku[lł]|tekst)|\btento (?:[cč]l[aá]nek|text)|\bbu (?:yaz[iı]|haber|makale)|\bartikel ini\b|bài (?:viết|báo) này|本文|この記事|本記事|이 (?:글|기사)|هذا المقال|هذه المقالة|این (?:مقاله|مطلب)/u;

/** That something was so at first, and that it was published: together they tell where an article stood before. */
export const AT_FIRST =
  /\b(?:first|originally|initially|previously|zuerst|urspr[uü]nglich|erstmals|initialement|d.abord|[aà] l.origine|en premier|originalmente|originariamente|originariament|primero|inicialmente|primeiro|inizialmente|in origine|oorspronkelijk|eerder|eerst|ursprungligen|opprinnelig|oprindeligt|alun perin|ensin|pierwotnie|po raz pierwszy|poprv[eé]|eredetileg|el[oő]sz[oö]r|ini[tțţ]ial|pertama kali|telah|sebelumnya)(?![\p{L}])|f[oö]rst |først|p[uů]vodn[eě]|p[oô]vodne|впервые|первоначально|изначально|ранее|вперше|спочатку|раніше|αρχικά|πρώτη φορά|\bilk (?:olarak|kez)|أولا|أولاً|لأول مرة|في الأصل|برای اولین بار|לראשונה|במקור|पहली बार|मूल रूप से|最初|首次|原載|原载|初出|처음|lần đầu|đầu tiên|ครั้งแรก/u;
export const WAS_PUBLISHED =
  /publi|appear|\bran\b|\bposted|\bprinted|erschien|ver[oö]ffentlicht|\bparue?\b|apareci|appars|verscheen|verschenen|uitgegeven|udgivet|bragt|trykt|julkais|ilmesty|опублик|вы(?:шел|шла|шло)|появил|опублік|вийш|ukaza|vy[sš]e?l|megjelent|k[oö]z[oö]lt|ap[aă]rut|δημοσιε|yay[iı]n|نشر|نُشر|منتشر|פורסם|प्रकाशित|发表|發表|刊登|掲載|公開|게재|실렸|실린|tayang|terbit|dimuat|đăng|xuất bản|เผยแพร่/u;

/** What stands alone before the name of a source, without a colon. */
export const BARE_LABEL =
  /^[^\p{L}]*(?:h\/t|hat tip(?: to)?|(?:an? )?(?:excerpt|extract)(?:ed)? from|(?:story|text|words|reporting) (?:from|by|courtesy of)|materials? provided by|theo|com informações d[eoa]s?|con información de|con informazioni d[aiel]+|d.apr[eè]s|за матеріалами|за інформацією|за повідомленням|по материалам|по информации|по сообщению|с сайта|na podstawie|za:?|dle|podle|dikutip dari|sumber|nguồn|ที่มา|출처|출처는|source|quelle|fuente|fonte|источник|джерело|المصدر|منبع)$/u;

/** "The post … appeared first on …": what feeds put under each post, before and behind its title. */
export const THE_POST =
  /(?:^|\s)(?:the (?:post|article|entry|story)|cet article|l.article|le billet|der (?:beitrag|artikel)|la entrada|el art[ií]culo|la publicaci[oó]n|[oa] (?:post|artigo|entrada|publica[cç][aã]o)|l.articolo|il post|het (?:bericht|artikel)|(?:wpis|artyku[lł]|post)|(?:сообщение|запись|статья|публикация|материал)|(?:допис|запис|стаття)|inl[aä]gget|innlegget|indl[aæ]gget|artikkeli|p[rř][ií]sp[eě]vek|[cč]l[aá]nek|articolul|投稿|記事|文章|المقال(?:ة)?|نوشته)$/u;
export const APPEARED_FIRST =
  /^\s*(?:(?:first )?appeared|was (?:first |originally )?published|est (?:apparu|paru)|erschien zuerst|(?:se public[oó]|aparece|apareci[oó]|fue publicad\p{L}) (?:primero|originalmente)|(?:apareceu|foi publicad\p{L}) (?:primeiro|originalmente)|proviene d|[eè] (?:apparso|stato pubblicato)|verscheen (?:eerst|als eerste)|(?:pochodzi z|pojawi[lł]\p{L}* si[eę])|(?:впервые )?(?:появ|опубликован)|(?:вперше )?(?:з.яви|опубліков)|d[oö]k f[oö]rst|dukket f[oø]rst|blev f[oø]rst|julkaistiin|(?:nejd[rř][ií]ve|poprv[eé])|a ap[aă]rut|は\s?|最先出现|首先出现|ظهرت? أولا|اولین بار)/u;

/** Words for the article that another was made from; behind them a "here" leads to it. */
export const NAMES_THE_ORIGINAL =
  /\b(?:original|source|full|complete|entire) (?:article|story|post|piece|text|essay|interview|version|column|blog post|press release|news)\b|\bthe original\b(?! \p{L})|\b(?:first|originally) (?:published|appeared|posted|reported)\b|\boriginal(?:artikel|beitrag|text|meldung|quelle)\b|\b(?:zum|das|im) original\b|\b(?:article|texte|billet) (?:original|d.origine|complet)\b|\bl.original\b|\b(?:art[ií]culo|texto|noticia|nota|publicaci[oó]n|artigo|mat[eé]ria) (?:original|complet[oa])\b|\bel original\b|\b(?:articolo|testo) (?:originale|completo)\b|\bl.originale\b|\b(?:originele|oorspronkelijke|volledige) (?:artikel|bericht|verhaal)\b|\boriginal(?:artikeln?|texten|et)\b|\bopprinnelige? (?:artikkel|sak)|оригинал\p{L}*|первоисточник\p{L}*|полн\p{L}+ (?:верси|текст)\p{L}*|оригінал\p{L}*|першоджерел\p{L}*|\borygina[lł]\p{L}*|\bp[uů]vodn\p{L}+ [cč]l[aá]n\p{L}+|eredeti cikk\p{L}*|orijinal\p{L}*|\bartikel (?:asli|lengkap)|bài (?:viết )?gốc|原文|元記事|원문|المقال الأصلي|النص الأصلي|המאמר המקורי/u;

/** The whole text of a link that says only that it is one. */
export const SAYS_HERE =
  /^(?:here|this|link|this link|on this page|at this link|click here|hier|unter diesem link|ici|sur cette page|cliquez ici|aqu[ií]|en este enlace|neste link|qui|a questo link|h[aä]r|her|здесь|тут|по ссылке|по этой ссылке|за посиланням|tutaj|tu|zde|tady|ide|itt|burada|buradan|di sini|tại đây|ที่นี่|こちら|こちらから|这里|這裡|此处|点击这里|여기|여기서|هنا|اینجا|כאן|यहाँ|εδώ|aici)$/u;

/** What stands behind the name of a source, where the language says it there. */
export const CLAUSE_AFTER =
  /^\s*(?:より(?:引用|転載|抜粋|翻訳)?(?:[。、）)\]]|$)|から(?:転載|引用|翻訳|抜粋)|(?:に|で)(?:掲載された|初出)|에서 (?:전재|인용|발췌|번역|가져)|에 (?:실린|처음 실린)|의 (?:기사|글)(?:를|을) (?:옮긴|번역)|(?:sitesinden|gazetesinden|.?[dt][ae]n) (?:al[iı]nm[iı][sş]t[iı]r|derlenmi[sş]tir|[cç]evrilmi[sş]tir|al[iı]nt[iı]d[iı]r)|(?:zuerst|urspr[uü]nglich) (?:erschienen|ver[oö]ffentlicht)|,? ?(?:article|texte|billet) original\b|,? ?original(?:artikel|beitrag)\b|,? ?art[ií]culo original\b|,? ?\(?original (?:article|story|post|text)\b|(?:first|originally) (?:published|reported|ran|carried|posted|broke) (?:this|the) (?:story|article|post|piece|report|news)|首发|原载)/u;

/** "First reported by": the article tells again what another one found. */
export const FIRST_REPORTED =
  /\bfirst reported (?:by|in|on)\b|\boriginally reported by\b|\bzuerst (?:hatte|berichtete|berichtet)\b|\bzuerst berichtet\p{L}* (?:von|hatte)\b|\bselon une information (?:de|du)\b|\br[eé]v[eé]l[eé]e? par\b|\bseg[uú]n (?:inform[oó]|adelant[oó]|public[oó])\b|\badelantad[oa] por\b|\bcome riportato (?:da|dal)\b|впервые сообщ\p{L}+|первым сообщил\p{L}*/u;

/** An offer, not an article: an app, a subscription, a newsletter. */
export const OFFERS_SOMETHING =
  /\b(?:app|subscription|subscriber|membership|newsletter|e-?paper|print edition|podcast|reader|trial|abo|abonnement|abonnieren|suscripci[oó]n|assinatura|abbonamento|подписк\p{L}*|prenumerata|login|account|free copy|white ?paper|e-?book|demo|webinar)\b|アプリ|购买|订阅|下载/u;

/** The name of an office or of a collection of figures: what is taken from there is figures. */
export const NAMES_FIGURES =
  /statisti|statystyk|estad[ií]stic|estat[ií]stic|статист|統計|统计|통계|إحصاء|\b(?:census|survey|dataset|data set|open data|data ?base|databank|eurostat|worldometer|our world in data|indicator|istat|insee|destatis|cbs statline|[uú]rad|office for national|bureau of (?:labor|statistics)|umfrage|sondage|encuesta|opros)\b/iu;
/** The same in an address. */
export const ADDRESS_OF_FIGURES =
  /(?:^|[/.])(?:stats?|statistics?|statistik|statistiques|data|dataset|datasets|databank|census|indicators?|tables?|charts?)[/.]|\.(?:csv|xlsx?|ods|tsv)$/i;
