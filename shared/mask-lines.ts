import { createMask, type Mask, masked } from './mask-secrets.ts';

const word =
  '(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|sandi)';
const value = '("(?:[^"\\\\]|\\\\.)*"|\'[^\']*\'|\\S+)';
/** `password=x`, `RESTIC_PASSWORD: "x"`, `secret.key = x`; not what follows the name of a file, `passwords.txt: x`. */
const assigning = '(?:[\\w-]{0,40}["\']?\\s{0,4}[=:]|[\\w.-]{0,40}["\']?\\s{0,4}=)\\s{0,4}';
const assigned = new RegExp(`(${word}${assigning})${value}`, 'gi');
/** `--password x`; not the path behind `--password-file`. */
const option = new RegExp(`((?:^|\\s)--?(?:\\w{1,20}-){0,3}${word}\\s{1,4})${value}`, 'gi');
const optionName = new RegExp(`^--?(?:\\w{1,20}-){0,3}${word}$`, 'i');
/** `mysqldump -psecret`, `sshpass -p secret`, `zip -P secret`, as `set -x` shows them. */
const shortOption = /(\s-[pP]\s?)(\S+)/g;
const takesShortOption = /\b(?:mysql|mariadb|sshpass|zip|unzip|7z|7za|7zz|rar)/i;
/** `curl -u user:secret`. */
const userOption = /((?:^|\s)(?:-u|--user|--proxy-user)[ =]?[^\s:]{1,128}:)(\S+)/g;
const bearer = /\b(bearer|basic)\s{1,20}[\w.~+/=-]{8,}/gi;
/** Verbose jobs write down the very address that they report to; who knows it can report in their name. */
const pingAddress = /((?:\/ping|\/api\/push|hc-ping\.com)\/)[^\s'"?<>]+/gi;
const wellKnown =
  /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:gh[pousr]_|glpat-|xox[abprs]-|hvs\.|sk-)[\w-]{10,}/g;
/** A line of a key file: letters of both cases and digits. Ids and checksums, which are hexadecimal, stay. */
const keyMaterial = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/]{40,}={0,2}$/;

/**
 * For lines that a program wrote: what is known to be secret, and what looks like it. Better too much than too little.
 * Cut lines to a few thousand characters before.
 */
export function createLineMask(knownSecrets: Iterable<string> = []): Mask {
  const maskKnown = createMask(knownSecrets);
  return (line) => {
    if (keyMaterial.test(line)) return masked;
    const shown = maskKnown(line)
      .replaceAll(pingAddress, `$1${masked}`)
      .replaceAll(bearer, `$1 ${masked}`)
      .replaceAll(option, `$1${masked}`)
      .replaceAll(assigned, `$1${masked}`)
      .replaceAll(userOption, `$1${masked}`)
      .replaceAll(wellKnown, masked);
    return takesShortOption.test(shown) ? shown.replaceAll(shortOption, `$1${masked}`) : shown;
  };
}

/** What looks like a secret among the words of a command, a shell's script included. */
export function secretsInWords(words: readonly string[]): string[] {
  const usesShortOption = words.some((one) => takesShortOption.test(one));
  const found = words.flatMap((one, index) => [
    ...(optionName.test(words[index - 1] ?? '') ? [one] : []),
    ...[...one.matchAll(assigned), ...one.matchAll(option), ...one.matchAll(userOption)].map((match) => match[2] ?? ''),
    ...(usesShortOption ? [...one.matchAll(/(?:^|\s)-p([^\s'"]+)/g)].map((match) => match[1] ?? '') : []),
    ...(/:\/\/[^\s/]*?:([^\s/]*)@/.exec(one)?.slice(1) ?? []),
  ]);
  // The path of a password's file is no secret, and neither is the name of a variable that holds it.
  return found.map((secret) => secret.replaceAll(/^["']|["']$/g, '')).filter((secret) => !/^[/$]/.test(secret));
}
