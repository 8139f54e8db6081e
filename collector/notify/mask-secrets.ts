const mask = '<secret>';
/** Shorter ones would mask ordinary words and give the secret away by its gaps. */
const minLength = 4;

/** Takes known secrets out of a text that came from outside, in the forms in which a receiver may echo them. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => formsOf(secret)).filter((form) => form.length >= minLength);
  let masked = text;
  for (const form of [...new Set(forms)].sort((a, b) => b.length - a.length)) masked = masked.replaceAll(form, mask);
  return masked;
}

/** One printable line of at most `maxLength` characters, with the known secrets masked before it is cut. */
export function safeExcerpt(text: string, secrets: readonly string[], maxLength = 200): string {
  const masked = maskSecrets(text, secrets);
  // oxlint-disable-next-line no-control-regex -- control characters are what must not reach a log
  const line = masked.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** An error's cause without the request that a library hangs on it: its message masked, its code kept. */
export function safeCause(error: unknown, secrets: readonly string[]): Error {
  const message = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(safeExcerpt(message, secrets)), { code: codeOf(error) });
}

/** The `code` of a system or library error, or an empty text. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function formsOf(secret: string): string[] {
  const words = secret.split(/\s+/);
  return [secret, ...words].flatMap((text) => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
    JSON.stringify(text).slice(1, -1),
  ]);
}
