import type { Notice } from './notice.ts';

type Language = Notice['language'];

const units = [
  { minutes: 1440, id: 'hari', en: 'day' },
  { minutes: 60, id: 'jam', en: 'hour' },
  { minutes: 1, id: 'menit', en: 'minute' },
] as const;

/** A span in words, whole minutes rounded down: `3 jam 12 menit`, `3 hours 12 minutes`. */
export function durationInWords(durationMs: number, language: Language): string {
  let minutes = Math.floor(durationMs / 60_000);
  if (!(minutes >= 1)) return language === 'id' ? 'kurang dari 1 menit' : 'less than 1 minute';
  const parts: string[] = [];
  for (const unit of units) {
    const count = Math.floor(minutes / unit.minutes);
    minutes -= count * unit.minutes;
    if (count > 0) parts.push(`${count} ${unit[language]}${language === 'en' && count > 1 ? 's' : ''}`);
  }
  return parts.join(' ');
}
