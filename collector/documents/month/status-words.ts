import type { Grade, VerdictStatus } from '../../../shared/states.ts';
import type { Colour } from '../document.ts';
import type { Words } from './scribe.ts';

/** "Dikecualikan" alone means restricted information in Indonesian law: of duties it is always said in full. */
export const statusWords: Record<VerdictStatus, Words> = {
  compliant: { id: 'Patuh', en: 'Compliant' },
  breached: { id: 'Tidak Patuh', en: 'In breach' },
  'no-evidence': { id: 'Belum Ada Bukti', en: 'No evidence yet' },
  'not-applicable': { id: 'Tidak Berlaku', en: 'Not applicable' },
  waived: { id: 'Dikecualikan dari Kewajiban', en: 'Exempt from the duty' },
};

export const statusColours: Record<VerdictStatus, Colour> = {
  compliant: 'good',
  breached: 'bad',
  'no-evidence': 'unknown',
  'not-applicable': 'none',
  waived: 'warning',
};

export const gradeWords: Record<Grade, Words> = {
  violation: { id: 'Pelanggaran', en: 'Violation' },
  indication: { id: 'Indikasi pelanggaran', en: 'Indication of a violation' },
  finding: { id: 'Temuan', en: 'Finding' },
  note: { id: 'Catatan', en: 'Note' },
};

export const severityWords: Readonly<Record<string, Words>> = {
  critical: { id: 'Kritis', en: 'Critical' },
  warning: { id: 'Peringatan', en: 'Warning' },
  info: { id: 'Informasi', en: 'Information' },
};

export const kindWords: Readonly<Record<string, Words>> = {
  backup: { id: 'Pencadangan', en: 'Backup' },
  link: { id: 'Jaringan', en: 'Network' },
  service: { id: 'Layanan', en: 'Service' },
  register: { id: 'Administrasi', en: 'Register' },
};
