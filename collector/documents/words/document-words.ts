import type { Language } from '../../../shared/local-time.ts';

/** What stands on every page of a document that may not be sent as it is. */
export const draftWords: Record<Language, { mark: string; sentence: string }> = {
  id: {
    mark: 'DRAF',
    sentence: 'DRAF, disusun otomatis oleh Pantau; belum merupakan naskah dinas sebelum diperiksa dan ditandatangani.',
  },
  en: {
    mark: 'DRAFT',
    sentence: 'DRAFT made by Pantau; not an official document until it has been checked and signed.',
  },
};

export function pageWords(number: number, count: number, language: Language): string {
  return language === 'id' ? `Halaman ${number} dari ${count}` : `Page ${number} of ${count}`;
}
