import type { Random } from '../shared/clock.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * An id that people can read to each other on the telephone: `INC-20261122-7K3QMX`.
 * @param tailLength how many letters stand behind the day.
 */
export function readableId(
  prefix: string,
  tailLength: number,
  { atMs, timezone, random }: { atMs: number; timezone: string; random: Random },
): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(new Date(atMs)).replaceAll('-', '');
  let tail = '';
  for (let count = 0; count < tailLength; count += 1) tail += alphabet.charAt(Math.floor(random() * alphabet.length));
  return `${prefix}-${day}-${tail}`;
}
