import { countWords } from '../support/words.ts';
import type { PageReading } from './read-page.ts';

/** A text longer than this is read past any wall. */
const MOST_WORDS = 250;
/** A page that has nothing of its article says so shortly; what is longer may be an article about such pages. */
const MOST_OF_A_NOTICE = 90;

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
  'subscribe (?:now )?to (?:continue|read|keep|unlock)|subscribers only|(?:only|exclusively) for (?:our )?subscribers|already a subscriber|this (?:article|story|content) is (?:for|available to|reserved for|exclusive(?:ly)? (?:to|for)) (?:paid |paying |our )?(?:subscribers|members)|to (?:continue|keep) reading,? (?:subscribe|become)|start your (?:free )?(?:trial|subscription)|unlock this (?:article|story)|continue reading with (?:a|your) subscription|you have (?:read|reached) (?:all )?your (?:\\p{L}+ )?free (?:articles|stories)|(?:become a|join as a) (?:paid )?member to (?:read|continue)',
  '(?:diesen artikel |jetzt |sofort )?weiterlesen mit (?:dem )?[\\p{L}\\d]+|diesen artikel weiterlesen|jetzt (?:abonnieren|testen|freischalten)|(?:nur|exklusiv) f[uü]r (?:unsere )?abonnent(?:en|innen)|bereits abonnent|dieser (?:artikel|inhalt|text) ist (?:nur )?f[uü]r abonnent|mit (?:\\p{L}+ )?abo weiterlesen',
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
  'wir (?:und unsere (?:\\d+ )?partner )?(?:verwenden|nutzen|setzen|speichern) (?:\\p{L}+ )?cookies|(?:wir (?:achten|respektieren|sch[aä]tzen) ihre privatsph[aä]re|ihre privatsph[aä]re ist uns wichtig)|alle (?:cookies )?akzeptieren|akzeptieren und weiter|mit werbung (?:weiter)?lesen|datenschutz-?einstellungen',
  '(?:nous|nous et nos (?:\\d+ )?partenaires) (?:utilisons|stockons|respectons)|(?:nous respectons|le respect de) votre vie priv[eé]e|continuer sans accepter|tout accepter|param[eé]trer (?:les )?cookies',
  '(?:nosotros|con) (?:y )?nuestros (?:\\d+ )?socios|valoramos (?:tu|su) privacidad|(?:tu|su) privacidad (?:nos importa|es importante)|aceptar (?:todas las |todo|las )?cookies|configurar cookies',
  '(?:n[oó]s e )?(?:os )?nossos (?:\\d+ )?parceiros|valorizamos (?:a )?sua privacidade|aceitar (?:todos os |os )?cookies|aceitar (?:e continuar|tudo)',
  'noi e i nostri (?:\\d+ )?partner|(?:rispettiamo la tua privacy|la tua privacy [eè] importante)|accetta (?:tutti|e continua|i cookie)|continua senza accettare',
  'wij en onze (?:\\d+ )?partners|(?:wij respecteren (?:je|uw) privacy|(?:je|uw) privacy is belangrijk)|alle cookies accepteren|szanujemy (?:twoj[aą] )?prywatno[sś][cć]|(?:my i )?nasi (?:\\d+ )?(?:zaufani )?partnerzy|zaakceptuj wszystkie',
  'мы (?:и наши партн[её]ры )?используем (?:файлы )?cookie|принять все|gizlili[gğ]inize (?:de[gğ]er|[oö]nem)|t[uü]m [cç]erezleri kabul',
  '(?:すべて(?:の)?|全ての)?(?:クッキー|cookie)を(?:受け入れる|許可|使用して)|接受所有 ?cookie|接受全部 ?cookie|我们和我们的合作伙伴|모든 쿠키 (?:허용|수락)',
);
const MISSING = phrases(
  "(?:this|the) page (?:that )?(?:you (?:asked|were looking|are looking) for |you requested )?(?:(?:cannot|could not|can't|couldn't|was not) be found|was not found|not found|does(?: not|n't) exist|(?:is )?no longer (?:exists|available))|page not found|(?:error|fehler|erreur|errore|erro|fout|b[lł][aą]d|ошибка) 404|404 (?:not found|error|-|–|—)",
  '(?:seite|artikel) (?:konnte )?(?:leider )?nicht gefunden|(?:diese|die) seite (?:existiert|gibt es) (?:leider )?nicht|seite ist nicht mehr verf[uü]gbar',
  "(?:page|article) (?:est )?introuvable|cette page n'existe (?:pas|plus)|page non trouv[eé]e",
  'p[aá]gina no (?:encontrada|existe|disponible)|no (?:hemos podido encontrar|encontramos|se (?:ha )?encontr(?:[oó]|ado)) la p[aá]gina',
  'p[aá]gina n[aã]o (?:foi )?(?:encontrada|existe)|pagina non (?:trovata|esiste|disponibile)|pagina (?:is )?niet gevonden|nie znaleziono strony|strona nie (?:zosta[lł]a znaleziona|istnieje)',
  'страница не (?:найдена|существует)|sayfa bulunamad[iı]|ページ(?:が|は)見つかりません|(?:页面|网页|頁面|網頁)(?:不存在|找不到|未找到)|(?:无法|無法|没有)找到(?:该|此)?(?:页面|頁面)|페이지를 찾을 수 없',
);

/** What stands before a page's text, as the beginning of a sentence; null where the text is there. */
export function wallOf({ text, metadata }: Pick<PageReading, 'text' | 'metadata'>): string | null {
  const words = countWords(text);
  if (words > MOST_WORDS) return null;
  const said = straight(text);
  const title = straight(metadata.title ?? '');
  const isShort = words <= MOST_OF_A_NOTICE;
  if ((isShort && CHECK.test(said)) || CHECK.test(title)) return 'the page is a check for robots';
  if (isShort && SCRIPT.test(said)) return 'the page needs scripts to show its text';
  if (isShort && MISSING.test(said)) return 'the page says that there is none at its address';
  if (LOGIN.test(said)) return 'the page asks for a login';
  if (PAY.test(said) || !metadata.free) return 'the page is for subscribers';
  return CONSENT.test(said) ? 'the page asks for consent to cookies' : null;
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
