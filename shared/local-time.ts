/** Languages that people are spoken to in. */
export type Language = 'id' | 'en';

const indonesianZones: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT',
};

const names: Record<Language, { days: string[]; months: string[] }> = {
  id: {
    days: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
    months: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  },
  en: {
    days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    months: 'January February March April May June July August September October November December'.split(' '),
  },
};

/**
 * An instant as people in a zone write it: `Sabtu, 21 November 2026 pukul 02.00 WIB`. An unknown zone is read as UTC,
 * because a message must go out even then.
 */
export function formatLocalTime(atMs: number, timezone: string, language: Language): string {
  const offsetMinutes = zoneOffsetMinutes(atMs, timezone);
  const local = new Date(atMs + offsetMinutes * 60_000);
  const { days, months } = names[language];
  const date = `${days[local.getUTCDay()]}, ${local.getUTCDate()} ${months[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  const hour = twoDigits(local.getUTCHours());
  const minute = twoDigits(local.getUTCMinutes());
  const time = language === 'id' ? `pukul ${hour}.${minute}` : `at ${hour}:${minute}`;
  return `${date} ${time} ${indonesianZones[timezone] ?? `UTC${formatOffset(offsetMinutes)}`}`;
}

/** A day of the calendar as people write it: `31 Desember 2026`. What is no day is left as it is. @param day `YYYY-MM-DD` */
export function dayInWords(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return `${date.getUTCDate()} ${names[language].months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** An instant as RFC 3339 with the zone's offset: `2026-11-21T02:00:00.000+07:00`. */
export function formatZonedRfc3339(atMs: number, timezone: string): string {
  const offsetMinutes = zoneOffsetMinutes(atMs, timezone);
  return new Date(atMs + offsetMinutes * 60_000).toISOString().replace('Z', formatOffset(offsetMinutes));
}

/**
 * The instant at which the clocks of a zone show a date and a time, such as `2026-12-01T22:00`. Undefined for what is in
 * no calendar.
 */
export function localTimeMs(text: string, timezone: string): number | undefined {
  const shownMs = Date.parse(`${text}Z`);
  // A day such as 30 February would be read as another one.
  if (Number.isNaN(shownMs) || !new Date(shownMs).toISOString().startsWith(text)) return undefined;
  const nearMs = shownMs - zoneOffsetMinutes(shownMs, timezone) * 60_000;
  return shownMs - zoneOffsetMinutes(nearMs, timezone) * 60_000;
}

/** Minutes east of UTC at an instant; 0 for a zone that is not known. */
export function zoneOffsetMinutes(atMs: number, timezone: string): number {
  const formatter = formatterOf(timezone);
  if (formatter === undefined) return 0;
  const name = formatter.formatToParts(new Date(atMs)).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** Making a formatter costs a hundred times as much as using it. A process sees few zones. */
const formatters = new Map<string, Intl.DateTimeFormat | undefined>();
const keptFormatters = 64;

function formatterOf(timezone: string): Intl.DateTimeFormat | undefined {
  if (!formatters.has(timezone)) {
    if (formatters.size >= keptFormatters) formatters.clear();
    formatters.set(timezone, newFormatter(timezone));
  }
  return formatters.get(timezone);
}

function newFormatter(timezone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

function formatOffset(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
