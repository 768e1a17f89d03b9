/**
 * Common words of the languages of news, the commonest first: background frequencies for a window that has seen little
 * yet. Written down for this project from what its authors know of these languages; nothing is counted from a corpus.
 * Folded as words are compared, so diacritics do not matter. A list a tier: see `TIER_SHARES`.
 */
export const COMMON_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: [
    ['the of to a an in and for on that is it with as at by was from be are has have he not but his', 'this'].join(' '),
    [
      'will said who were had been which they their its or more after one also would all when about new',
      'up out than there two can first last over we she her him other into time people if what no so',
      'you',
    ].join(' '),
    [
      'some year years could only because before three made just them most while many now make against',
      'being back since told under down off where during such including according say says like still',
      'week even day may part how between both well through get my our me do does did any these those',
      'then very much way should another four five own set us take taken took next month months old',
      'early late former come came home high percent number million per',
    ].join(' '),
    [
      'government company country world state states national public president minister group house',
      'work working plan plans report reports reported news official officials leader leaders head',
      'member members around without long end second good big top great left right show shows use used',
      'using here too must go going goes want wants need needs know see seen think days today monday',
      'tuesday wednesday thursday friday saturday sunday january february march april june july august',
      'september october november december local city place area north south east west man men woman',
      'women life family already among later however few several little small large major young help',
      'support called call give given keep put run hold held start started began begin became become',
      'move moved find found lead led open lost lose won win change changed billion half once again',
      'away ago less least near until within across along although though whether why each every same',
      'different possible likely able yet never always often really best better important',
    ].join(' '),
    [
      'police court law case war military force forces party power political policy election vote',
      'voters economic economy market markets business industry companies price prices cost costs money',
      'bank financial tax trade deal agreement talks meeting meet met decision issue issues problem',
      'problems question questions service services system security health hospital school university',
      'students student children child person team game play played player players season match cup',
      'final club sports film movie music star stars stage role story stories book interview press',
      'media television tv radio internet website online site web phone information technology computer',
      'software research study scientists science director chief executive spokesman spokeswoman',
      'chairman manager secretary general office department agency authority council committee board',
      'union international european american british chinese russian german french america britain',
      'europe united kingdom china russia germany france london york washington county street road',
      'building room water food air land energy oil car cars train plane flight ship driver crash',
      'accident fire killed dead death died die dies injured hurt attack attacks suspect suspects',
      'arrested charged charges trial judge jury prison jail victim victims murder crime evidence',
      'incident investigation scene',
    ].join(' '),
    [
      'announced announce announces announcement added add adds asked ask asks believe believes',
      'expected expect expects statement comments comment commented tells confirmed confirm confirms',
      'claim claims claimed denied deny warned warn warning agreed agree accused accuse admitted admit',
      'revealed reveal reveals described describe discussed explained explain insisted noted earlier',
      'recent recently currently previous previously following followed follow follows despite due',
      'result results record records rate rates level levels period total average figures figure data',
      'numbers share shares growth rise rises rising rose fall falls fell falling drop dropped increase',
      'increased decline cut cuts higher lower low lows strong weak raise raised offer offered offers',
      'buy bought sell sold sales sale pay paid pays payment spend spending fund funds investment',
      'investors investor demand supply product products customers customer consumers consumer project',
      'programme program campaign effort efforts action step steps process response reaction concern',
      'concerns risk risks threat fear fears hope hopes chance opportunity future past history event',
      'events anniversary weekend night morning afternoon evening hours hour minutes minute moment',
      'times date weeks decade century ahead behind above below inside outside side front centre center',
      'middle line lines point points areas region regions community communities population nation',
      'nations capital town village citizens citizen residents resident society groups human rights',
      'freedom peace conflict crisis emergency disaster damage damaged loss losses close closed closing',
      'access control order orders ordered rule rules ruling legal illegal lawyer lawyers attorney',
      'justice federal district supreme senior deputy vice prime foreign domestic private personal',
      'social global main key special full free single short real true clear hard easy ready sure',
      'popular famous nice happy bad worse worst dangerous serious huge massive dozens hundreds',
      'thousands hundred thousand third fourth fifth six seven eight nine ten twelve twenty',
    ].join(' '),
    [
      'sign signed signs return returned returns stay stayed stop stopped stops turn turned turns let',
      'bring brought send sent leave leaves leaving enter entered join joined joins pass passed reach',
      'reached remain remains remained appear appeared appears look looked looks looking feel felt',
      'speak spoke speaking spoken talk talking talked write wrote written read reading watch watched',
      'watching hear heard listen learn learned learning teach build built launch launched launches',
      'release released releases create created creates produce produced production develop developed',
      'development provide provided provides include includes included involve involved allow allowed',
      'allows forced cause caused causes break broke broken hit hits strike strikes struck shot shoot',
      'shooting gun guns fight fighting beat beaten defeat victory winner winners champion champions',
      'championship league coach goal goals score scored race title medal award awards prize actor',
      'actress singer song songs album band artist artists studio series episode fans fan audience',
      'celebrity celebrities couple wife husband mother father son daughter brother sister parents baby',
      'girl boy friend friends wedding married marriage love sex dating relationship video videos photo',
      'photos picture pictures image images camera screen mobile app apps device devices network users',
      'user digital google facebook twitter apple microsoft download version systems model models',
      'design test tests testing drug drugs patient patients doctor doctors medical treatment disease',
      'cancer virus infection medicine nurse vaccine care weather storm rain snow wind flood flooding',
      'earthquake quake hurricane temperature sea river island coast beach mountain park tree animals',
      'animal dog fish birds environment environmental climate carbon green pollution waste nuclear gas',
      'electricity plant plants farm farmers farmer restaurant hotel travel airport airline passengers',
      'passenger bus railway station vehicle vehicles truck bridge church religious god muslim',
      'christian catholic pope holiday christmas army soldiers soldier troops navy officers officer',
      'guard border migrants immigrants refugees asylum weapons bomb bombs explosion terrorist',
      'terrorism militants rebels violence violent protest protests protesters demonstrators',
      'demonstration workers worker jobs job employees employee staff unemployment wage wages budget',
      'debt deficit inflation interest loan loans mortgage credit stock stocks dollar dollars euro',
      'pound pounds yen profit profits revenue earnings quarter quarterly forecast analyst analysts',
      'merger bid takeover acquisition shareholders contract contracts firm firms giant maker factory',
      'store stores shop shops shopping retailer brand parliament senate congress senator democrat',
      'democrats republican republicans conservative labour liberal opposition coalition candidate',
      'candidates poll polls ballot bill bills reform reforms legislation amendment constitution speech',
      'debate conference summit treaty sanctions embassy ambassador diplomat diplomatic visit visited',
      'trip tour',
    ].join(' '),
  ],
  de: [
    'der die das und in zu den von mit ist auf im dem sich nicht ein eine für des auch als an es er',
    [
      'aus bei nach sind hat wird dass werden noch einer um am haben einem über so zum war wie oder nur',
      'aber vor zur bis mehr durch man sein sie wurde sei wir einen unter kann wenn was seine ihre',
      'hatte gegen schon ihr diese wieder vom können soll sagte ich beim jahr jahre jahren uhr zwei',
      'neue neuen prozent millionen heute jetzt dieser seit ohne alle dann doch mir habe keine immer',
      'zwischen wegen drei erst will muss viele ersten letzten',
    ].join(' '),
  ],
  fr: [
    [
      'le la les de des du et un une en à au aux est que qui dans pour pas sur il ce par plus se ne son',
      'sa avec',
    ].join(' '),
    [
      'ont a sont été être cette ces mais ou elle nous vous ils ses leur leurs on tout fait aussi après',
      'deux comme sans même entre dont encore bien selon ans an année depuis lors avait était peut',
      'moins autre autres avant sous contre ainsi faire très alors si lui où millions euros pays',
      'premier première nouveau nouvelle jour temps tous toutes trois',
    ].join(' '),
  ],
  es: [
    'el la los las de del y en un una que a por con para se su no es al lo como más',
    [
      'o ha sus este esta pero fue son han entre sobre desde ya también cuando muy sin hasta hay ser',
      'años año está si dos porque donde todo todos según tras contra parte uno durante puede estos',
      'estas otro otros otra había sido tiene tres primera primer nuevo nueva millones hoy ayer',
      'gobierno país personas vez día mientras antes',
    ].join(' '),
  ],
  it: [
    ['il lo la i gli le di del della dei delle e in un una che a al per con da dal non è si su nel', 'nella'].join(' '),
    [
      'sono ha come più anche alla ai alle ma o se questo questa suo sua hanno stato stata essere dopo',
      'due tra fra anni anno prima ancora già solo tutti tutto dove quando molto contro senza secondo',
      'nuovo nuova primo era loro ogni tre milioni euro oggi ieri governo parte',
    ].join(' '),
  ],
  pt: [
    'o a os as de do da dos das e em no na um uma que por com para se não é ao mais como seu sua',
    [
      'foi são à ou nos nas pelo pela mas ser ter tem já também entre sobre até há está quando muito',
      'sem ano anos este esta isso ele ela eles dois após desde onde segundo contra durante pode outro',
      'outra todos primeiro nova novo milhões hoje ontem governo país pessoas dia',
    ].join(' '),
  ],
  nl: [
    'de het een en van in is op te dat die voor met zijn niet aan er om',
    [
      'ook als door bij naar uit maar hij ze zij wordt werd heeft hebben was over nog worden meer tot',
      'dan al zo na geen wel kan moet onder tegen jaar twee deze dit wat wie hun haar zich zegt veel',
      'andere eerste nieuwe sinds tussen volgens miljoen procent vandaag',
    ].join(' '),
  ],
  sv: [
    'och i att det som en på är av för med den till ett om har inte',
    [
      'de var han hon från men så vi kan nu efter eller ska vid också när under sig mot över år två där',
      'alla mer sin sina blir hade bara säger första nya miljoner kronor mellan sedan',
    ].join(' '),
  ],
  da: [
    'og i at det er en til på for af med den som de der et har ikke',
    [
      'var han hun fra men om så vi kan nu efter eller skal ved også når under sig mod over år to hvor',
      'alle mere sin blev havde kun siger første nye millioner kroner mellem siden',
    ].join(' '),
  ],
  no: [
    'og i at det er en til på for av med den som de et har ikke',
    [
      'var han hun fra men om så vi kan nå etter eller skal ved også når under seg mot over år to hvor',
      'alle mer sin ble hadde bare sier første nye millioner kroner mellom siden',
    ].join(' '),
  ],
  fi: [
    'ja on ei se että oli ovat',
    [
      'mutta myös kun niin kuin joka jo tai hän vain mukaan vuonna vuoden sekä vielä nyt ole olla kaksi',
      'jälkeen kertoo sanoo',
    ].join(' '),
  ],
  pl: [
    'w i z na do że się nie jest o to po',
    [
      'od za dla jak oraz przez ale przy był była są ma czy co już tylko może jego jej ich tym tego',
      'roku lat także przed które który która gdy jako bardziej dwa procent milionów',
    ].join(' '),
  ],
  cs: [
    'a v se na je že s z do o to',
    [
      'i za pro po by jsou byl byla bylo ale jako který která které už také při od roku let není podle',
      'jeho jejich tak než jen být před dvě procent milionů',
    ].join(' '),
  ],
  ro: [
    'de și a în la cu din pe nu o că se un',
    ['care este au fost pentru mai sau sunt după prin dar ce fi va anul ani două când între doar', 'milioane'].join(
      ' ',
    ),
  ],
  tr: [
    've bir bu da de için ile',
    [
      'olarak olan daha çok en gibi kadar sonra ise ama değil oldu olduğu yeni iki dedi var yok ne her',
      'o türkiye yıl milyon göre',
    ].join(' '),
  ],
  ru: [
    'в и на не что с по из он к как',
    [
      'а это за от о для у его но до так же было был была были или при еще уже все их она они после',
      'только может быть год года лет два также под когда который которые чтобы более миллионов',
      'сообщает',
    ].join(' '),
  ],
  uk: [
    'в у і й на не що з до та за',
    [
      'як про це від для його але був була були або при ще вже всі їх вона вони після тільки може рік',
      'року років також коли який які щоб більше мільйонів',
    ].join(' '),
  ],
  ar: [
    'في من على أن إلى عن التي الذي مع هذا',
    'هذه كان كانت ما لا بعد قبل بين كما أو ولم لم قد إن حيث خلال ذلك كل غير أكثر عام وقال قال',
  ],
  hi: ['के में की है को से का और ने पर', 'यह कि हैं एक भी इस हो नहीं तो लिए कर ही था थे थी गया कहा साल बाद अपने'],
};

/** In what share of news texts a word of each tier stands, roughly. */
export const TIER_SHARES: readonly number[] = [0.6, 0.3, 0.15, 0.08, 0.04, 0.02, 0.01];
/** The tiers of words that hold a sentence together, and so tell the language. */
export const GRAMMAR_TIERS = 2;
