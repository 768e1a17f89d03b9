import { StageError } from '../model/errors.ts';

/** RFC 9110 §4.1 asks for 8,000 octets at least; nobody needs more. */
const LONGEST_ADDRESS = 8_000;

/** Two addresses that a header said, joined by a comma: which one was meant cannot be known. */
const TWO_ADDRESSES = /,\s*[a-z][a-z0-9+.-]{0,20}:\/\//i;

/** Ports on which other protocols listen (WHATWG Fetch, "bad port"), and those of databases. */
const PORTS_OF_OTHERS = new Set(
  (
    '0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 ' +
    '135 137 139 143 161 179 389 427 445 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 873 989 ' +
    '990 993 995 1433 1521 1719 1720 1723 2049 2375 3306 3389 3659 4045 4190 5060 5061 5432 5672 5900 6000 6379 6566 ' +
    '6665 6666 6667 6668 6669 6679 6697 10080 11211 27017'
  ).split(' '),
);

/**
 * An address that may be asked for, read by the WHATWG rules; relative ones against `base`. No network is touched.
 * The fragment is left out, and a host's final dot: it names the same host. Hosts are judged by the address guard.
 * Throws StageError `fetch-bad-address` for all but http and https, for credentials, and for ports of other protocols.
 */
export function readAddress(text: string, base?: URL): URL {
  if (text.length > LONGEST_ADDRESS) throw refusal(null, `it is longer than ${LONGEST_ADDRESS} characters`);
  const url = URL.parse(text, base?.href);
  if (url === null) throw refusal(text, 'it cannot be read');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refusal(text, `it begins with ${url.protocol}`);
  if (url.username !== '' || url.password !== '') {
    // Not repeated in the error: it would come to the log and the console.
    throw refusal(null, 'it holds a user name or password, which belong into the headers of the source');
  }
  if (TWO_ADDRESSES.test(text) && !text.slice(0, text.search(TWO_ADDRESSES)).includes('?')) {
    throw refusal(text, 'it is two addresses in one');
  }
  if (PORTS_OF_OTHERS.has(url.port)) throw refusal(text, `port ${url.port} belongs to another protocol`);
  if (url.hash !== '') url.hash = '';
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}

function refusal(url: string | null, detail: string): StageError {
  return new StageError('fetch-bad-address', { url, detail });
}
