/**
 * Takes secrets out of what a tool wrote, or out of an address, before anybody reads it: passwords in addresses,
 * tokens in their queries, and the secrets that are known.
 */
export type Mask = (text: string) => string;

/** What stands where a secret was. */
export const masked = '***';
/** A shorter secret would take ordinary words apart. */
const minSecretLength = 4;
// Each piece has a longest length: whatever a line holds, looking at it stays cheap.
const passwordInAddress = /([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/'"]{0,512}:[^\s/'"]{0,512}@/gi;
const tokenInQuery = /([?&][^=&?\s]{0,40}(?:sig|token|key|secret|password|credential)[^=&?\s]{0,40}=)[^&\s'"]+/gi;

/** @param secrets known secrets; those shorter than 4 characters are passed over. */
export function createMask(secrets: Iterable<string> = []): Mask {
  const known = [...new Set(secrets)]
    .filter((secret) => secret.length >= minSecretLength)
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let shown = text;
    for (const secret of known) shown = shown.replaceAll(secret, masked);
    return shown.replaceAll(passwordInAddress, `$1${masked}@`).replaceAll(tokenInQuery, `$1${masked}`);
  };
}
