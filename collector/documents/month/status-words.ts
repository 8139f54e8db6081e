import type { CauseCode } from '../../incidents/causes/cause-codes.ts';
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

/** What broke, as people stated it or late reports settled it. */
export const causeWords: Readonly<Record<CauseCode, Words>> & Readonly<Record<string, Words | undefined>> = {
  power: { id: 'listrik padam', en: 'loss of power' },
  wan: { id: 'jalur WAN terputus', en: 'the WAN link was lost' },
  lan: { id: 'jaringan lokal terputus', en: 'the local network was lost' },
  server: { id: 'server mati atau dinyalakan ulang', en: 'the server was off or restarted' },
  agent: { id: 'agen pemantau berhenti', en: 'the monitoring agent had stopped' },
  backbone: { id: 'jaringan tulang punggung terputus', en: 'the backbone was lost' },
  'pusat-data-uplink': { id: 'sambungan Pusat Data terputus', en: 'the line of the Pusat Data was lost' },
  'isp-contract': { id: 'tunggakan atau kontrak penyedia jasa internet', en: 'arrears or contract of the provider' },
  'isp-fault': { id: 'gangguan pada penyedia jasa internet', en: 'a fault at the provider' },
  'cable-cut': { id: 'kabel putus', en: 'a cable was cut' },
  weather: { id: 'cuaca', en: 'weather' },
  'planned-maintenance': { id: 'pemeliharaan terjadwal', en: 'planned work' },
  device: { id: 'kerusakan perangkat', en: 'a broken device' },
  'storage-full': { id: 'ruang penyimpanan penuh', en: 'storage was full' },
  configuration: { id: 'kesalahan pengaturan', en: 'a wrong configuration' },
  application: { id: 'kesalahan aplikasi', en: 'a fault of the application' },
  attack: { id: 'serangan siber', en: 'an attack' },
  'human-error': { id: 'kesalahan manusia', en: 'a human error' },
  other: { id: 'penyebab lain', en: 'another cause' },
};
