/** A name for a machine from its host name: the first label in lower case, other characters as dashes. */
export function nodeNameOf(hostname: string): string {
  const label = hostname.split('.')[0] ?? '';
  const name = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return name === '' ? 'node' : name;
}
