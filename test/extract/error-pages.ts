const MISSING = 'the page says that there is none at its address';
const BROKEN = 'the page tells of an error in its article’s place';
const ABROAD = 'the page is not shown to readers from here';

/** Error pages as servers answer them with 200: the language, the page, and what it is taken for. */
export const ERROR_PAGES: readonly (readonly [language: string, html: string, wall: string])[] = [
  [
    'English',
    page(
      '<h1>404</h1><p>Sorry, the page you are looking for could not be found.</p><p>It may have been moved or deleted. Try a search, or go back to the home page.</p>',
    ),
    MISSING,
  ],
  [
    'English',
    page(
      '<h1>Oops! Something went wrong</h1><p>We’re sorry, an unexpected error has occurred. Our team has been told about it and is working on a fix. Please try again later.</p>',
    ),
    BROKEN,
  ],
  [
    'English',
    page(
      '<h1>503 Service Unavailable</h1><p>The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.</p>',
    ),
    BROKEN,
  ],
  [
    'English',
    page(
      '<h1>Internal Server Error</h1><p>The server encountered an internal error or misconfiguration and was unable to complete your request.</p><p>Please contact the server administrator at webmaster@h.example to inform them of the time this error occurred.</p>',
    ),
    BROKEN,
  ],
  ['English', page('<h1>Error establishing a database connection</h1>'), BROKEN],
  [
    'English',
    page(
      '<h1>We are down for maintenance</h1><p>We are carrying out scheduled maintenance and will be back shortly. Thank you for your patience while we improve our site for all of our readers.</p>',
    ),
    BROKEN,
  ],
  [
    'English',
    page('<p>This article is no longer available. It may have been removed or its publication right has expired.</p>'),
    MISSING,
  ],
  [
    'English',
    page(
      '<h1>Too many requests</h1><p>You have sent too many requests in a given amount of time. Please slow down and try again.</p>',
    ),
    BROKEN,
  ],
  [
    'English',
    page(
      '<p>Fatal error: Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused in /var/www/html/index.php:12 Stack trace: #0 /var/www/html/index.php(12): PDO->__construct() #1 {main} thrown in /var/www/html/index.php on line 12</p>',
    ),
    BROKEN,
  ],
  [
    'English',
    page(
      '<h1>This content is not available in your region</h1><p>We recognise you are attempting to access this website from a country belonging to the European Economic Area and therefore cannot grant you access at this time.</p>',
    ),
    ABROAD,
  ],
  [
    'German',
    page(
      '<h1>Hoppla!</h1><p>Die von Ihnen gesuchte Seite konnte leider nicht gefunden werden. Möglicherweise wurde sie verschoben oder gelöscht.</p>',
    ),
    MISSING,
  ],
  [
    'German',
    page(
      '<h1>Ein Fehler ist aufgetreten</h1><p>Bitte versuchen Sie es später noch einmal. Wir arbeiten bereits an der Lösung des Problems und bitten um Entschuldigung.</p>',
    ),
    BROKEN,
  ],
  [
    'German',
    page(
      '<h1>Wartungsarbeiten</h1><p>Unsere Website ist wegen Wartungsarbeiten vorübergehend nicht erreichbar. Wir sind in Kürze wieder für Sie da.</p>',
    ),
    BROKEN,
  ],
  [
    'German',
    page(
      '<p>Dieser Artikel ist nicht mehr verfügbar. Aus rechtlichen Gründen dürfen wir ihn nur eine bestimmte Zeit zeigen.</p>',
    ),
    MISSING,
  ],
  [
    'French',
    page(
      '<h1>Erreur 404</h1><p>La page que vous recherchez n’existe pas ou a été déplacée. Revenez à l’accueil ou utilisez le moteur de recherche.</p>',
    ),
    MISSING,
  ],
  [
    'French',
    page(
      '<h1>Une erreur est survenue</h1><p>Veuillez réessayer plus tard. Nos équipes techniques travaillent à résoudre le problème.</p>',
    ),
    BROKEN,
  ],
  [
    'French',
    page('<p>Le site est en cours de maintenance. Nous serons de retour très bientôt, merci de votre patience.</p>'),
    BROKEN,
  ],
  ['French', page('<h1>Cet article n’est plus disponible</h1><p>Il a été retiré par son auteur.</p>'), MISSING],
  [
    'Spanish',
    page(
      '<h1>Página no encontrada</h1><p>Lo sentimos, la página que buscas no existe o ha cambiado de dirección. Prueba con el buscador.</p>',
    ),
    MISSING,
  ],
  [
    'Spanish',
    page(
      '<h1>Ha ocurrido un error</h1><p>Por favor, inténtalo de nuevo más tarde. Nuestro equipo ya está trabajando para resolver el problema.</p>',
    ),
    BROKEN,
  ],
  ['Spanish', page('<p>Estamos en mantenimiento. Volvemos en unos minutos, gracias por tu paciencia.</p>'), BROKEN],
  [
    'Spanish',
    page('<p>Lo sentimos, no pudimos encontrar lo que buscabas. Es posible que el enlace esté roto.</p>'),
    MISSING,
  ],
  [
    'Portuguese',
    page(
      '<h1>Página não encontrada</h1><p>A página que você procura não existe, foi removida ou mudou de endereço.</p>',
    ),
    MISSING,
  ],
  [
    'Portuguese',
    page(
      '<h1>Ocorreu um erro</h1><p>Tente novamente mais tarde. Nossa equipe já foi avisada e está resolvendo o problema.</p>',
    ),
    BROKEN,
  ],
  [
    'Italian',
    page('<h1>Pagina non trovata</h1><p>La pagina che stai cercando non esiste o è stata spostata.</p>'),
    MISSING,
  ],
  [
    'Italian',
    page('<h1>Si è verificato un errore</h1><p>Riprova più tardi. Stiamo lavorando per risolvere il problema.</p>'),
    BROKEN,
  ],
  ['Dutch', page('<h1>Pagina niet gevonden</h1><p>De pagina die u zoekt bestaat niet of is verplaatst.</p>'), MISSING],
  [
    'Dutch',
    page('<h1>Er is iets misgegaan</h1><p>Probeer het later opnieuw. Wij werken aan een oplossing.</p>'),
    BROKEN,
  ],
  [
    'Polish',
    page(
      '<h1>Nie znaleziono strony</h1><p>Strona, której szukasz, nie istnieje lub została przeniesiona pod inny adres.</p>',
    ),
    MISSING,
  ],
  [
    'Polish',
    page('<h1>Wystąpił błąd</h1><p>Spróbuj ponownie później. Pracujemy nad rozwiązaniem problemu.</p>'),
    BROKEN,
  ],
  [
    'Russian',
    page(
      '<h1>Ошибка 404</h1><p>К сожалению, запрашиваемая вами страница не найдена. Возможно, она была удалена или перемещена.</p>',
    ),
    MISSING,
  ],
  ['Russian', page('<h1>Произошла ошибка</h1><p>Попробуйте позже. Мы уже работаем над решением проблемы.</p>'), BROKEN],
  ['Russian', page('<p>На сайте ведутся технические работы. Приносим извинения за временные неудобства.</p>'), BROKEN],
  [
    'Turkish',
    page('<h1>Sayfa bulunamadı</h1><p>Aradığınız sayfa kaldırılmış ya da adresi değiştirilmiş olabilir.</p>'),
    MISSING,
  ],
  ['Turkish', page('<h1>Bir hata oluştu</h1><p>Lütfen daha sonra tekrar deneyin.</p>'), BROKEN],
  [
    'Japanese',
    page('<h1>ページが見つかりません</h1><p>お探しのページは削除されたか、名前が変更された可能性があります。</p>'),
    MISSING,
  ],
  [
    'Japanese',
    page('<p>ただいまメンテナンス中です。しばらくお待ちください。ご不便をおかけして申し訳ございません。</p>'),
    BROKEN,
  ],
  ['Japanese', page('<p>エラーが発生しました。しばらくしてからもう一度お試しください。</p>'), BROKEN],
  ['Chinese', page('<h1>页面不存在</h1><p>抱歉，您访问的页面不存在或已被删除。</p>'), MISSING],
  ['Chinese', page('<h1>文章已被删除</h1><p>抱歉，您所访问的文章已被删除。</p>'), MISSING],
  ['Chinese', page('<h1>系统繁忙</h1><p>系统繁忙，请稍后再试。网站正在维护中。</p>'), BROKEN],
  [
    'Korean',
    page('<p>요청하신 페이지를 찾을 수 없습니다. 입력하신 주소가 정확한지 다시 한번 확인해 주세요.</p>'),
    MISSING,
  ],
  ['Korean', page('<p>일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.</p>'), BROKEN],
  ['Swedish', page('<h1>Sidan kunde inte hittas</h1><p>Sidan du söker finns inte eller har flyttats.</p>'), MISSING],
  ['Danish', page('<h1>Siden blev ikke fundet</h1><p>Siden, du leder efter, findes ikke længere.</p>'), MISSING],
  ['Norwegian', page('<h1>Fant ikke siden</h1><p>Siden du leter etter finnes ikke.</p>'), MISSING],
  ['Finnish', page('<h1>Sivua ei löytynyt</h1><p>Etsimääsi sivua ei ole olemassa.</p>'), MISSING],
  ['Czech', page('<h1>Stránka nenalezena</h1><p>Omlouváme se, požadovaná stránka neexistuje.</p>'), MISSING],
  ['Hungarian', page('<h1>Az oldal nem található</h1><p>A keresett oldal nem létezik.</p>'), MISSING],
  ['Romanian', page('<h1>Pagina nu a fost găsită</h1><p>Ne pare rău, pagina căutată nu există.</p>'), MISSING],
  ['Greek', page('<h1>Η σελίδα δεν βρέθηκε</h1><p>Η σελίδα που ζητήσατε δεν υπάρχει.</p>'), MISSING],
  ['Arabic', page('<h1>الصفحة غير موجودة</h1><p>عذرا، الصفحة التي تبحث عنها غير موجودة أو تم حذفها.</p>'), MISSING],
  ['Hebrew', page('<p>העמוד לא נמצא. מצטערים, העמוד שחיפשת אינו קיים.</p>'), MISSING],
  ['Ukrainian', page('<h1>Сторінку не знайдено</h1><p>На жаль, сторінка, яку ви шукаєте, не існує.</p>'), MISSING],
  ['Indonesian', page('<h1>Halaman tidak ditemukan</h1><p>Maaf, halaman yang Anda cari tidak ditemukan.</p>'), MISSING],
  ['Vietnamese', page('<p>Không tìm thấy trang. Trang bạn yêu cầu không tồn tại.</p>'), MISSING],
  ['Hindi', page('<p>पृष्ठ नहीं मिला। क्षमा करें, आप जिस पृष्ठ को खोज रहे हैं वह मौजूद नहीं है।</p>'), MISSING],
];

function page(body: string): string {
  const title = /<h1>(.*?)<\/h1>/.exec(body)?.[1] ?? 'Harbour News';
  return `<html><head><title>${title}</title></head><body><main><article>${body}</article></main></body></html>`;
}
