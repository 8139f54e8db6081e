import type { Random } from '../../shared/clock.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id that people can read to each other on the telephone: `INC-20261122-7K3QMX`. */
export function newIncidentId(atMs: number, timezone: string, random: Random): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(new Date(atMs)).replaceAll('-', '');
  let tail = '';
  for (let count = 0; count < 6; count += 1) tail += alphabet.charAt(Math.floor(random() * alphabet.length));
  return `INC-${day}-${tail}`;
}
