import { countWords, firstWords, foldedWords } from '../support/words.ts';
import type { PageReading } from './read-page.ts';

/** A text longer than this is read past any wall. */
const MOST_WORDS = 250;
/** And so is one with more letters: whatever its words are, they are not a notice's. */
const MOST_CHARACTERS = 20_000;
/** A page that has nothing of its article says so shortly; what is longer may be an article about such pages. */
const MOST_OF_A_NOTICE = 90;
/** Of a longer page these first words, and a title this short, may be a notice's. */
const MOST_OF_A_BEGINNING = 30;
const MOST_OF_A_TITLE = 12;
/** Shorter words say little of what a text is about, but where each letter is a word or a syllable. */
const SHORTEST_TELLING = 4;
const UNSPACED = /[\p{sc=Han}\p{sc=Katakana}\p{sc=Hangul}]/u;
/** Characters at the end of a text where an offer that cuts it short may stand. */
const MOST_OF_AN_END = 400;

// What such pages say to their reader, in the languages that most of the web is written in. Every phrase speaks to whoever
// stands before the page (an order, an offer, an excuse): an article about cookies or subscriptions does not. Apostrophes
// are straight and letters of any case; a phrase begins and ends where a word does.

const CHECK = phrases(
  'just a moment|checking (?:if the site connection is secure|your browser)|verif(?:y|ying) (?:that )?you are (?:a )?human|(?:confirm|prove) (?:that )?you are (?:not a robot|(?:a )?human)|are you a robot|enable javascript and cookies to continue|please enable cookies|access (?:to this page has been )?denied|unusual traffic from your|attention required|captcha|pardon our interruption|request unsuccessful',
  '(?:sind sie ein|kein) (?:mensch|roboter)\\b.{0,40}best[aä]tigen|best[aä]tigen sie,? dass sie (?:ein mensch|kein roboter) sind|ihr browser wird [uü]berpr[uü]ft|ungew[oö]hnliche[rn] datenverkehr (?:aus|von) ihrem',
  "(?:confirmez|v[eé]rifi(?:ez|ons)) que vous (?:[eê]tes (?:bien )?(?:un )?humain|n'[eê]tes pas un robot)|v[eé]rification de votre navigateur|trafic (?:inhabituel|exceptionnel) (?:provenant )?de votre",
  '(?:confirma|confirme|verifica|verifique|verificando) que (?:eres (?:un )?humano|es (?:un )?humano|no (?:eres|es) un robot)|comprobando (?:tu|su) navegador|tr[aá]fico inusual (?:procedente )?de (?:tu|su) red',
  '(?:confirme|verifique|verificando se|prove) (?:que )?voc[eê] (?:[eé] (?:um )?humano|n[aã]o [eé] um rob[oô])|verificando (?:o )?seu navegador|tr[aá]fego incomum (?:vindo )?d[ae] sua rede',
  '(?:conferma|verifica) (?:di|che) (?:non )?(?:essere|sei) (?:un )?(?:umano|essere umano|robot)|controllo del (?:tuo )?browser|traffico insolito (?:proveniente )?dalla tua rete',
  'bevestig dat (?:je|u) (?:een mens|geen robot) bent|(?:je|uw) browser wordt gecontroleerd',
  'potwierd[zź],? [zż]e (?:jeste[sś] cz[lł]owiekiem|nie jeste[sś] robotem)|sprawdzanie przegl[aą]darki',
  'подтвердите,? что (?:вы (?:не робот|человек)|запросы отправляли вы)|проверка (?:вашего )?браузера|вы не робот',
  'robot olmad[iı][gğ][iı]n[iı]z[iı] do[gğ]rulay[iı]n|insan oldu[gğ]unuzu do[gğ]rulay[iı]n',
  '(?:あなた|お客様)が(?:ロボット|人間)で(?:ない|ある)こと|ロボットではありません|人间验证|您不是机器人|请完成(?:安全)?验证|確認您是人類|로봇이 아닙니다',
);
const SCRIPT = phrases(
  "(?:please |you (?:need|have) to |must )(?:enable|activate|turn on|allow) (?:javascript|js)|(?:javascript|js) (?:is|must be|has to be|needs to be) (?:required|disabled|enabled|turned (?:on|off))|(?:requires|needs|without) javascript|(?:app|page|site|website) (?:works best|doesn't work|does not work) (?:with|without) javascript",
  'bitte (?:aktivieren|erlauben) sie javascript|javascript (?:ist (?:deaktiviert|erforderlich)|aktivieren|muss aktiviert)|ben[oö]tigt javascript',
  'veuillez activer (?:le )?javascript|activez (?:le )?javascript|javascript est (?:d[eé]sactiv[eé]|requis|n[eé]cessaire)',
  '(?:active|activa|habilite|habilita|activar|habilitar) javascript|javascript (?:est[aá] (?:desactivado|deshabilitado)|es necesario)',
  '(?:ative|habilite|ativar) (?:o )?javascript|javascript (?:est[aá] desativado|[eé] necess[aá]rio)',
  '(?:attiva|abilita|attivare|abilitare) javascript|javascript (?:[eè] (?:disattivato|disabilitato|necessario))',
  "schakel javascript in|javascript (?:is uitgeschakeld|inschakelen)|w[lł][aą]cz(?:y[cć])? (?:obs[lł]ug[eę] )?javascript|включите (?:поддержку )?javascript|javascript отключ[её]н|javascript'?i etkinle[sş]tirin",
  'javascriptを(?:有効|オン)に|请(?:启用|开启|打开) ?javascript|請(?:啟用|開啟) ?javascript|javascript를 (?:활성화|사용)',
);
const LOGIN = phrases(
  '(?:log|sign) in (?:or (?:register|subscribe|sign up) )?to (?:continue|go on|read|view|see|access)|please (?:log|sign) in|you (?:must|need to|have to) (?:be logged in|log in|sign in)|create (?:a free|an|your free) account to (?:continue|read|view)|register (?:for free |now )?to (?:continue|read|view)|forg(?:ot|otten) your password',
  '(?:bitte )?(?:melden sie sich an|einloggen|anmelden|registrieren)(?:,)? (?:um )?(?:weiterzulesen|zum weiterlesen|und weiterlesen|um (?:den artikel|diesen artikel|fortzufahren))|melden sie sich (?:bitte )?an|passwort vergessen',
  '(?:connectez|identifiez|inscrivez)-vous (?:pour|afin)|vous devez (?:[eê]tre connect[eé]|vous connecter)|mot de passe oubli[eé]',
  '(?:inicia|inicie|iniciar) sesi[oó]n para|reg[ií]str(?:ate|ese) (?:gratis )?para|debes iniciar sesi[oó]n|(?:olvidaste|olvid[oó]) (?:tu|su) contrase[nñ]a',
  '(?:fa[cç]a|entre com seu) login para|(?:entre|cadastre-se|registre-se) (?:gr[aá]tis )?para (?:continuar|ler)|esquec(?:eu|i) (?:a|sua|minha) senha',
  "(?:accedi|effettua l'accesso|registrati) (?:gratis )?per (?:continuare|leggere)|(?:hai dimenticato la|password) (?:password|dimenticata)",
  'log in om (?:verder|te lezen)|(?:meld je|registreer je) (?:gratis )?(?:aan )?om|wachtwoord vergeten',
  'zaloguj si[eę],? (?:aby|[zż]eby)|zapomnia[lł]e[sś] has[lł]a|войдите,? чтобы|авторизуйтесь,? чтобы|забыли пароль|giri[sş] yap(?:[iı]n)? (?:ve|okumak)|[sş]ifre(?:ni|nizi)?(?:mi)? unuttu',
  'ログイン(?:して(?:続き|ください)|が必要)|パスワードを(?:お忘れ|忘れた)|(?:请|請)先?(?:登录|登錄|登入)|忘记密码|忘記密碼|로그인(?:이 필요|해 주세요|하세요)|비밀번호를 잊으',
);
const PAY = phrases(
  'subscribe (?:now )?to (?:continue|read|keep|unlock)|subscribers only|(?:only|exclusively) for (?:our )?subscribers|already a subscriber|this (?:article|story|content) is (?:for|available to|reserved for|exclusive(?:ly)? (?:to|for)) (?:paid |paying |our )?(?:subscribers|members)|to (?:continue|keep) reading,? (?:subscribe|become)|start your (?:free )?(?:trial|subscription)|unlock this (?:article|story)|continue reading with (?:a|your) subscription|you have (?:read|reached) (?:all )?your (?:\\p{L}{1,30} )?free (?:articles|stories)|(?:become a|join as a) (?:paid )?member to (?:read|continue)',
  '(?:diesen artikel |jetzt |sofort )?weiterlesen mit (?:dem )?[\\p{L}\\d]+|diesen artikel weiterlesen|jetzt (?:abonnieren|testen|freischalten)|(?:nur|exklusiv) f[uü]r (?:unsere )?abonnent(?:en|innen)|bereits abonnent|dieser (?:artikel|inhalt|text) ist (?:nur )?f[uü]r abonnent|mit (?:\\p{L}{1,30} )?abo weiterlesen',
  'r[eé]serv[eé]e?s? (?:aux|[aà] nos) abonn[eé]s|(?:abonnez|abonne)-(?:vous|toi) pour|d[eé]j[aà] abonn[eé]|il vous reste \\d+ ?% de cet article|lire la suite avec (?:un|votre) abonnement',
  '(?:contenido|art[ií]culo|noticia) (?:exclusiv[oa] )?para (?:suscriptores|socios)|suscr[ií]b(?:ete|ase) para|ya (?:soy|eres) suscriptor|solo para suscriptores',
  'conte[uú]do exclusivo para (?:assinantes|membros)|assine (?:agora )?para (?:ler|continuar)|exclusivo para assinantes|j[aá] [eé] assinante',
  '(?:riservat[oa]|contenuto|articolo) (?:solo )?(?:agli|per gli) abbonati|abbonati per (?:continuare|leggere)|sei gi[aà] abbonato',
  'alleen voor abonnees|(?:word|neem een) abonn(?:ee|ement) om|al abonnee|tylko dla (?:subskrybent[oó]w|prenumerator[oó]w)|(?:wykup|kup) (?:dost[eę]p|prenumerat[eę]|subskrypcj[eę]),? (?:aby|[zż]eby|i czytaj)',
  'только для подписчиков|оформите подписку,? чтобы|(?:sadece|yaln[iı]zca) abonelere|okumak i[cç]in abone ol',
  '(?:この記事は|続きは)(?:有料)?会員|有料会員(?:限定|になると)|残り\\d+文字|(?:订阅|訂閱)(?:后|後|以)?(?:继续|繼續|阅读|閱讀)|(?:仅限|僅限)(?:会员|會員|订阅|訂閱)|구독자 전용|구독하고 계속',
);
const CONSENT = phrases(
  'we (?:value|respect|care about) your privacy|before you (?:continue|go on)(?: to)?|(?:we and )?our (?:\\d+ )?partners (?:store|use|process)|accept (?:all )?cookies|cookie (?:consent|preferences|settings)|with your consent,? we|by (?:clicking|choosing) (?:accept|agree)',
  'wir (?:und unsere (?:\\d+ )?partner )?(?:verwenden|nutzen|setzen|speichern) (?:\\p{L}{1,30} )?cookies|(?:wir (?:achten|respektieren|sch[aä]tzen) ihre privatsph[aä]re|ihre privatsph[aä]re ist uns wichtig)|alle (?:cookies )?akzeptieren|akzeptieren und weiter|mit werbung (?:weiter)?lesen|datenschutz-?einstellungen',
  '(?:nous|nous et nos (?:\\d+ )?partenaires) (?:utilisons|stockons|respectons)|(?:nous respectons|le respect de) votre vie priv[eé]e|continuer sans accepter|tout accepter|param[eé]trer (?:les )?cookies',
  '(?:nosotros|con) (?:y )?nuestros (?:\\d+ )?socios|valoramos (?:tu|su) privacidad|(?:tu|su) privacidad (?:nos importa|es importante)|aceptar (?:todas las |todo|las )?cookies|configurar cookies',
  '(?:n[oó]s e )?(?:os )?nossos (?:\\d+ )?parceiros|valorizamos (?:a )?sua privacidade|aceitar (?:todos os |os )?cookies|aceitar (?:e continuar|tudo)',
  'noi e i nostri (?:\\d+ )?partner|(?:rispettiamo la tua privacy|la tua privacy [eè] importante)|accetta (?:tutti|e continua|i cookie)|continua senza accettare',
  'wij en onze (?:\\d+ )?partners|(?:wij respecteren (?:je|uw) privacy|(?:je|uw) privacy is belangrijk)|alle cookies accepteren|szanujemy (?:twoj[aą] )?prywatno[sś][cć]|(?:my i )?nasi (?:\\d+ )?(?:zaufani )?partnerzy|zaakceptuj wszystkie',
  'мы (?:и наши партн[её]ры )?используем (?:файлы )?cookie|принять все|gizlili[gğ]inize (?:de[gğ]er|[oö]nem)|t[uü]m [cç]erezleri kabul',
  '(?:すべて(?:の)?|全ての)?(?:クッキー|cookie)を(?:受け入れる|許可|使用して)|接受所有 ?cookie|接受全部 ?cookie|我们和我们的合作伙伴|모든 쿠키 (?:허용|수락)',
);
const MISSING = phrases(
  "(?:this|the|that) (?:page|article|story|link|content|document|address)(?: that)?(?: you(?:'re| are| were|'ve| have)? (?:\\p{L}{1,30} ){0,2}(?:asked|looking|look|requested|tried|trying|followed|clicked|entered)(?: for| to \\p{L}{1,30}| on)?)? (?:(?:may|might|could|seems to|appears to) (?:have been|be) (?:moved|removed|deleted|renamed|gone|broken)|(?:cannot|could not|can't|couldn't|was not|wasn't) be found|(?:was|is) not found|not found|does(?: not|n't) exist|(?:is )?no longer (?:here|exists|available)|is not available(?: any ?more)?|has (?:been (?:moved|removed|deleted)|expired|moved))|(?:page|article|story|document|content) (?:you(?:'re| are| were)? (?:\\p{L}{1,30} )?(?:asked for|looking for|requested)|not found)|(?:we|sorry,? we) (?:can't|cannot|couldn't|could not|can not) find (?:the|that|this) page|(?:error|fehler|erreur|errore|erro|fout|b[lł][aą]d|ошибка|fel|fejl|feil|chyba|hiba|eroare|помилка|lỗi|kesalahan) 404|404 (?:not found|error|page|-|–|—)|nothing (?:was found|here) at (?:this|that) (?:address|location)",
  '(?:seite|artikel|inhalt|beitrag)(?: \\p{L}{1,30}){0,3} (?:leider )?nicht (?:mehr )?(?:gefunden|verf[uü]gbar|vorhanden|existiert)|(?:diese|die)(?: \\p{L}{1,30}){0,3} seite (?:existiert|gibt es) (?:leider )?nicht|(?:von ihnen|von dir) (?:gesuchte|aufgerufene|angeforderte|gew[uü]nschte)|(?:gesuchte|angeforderte|aufgerufene) (?:seite|artikel|inhalt)|dieser (?:artikel|beitrag|inhalt) (?:ist|steht) (?:leider )?nicht (?:mehr|l[aä]nger)',
  "(?:page|article|contenu) (?:demand[eé]e? |recherch[eé]e? |que vous (?:\\p{L}{1,30} ){1,2})?(?:est |semble )?(?:introuvable|inexistante?)|(?:page|article|contenu)(?: \\p{L}{1,30}){0,4} n'(?:existe|est|a) (?:pas|plus)(?: (?:disponible|[eé]t[eé] trouv[eé]e?|accessible))?|page non trouv[eé]e|nous n'avons pas trouv[eé] (?:la|cette|votre) page",
  'p[aá]gina(?: \\p{L}{1,30}){0,4} no (?:se (?:ha )?(?:encontr(?:ada|[oó]|ado|[aá])|encuentra)|encontrada|existe|est[aá] disponible|ha sido encontrada)|no (?:hemos podido|pudimos|podemos) encontrar (?:la p[aá]gina|lo que)|no (?:encontramos|se (?:ha )?encontr(?:[oó]|ado)) la p[aá]gina|(?:este|el) (?:art[ií]culo|contenido) (?:ya )?no est[aá] disponible',
  "p[aá]gina(?: \\p{L}{1,30}){0,4} n[aã]o (?:foi )?(?:encontrada|existe|est[aá] dispon[ií]vel)|n[aã]o (?:conseguimos|foi poss[ií]vel) encontrar (?:a|esta|essa) p[aá]gina|pagina(?: \\p{L}{1,30}){0,4} non (?:[eè] (?:stata )?)?(?:trovata|esiste|disponibile)|(?:questo|l')(?: ?articolo| ?contenuto) non [eè] pi[uù] disponibile|pagina(?: \\p{L}{1,30}){0,4} (?:is )?(?:niet (?:meer )?(?:gevonden|beschikbaar)|bestaat niet)|dit artikel is niet (?:meer|langer) beschikbaar",
  'nie znaleziono (?:takiej )?strony|strona(?:,? \\p{L}{1,30}){0,4},? nie (?:zosta[lł]a znaleziona|istnieje)|artyku[lł] (?:nie jest ju[zż] dost[eę]pny|nie istnieje)',
  'страниц[аы](?:,? \\p{L}{1,30}){0,4},? не (?:найден[аы]|существует)|(?:запрашиваем|запрошенн|искомая)\\p{L}{0,30}(?: вами)? страниц|сторінк[аиу](?:,? \\p{L}{1,30}){0,4},? не (?:знайдено|існує)|страницата не (?:е намерена|съществува)|страница није пронађена',
  'sayfa(?: \\p{L}{1,30}){0,2} (?:bulunamad[iı]|mevcut de[gğ]il)|arad[iı][gğ][iı]n[iı]z (?:sayfa|i[cç]erik|haber)|sid[ae]n(?:,? \\p{L}{1,30}){0,4},? (?:kunde inte hittas|hittades inte|finns (?:inte|ej)|(?:blev )?ikke (?:fundet|funnet)|findes ikke|finnes ikke|kan ikke findes)|fant ikke (?:siden|siden du)|sivua ei l[oö]yt|etsim[aä][aä]si sivua|str[aá]nk[au](?:,? \\p{L}{1,30}){0,4},? (?:nebyla nalezena|nenalezena|neexistuje|sa nena[sš]la|nebola n[aá]jden[aá])|az? (?:oldal|keresett oldal) nem (?:tal[aá]lhat[oó]|l[eé]tezik)|pagina(?: \\p{L}{1,30}){0,3} nu (?:a fost g[aă]sit[aă]|exist[aă]|este disponibil[aă])|stranica nije prona[dđ]ena|stran ni (?:bila )?najdena',
  'η σελίδα(?: \\p{L}{1,30}){0,4} δεν (?:βρέθηκε|υπάρχει)|الصفحة(?: \\p{L}{1,30}){0,5} غير (?:موجودة|متوفرة|متاحة)|لم يتم العثور على الصفحة|(?:העמוד|הדף)(?: \\p{L}{1,30}){0,3} (?:לא נמצא|אינו קיים|לא קיים)|صفحه(?: \\p{L}{1,30}){0,4} (?:یافت|پیدا) نشد',
  'halaman(?: \\p{L}{1,30}){0,5} tidak (?:ditemukan|ada|tersedia)|không tìm thấy trang|trang(?: \\p{L}{1,30}){0,5} không tồn tại|(?:पृष्ठ|पेज) (?:नहीं मिला|मौजूद नहीं)|ไม่พบหน้า',
  '(?:お探しの|指定された|ご指定の|アクセスしようとした)(?:ページ|記事)|(?:ページ|記事)(?:が|は)(?:見つかりません|存在しません|削除され)|(?:页面|网页|頁面|網頁|文章|内容|內容)(?:不存在|找不到|未找到|已(?:被|经|經)?(?:删除|刪除|移除))|(?:无法|無法|没有|沒有|未)找到(?:该|此|您\\p{L}{0,4}的)?(?:页面|頁面|网页|網頁)|您(?:所)?(?:访问|訪問|查找|请求|請求|要找)的|(?:페이지|기사)(?:를|을) 찾을 수 없|존재하지 않는 (?:페이지|기사)|삭제된 (?:페이지|기사)',
);
const BROKEN = phrases(
  "(?:an|some) (?:\\p{L}{1,30} )?error (?:has )?occurred|(?:something|things) (?:has |have )?(?:went|gone) wrong|(?:please )?(?:try again|check back|come back) (?:later|soon|shortly|in a (?:few|little|moment|minute|while))|(?:500|internal) (?:internal )?server error|(?:503 )?service (?:temporarily )?unavailable|50[234] (?:bad gateway|service|gateway)|bad gateway|gateway time-?out|too many requests|error establishing a database connection|(?:down|closed|offline) for (?:\\p{L}{1,30} )?maintenance|(?:we are|we're|is) (?:currently |now )?(?:carrying out|performing|undergoing|under) (?:\\p{L}{1,30} )?maintenance|(?:will|we'll) be back (?:online )?(?:soon|shortly|in a)|(?:fatal|parse|uncaught) (?:error|exception|typeerror): |stack trace:|contact the (?:server|site|website) administrator|(?:site|page|server|content|article|video) is (?:temporarily|currently) (?:unavailable|unable|down|offline)|server is (?:too )?busy",
  '(?:ein|unerwarteter|interner|technischer) fehler (?:ist )?(?:aufgetreten|passiert)|(?:da|hier|etwas) ist (?:etwas )?(?:schief ?ge(?:gangen|laufen))|versuch(?:en|e)?(?: sie)? (?:es )?(?:bitte )?(?:(?:etwas|zu einem) )?sp[aä]ter(?:en zeitpunkt)? (?:noch einmal|erneut|nochmals|wieder)|wegen wartungsarbeiten|(?:seite|website|dienst|server|angebot)(?: \\p{L}{1,30}){0,3} (?:vor[uü]bergehend|derzeit|zurzeit|momentan) nicht (?:erreichbar|verf[uü]gbar)|in k[uü]rze wieder (?:f[uü]r sie )?(?:da|erreichbar|verf[uü]gbar)',
  "une erreur (?:\\p{L}{1,30} )?(?:est survenue|s'est produite)|(?:r[eé]essayer|r[eé]essayez|revenez|revenir) (?:plus tard|ult[eé]rieurement|dans quelques)|(?:site|service|page)(?: \\p{L}{1,30}){0,2} (?:en (?:cours de )?maintenance|(?:temporairement|momentan[eé]ment) (?:indisponible|inaccessible))|de retour (?:tr[eè]s )?(?:bient[oô]t|dans quelques)",
  '(?:ha ocurrido|se ha producido|ocurri[oó]|se produjo) un (?:\\p{L}{1,30} )?error|(?:int[eé]ntalo|int[eé]ntelo|intente|vuelve a intentarlo|vuelva a intentarlo)(?: de nuevo| nuevamente)? m[aá]s tarde|(?:algo|ha) (?:ha )?(?:salido|fue|sali[oó]) mal|(?:estamos|sitio|p[aá]gina|web) en mantenimiento|no (?:se encuentra|est[aá]) disponible (?:temporalmente|en este momento)',
  '(?:ocorreu|houve) um (?:\\p{L}{1,30} )?erro|tente (?:novamente|de novo|outra vez)(?: mais tarde| em)|algo (?:deu errado|correu mal)|(?:estamos|site) em manuten[cç][aã]o|(?:si [eè] verificato|[eè] avvenuto) un (?:\\p{L}{1,30} )?errore|(?:riprova|riprovare|riprovate|ritenta) (?:pi[uù] tardi|tra)|qualcosa [eè] andato storto|(?:siamo|sito) in manutenzione',
  '(?:er is|daar is) (?:\\p{L}{1,30} )?(?:iets (?:fout|mis)|een (?:\\p{L}{1,30} )?fout)|probeer (?:het )?(?:later|over enkele)|(?:website|site|pagina) is (?:tijdelijk|momenteel) (?:niet|offline|onbereikbaar)|wyst[aą]pi[lł] (?:\\p{L}{1,30} )?b[lł][aą]d|spr[oó]buj ponownie|co[sś] posz[lł]o nie tak|przerwa techniczna',
  'произошла (?:\\p{L}{1,30} )?ошибка|(?:попробуйте|повторите|зайдите)(?: \\p{L}{1,30}){0,2} (?:позже|позднее)|что-то пошло не так|(?:ведутся|проводятся|на) (?:технические|профилактические|техническ\\p{L}{1,30}) (?:работы|обслуживани)|сайт временно недоступен|(?:сталася|виникла) (?:\\p{L}{1,30} )?помилка|спробуйте (?:\\p{L}{1,30} )?пізніше',
  'bir (?:\\p{L}{1,30} )?hata olu[sş]tu|tekrar deneyin|bak[iı]m (?:[cç]al[iı][sş]mas[iı]|nedeniyle)|n[aå]got gick (?:fel|snett)|noe gikk galt|noget gik galt|(?:f[oö]rs[oö]k|pr[oø]v) igen(?: senere)?|pr[oø]v igjen|ett (?:\\p{L}{1,30} )?fel (?:har )?(?:uppst[aå]tt|intr[aä]ffade)|jokin meni (?:pieleen|vikaan)|yrit[aä] (?:my[oö]hemmin )?uudelleen|do[sš]lo k (?:\\p{L}{1,30} )?chyb[eě]|zkuste to (?:\\p{L}{1,30} )?pozd[eě]ji|hiba t[oö]rt[eé]nt|pr[oó]b[aá]lja [uú]jra|a ap[aă]rut o eroare|[iî]ncerca[tț]i (?:din nou|mai t[aâ]rziu)',
  '(?:παρουσιάστηκε|προέκυψε) (?:\\p{L}{1,30} )?σφάλμα|δοκιμάστε (?:ξανά|αργότερα)|حدث خطأ|(?:يرجى|الرجاء) المحاولة|אירעה שגיאה|נסו שוב|خطایی رخ|terjadi kesalahan|(?:silakan )?coba lagi(?: nanti)?|đã xảy ra lỗi|vui lòng thử lại|कोई त्रुटि|पुनः प्रयास करें|เกิดข้อผิดพลาด',
  'エラーが発生|メンテナンス(?:中|のため)|(?:しばらく|時間を(?:おい|置い)て)(?:お待ち|してから|経ってから|から)|(?:系统|系統|服务器|伺服器|网站|網站)(?:繁忙|出错|錯誤|错误|(?:正在)?(?:维护|維護))|(?:请|請)稍(?:后|後|候)再?(?:试|試|重试)|(?:发生|發生|出现)(?:了)?(?:未知)?(?:错误|錯誤)|오류가 발생|다시 시도해 ?주(?:세요|십시오)|점검 ?중',
);
const ABROAD = phrases(
  "(?:not|isn't|is not|unavailable|blocked)(?: currently)? (?:available )?in your (?:region|country|location|area)|(?:access|accessing) (?:\\p{L}{1,30} ){0,4}(?:from a country|from your country|from outside)|unavailable (?:for|due to) legal reasons|not available to (?:readers|visitors|users) in (?:the eu|europe|the european|most european)|(?:most|to) european countries due to",
  'in (?:ihrem|deinem) land (?:\\p{L}{1,30} )?nicht verf[uü]gbar|pas disponible dans votre (?:pays|r[eé]gion)|no (?:est[aá] )?disponible en (?:tu|su) (?:pa[ií]s|regi[oó]n)|n[aã]o (?:est[aá] )?dispon[ií]vel (?:no seu pa[ií]s|na sua regi[aã]o)|non (?:[eè] )?disponibile nel tuo paese|недоступ\\p{L}{1,30} в вашей стране|(?:お住まいの|ご利用の)(?:国|地域)|您所在的(?:地区|国家|地區|國家)',
);

const SAYS = {
  check: 'the page is a check for robots',
  script: 'the page needs scripts to show its text',
  missing: 'the page says that there is none at its address',
  broken: 'the page tells of an error in its article’s place',
  abroad: 'the page is not shown to readers from here',
  login: 'the page asks for a login',
  pay: 'the page is for subscribers',
  consent: 'the page asks for consent to cookies',
} as const;

/** Words that are all of a page that has nothing else to say. An article about such a thing names what it is about. */
const NOTICES: ReadonlySet<string> = new Set([SAYS.check, SAYS.missing, SAYS.broken, SAYS.abroad]);
/** What such a page says of itself (title, dates, address, picture) may still be its article's. */
const OF_THE_ARTICLE: ReadonlySet<string> = new Set([SAYS.script, SAYS.pay]);

type Read = Pick<PageReading, 'text' | 'metadata'> & { readonly below?: string };

/**
 * What stands before a page's text, as the beginning of a sentence; null where the text is there.
 * @param title the article's, as its feed has it: a text that speaks of the same is no notice
 */
export function wallOf(page: Read, title: string | null = null): string | null {
  return toldWall(page, title) ?? (isLong(page) || page.metadata.free ? null : SAYS.pay);
}

/** The same by the page's own words alone: one that only declares itself as paid for may show its text all the same. */
export function toldWall(page: Read, title: string | null): string | null {
  const wall = wallAmongWords(page);
  return wall !== null && title !== null && NOTICES.has(wall) && speaksOf(page.text, title) ? null : wall;
}

function speaksOf(text: string, title: string): boolean {
  const words = new Set(foldedWords(title).filter((word) => word.length >= SHORTEST_TELLING || UNSPACED.test(word)));
  return words.size > 1 && words.intersection(new Set(foldedWords(text))).size >= words.size / 2;
}

function wallAmongWords({ text, metadata, below = '' }: Read): string | null {
  const words = countWords(text);
  if (words > MOST_WORDS) return null;
  // Words may be of any length.
  const said = straight(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text);
  const title = straight(metadata.title ?? '');
  const isShort = words <= MOST_OF_A_NOTICE;
  if ((isShort && CHECK.test(said)) || CHECK.test(title)) return SAYS.check;
  if (isShort && SCRIPT.test(said)) return SAYS.script;
  // A list of other stories may follow.
  const beginning = isShort ? said : firstWords(said, MOST_OF_A_BEGINNING);
  const told = countWords(title) <= MOST_OF_A_TITLE ? `${title}\n${beginning}` : beginning;
  // Before what is missing: it is missing here alone.
  if (ABROAD.test(told)) return SAYS.abroad;
  if (MISSING.test(told)) return SAYS.missing;
  if (BROKEN.test(told)) return SAYS.broken;
  // A wall begins a page or ends what is shown of it; what asks for a login in between asks for comments.
  const edges = isShort ? said : `${beginning}\n${said.slice(-MOST_OF_AN_END)}`;
  if (LOGIN.test(edges)) return SAYS.login;
  // The offer that cuts a text short is no part of it, and was left out.
  if (PAY.test(edges) || PAY.test(straight(below))) return SAYS.pay;
  return CONSENT.test(beginning) ? SAYS.consent : null;
}

/** Whether a page has nothing of its article: not even its title, dates and picture are to be believed. */
export function isOfAnother(wall: string | null): boolean {
  return wall !== null && !OF_THE_ARTICLE.has(wall);
}

function isLong({ text }: Read): boolean {
  return countWords(text) > MOST_WORDS;
}

function straight(text: string): string {
  return text.normalize('NFC').replaceAll(/[’ʼ]/g, "'");
}

/** One expression of them all. Scripts without spaces have no beginnings and ends of words to look at. */
function phrases(...languages: readonly string[]): RegExp {
  return new RegExp(
    `(?:(?<![\\p{L}\\p{N}])|(?<=[^\\p{ASCII}]))(?:${languages.join('|')})(?:(?![\\p{sc=Latin}\\p{sc=Cyrillic}\\p{N}])|$)`,
    'iu',
  );
}
