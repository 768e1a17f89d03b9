import { countWords } from '../support/words.ts';
import type { PageReading } from './read-page.ts';

/** A text longer than this is read past any wall. */
const MOST_WORDS = 250;
const CHECK =
  /\b(?:just a moment|checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|enable javascript and cookies to continue|please enable (?:javascript|js|cookies)|access (?:to this page has been )?denied|unusual traffic|attention required|captcha|pardon our interruption|request unsuccessful)\b/i;
const LOGIN =
  /\b(?:(?:log|sign) in (?:or (?:register|subscribe|sign up) )?to (?:continue|read|view|see)|please (?:log|sign) in|create (?:a free|an) account to (?:continue|read)|register (?:for free )?to (?:continue|read))\b/i;
const PAY =
  /\b(?:subscribe (?:now )?to (?:continue|read|keep|unlock)|subscribers? only|for subscribers|already a subscriber|this (?:article|story|content) is (?:for|available to|reserved for|exclusive(?:ly)? (?:to|for)) (?:paid )?(?:subscribers|members)|to (?:continue|keep) reading,? (?:subscribe|become)|start your (?:free )?(?:trial|subscription)|unlock this (?:article|story)|diesen artikel weiterlesen|jetzt (?:weiterlesen mit|abonnieren)|r[eé]serv[eé] aux abonn[eé]s|abonnez-vous pour lire|(?:contenido|art[ií]culo) (?:exclusivo )?para suscriptores|suscr[ií]bete para (?:seguir|continuar)|conte[uú]do exclusivo para assinantes|riservato agli abbonati|alleen voor abonnees)\b/i;
const CONSENT =
  /\b(?:we (?:value|respect) your privacy|before you continue to|we and our (?:\d+ )?partners (?:store|use)|accept all cookies|cookie (?:consent|preferences))\b/i;

/** What stands before a page's text, as the beginning of a sentence; null where the text is there. */
export function wallOf({ text, metadata }: Pick<PageReading, 'text' | 'metadata'>): string | null {
  if (countWords(text) > MOST_WORDS) return null;
  if (CHECK.test(text) || CHECK.test(metadata.title ?? '')) return 'the page is a check for robots';
  if (LOGIN.test(text)) return 'the page asks for a login';
  if (PAY.test(text) || !metadata.free) return 'the page is for subscribers';
  return CONSENT.test(text) ? 'the page asks for consent to cookies' : null;
}
