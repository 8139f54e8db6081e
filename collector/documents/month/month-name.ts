import { dayInWords, type Language } from '../../../shared/local-time.ts';

/** `{ name: 'Oktober', year: '2026' }` of `2026-10`. */
export function monthInWords(month: string, language: Language): { name: string; year: string } {
  const [, name = month, year = ''] = dayInWords(`${month}-01`, language).split(' ');
  return { name, year };
}

/** A month of the calendar, as the command line and the API take it. */
export const monthPattern = /^(20\d\d)-(0[1-9]|1[0-2])$/;
