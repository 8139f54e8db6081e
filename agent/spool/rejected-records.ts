import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const maxKeptCount = 100;

/**
 * Puts a report that the collector refused for good aside for a human, as `<record number>.json`. The oldest go when
 * there are more than 100. @throws the system's error when there is no room.
 */
export function keepRejected(folder: string, recordNumber: number, reason: string, payload: Buffer): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const text = `{"reason":${JSON.stringify(reason)},"report":${payload.toString('utf8')}}\n`;
  writeFileSync(join(folder, `${String(recordNumber).padStart(12, '0')}.json`), text, { mode: 0o600 });
  const names = readdirSync(folder)
    .filter((name) => /^\d{12}\.json$/.test(name))
    .sort();
  for (const name of names.slice(0, Math.max(0, names.length - maxKeptCount))) rmSync(join(folder, name));
}
