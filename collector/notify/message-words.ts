import type { Grade, VerdictStatus } from '../../shared/states.ts';
import type { Notice } from './notice.ts';

/** The words of a message in one language; message.ts puts them in order. */
export interface MessageWords {
  grades: Record<Grade, string>;
  /** What an opened notice is called when its status is not a breach; nothing here may sound like one. */
  statuses: Record<VerdictStatus, string>;
  severities: Record<Notice['incident']['severity'], string>;
  resolved: string;
  /** Added to what an incident is called when it has become more urgent. */
  escalated: string;
  /** The same, when it had ended and is back. */
  reopened: string;
  /** The same, when another fault has taken the place of the one that was told. */
  changed: string;
  /** What a resolved notice is called when nothing was mended: the duty was lifted or is no longer watched. */
  closed: Record<Exclude<VerdictStatus, 'compliant'>, string>;
  pemda: string;
  perangkatDaerah: string;
  subject: string;
  /** The same by the kind of subject, where there is a better word. */
  subjects: Readonly<Record<string, string>>;
  duty: string;
  status: string;
  severity: string;
  since: string;
  resolvedAt: string;
  closedAt: string;
  duration: string;
  legalBasis: string;
  reason: string;
  details: string;
  owner: string;
  ownerOfResolved: string;
  noContact: string;
  phone: string;
  email: string;
  incident: string;
  footer: string;
}

export const messageWords: Record<Notice['language'], MessageWords> = {
  id: {
    grades: { violation: 'Pelanggaran', indication: 'Indikasi pelanggaran', finding: 'Temuan', note: 'Catatan' },
    statuses: {
      breached: 'Pemberitahuan',
      'no-evidence': 'Belum ada bukti',
      compliant: 'Pemberitahuan',
      'not-applicable': 'Pemberitahuan',
      waived: 'Dikecualikan dari kewajiban',
    },
    severities: { critical: 'Kritis', warning: 'Peringatan', info: 'Informasi' },
    resolved: 'Pulih',
    escalated: 'memburuk',
    reopened: 'terjadi lagi',
    changed: 'gangguan berubah',
    closed: {
      breached: 'Ditutup',
      'no-evidence': 'Ditutup',
      'not-applicable': 'Ditutup, tidak lagi berlaku',
      waived: 'Ditutup, dikecualikan dari kewajiban',
    },
    pemda: 'Pemerintah Daerah',
    perangkatDaerah: 'Perangkat Daerah',
    subject: 'Objek',
    subjects: { site: 'Lokasi', area: 'Wilayah' },
    duty: 'Kewajiban',
    status: 'Status',
    severity: 'Tingkat',
    since: 'Sejak',
    resolvedAt: 'Pulih pada',
    closedAt: 'Ditutup pada',
    duration: 'Durasi',
    legalBasis: 'Dasar hukum',
    reason: 'Uraian',
    details: 'Keterangan',
    owner: 'Mohon ditindaklanjuti oleh',
    ownerOfResolved: 'Penanggung jawab',
    noContact: 'Narahubung belum diisi dalam konfigurasi Pantau.',
    phone: 'telepon',
    email: 'surel',
    incident: 'Nomor insiden',
    footer: 'Pesan otomatis dari Pantau, mohon tidak membalas langsung.',
  },
  en: {
    grades: { violation: 'Violation', indication: 'Indication of a violation', finding: 'Finding', note: 'Note' },
    statuses: {
      breached: 'Notice',
      'no-evidence': 'No evidence yet',
      compliant: 'Notice',
      'not-applicable': 'Notice',
      waived: 'Exempt from the duty',
    },
    severities: { critical: 'Critical', warning: 'Warning', info: 'Information' },
    resolved: 'Resolved',
    escalated: 'worse than before',
    reopened: 'back again',
    changed: 'another fault than before',
    closed: {
      breached: 'Closed',
      'no-evidence': 'Closed',
      'not-applicable': 'Closed, no longer applicable',
      waived: 'Closed, exempt from the duty',
    },
    pemda: 'Local government',
    perangkatDaerah: 'Department',
    subject: 'Subject',
    subjects: { site: 'Site', area: 'Area' },
    duty: 'Duty',
    status: 'Status',
    severity: 'Severity',
    since: 'Since',
    resolvedAt: 'Resolved at',
    closedAt: 'Closed at',
    duration: 'Duration',
    legalBasis: 'Legal basis',
    reason: 'Description',
    details: 'Details',
    owner: 'Action requested from',
    ownerOfResolved: 'Responsible',
    noContact: 'No contact is set in the configuration of Pantau.',
    phone: 'phone',
    email: 'e-mail',
    incident: 'Incident',
    footer: 'Automatic message from Pantau, please do not reply.',
  },
};
