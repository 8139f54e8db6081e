import type { Language } from '../../../shared/local-time.ts';
import type { VerdictStatus } from '../../../shared/states.ts';
import type { ParamSource } from './schema.ts';

interface WhyWords {
  law: string;
  summary: string;
  binds: string;
  verb: string;
  atMost: string;
  dutyAtMost: string;
  related: string;
  note: string;
  rule: string;
  satisfiedBy: string;
  params: string;
  noParams: string;
  now: string;
  facts: string;
  sites: string;
  records: string;
  noRecords: string;
  verdict: string;
  status: string;
  statuses: Record<VerdictStatus, string>;
  grade: string;
  gradeReason: string;
  since: string;
  judgedAt: string;
  owner: string;
  waiver: string;
  heldBack: string;
  incident: string;
  sources: Record<ParamSource, string>;
  default: string;
  report: string;
  takenAt: string;
  receivedAt: string;
  proofs: Record<string, string>;
  genuine: string;
  forged: string;
  keptIn: Record<string, string>;
  gone: string;
  entry: string;
  enteredBy: string;
  changed: string;
}

export const whyWords: Record<Language, WhyWords> = {
  id: {
    law: 'Dasar hukum',
    summary: 'Ringkasan',
    binds: 'Mengikat',
    verb: 'Kata kerja',
    atMost: 'paling berat disebut',
    dutyAtMost: 'dibatasi pada',
    related: 'Ketentuan terkait',
    note: 'Catatan',
    rule: 'Aturan penilaian',
    satisfiedBy: 'Dipenuhi dengan',
    params: 'Parameter',
    noParams: 'tidak ada',
    now: 'menurut pengaturan yang berlaku sekarang',
    facts: 'Fakta',
    sites: 'Lokasi',
    records: 'Bukti',
    noRecords: 'tidak ada catatan yang dirujuk',
    verdict: 'Putusan',
    status: 'Status',
    statuses: {
      compliant: 'patuh',
      breached: 'tidak terpenuhi',
      'no-evidence': 'belum ada bukti',
      'not-applicable': 'tidak berlaku',
      waived: 'dikecualikan',
    },
    grade: 'Tingkat',
    gradeReason: 'Mengapa tingkat ini',
    since: 'Sejak',
    judgedAt: 'Dinilai',
    owner: 'Penanggung jawab',
    waiver: 'Pengecualian',
    heldBack: 'Tidak diberitahukan sendiri karena',
    incident: 'Insiden',
    sources: {
      default: 'bawaan aplikasi',
      duty: 'bawaan aplikasi untuk kewajiban ini',
      pemda: 'ditetapkan Pemda dalam pengaturan',
      dataset: 'pengaturan himpunan data',
      law: 'ditetapkan peraturan',
    },
    default: 'bawaan',
    report: 'laporan agen',
    takenAt: 'diambil',
    receivedAt: 'diterima',
    proofs: {
      signature: 'ditandatangani agen',
      token: 'dari router dengan token, tidak ditandatangani',
      address: 'dari alamat ping, tidak ditandatangani',
    },
    genuine: 'tanda tangan sah',
    forged: 'TANDA TANGAN TIDAK SAH',
    keptIn: { store: 'masih disimpan', ledger: 'disimpan dalam buku besar (ledger)' },
    gone: 'isinya tidak disimpan lagi',
    entry: 'register',
    enteredBy: 'diisi oleh',
    changed: 'sudah diubah sesudahnya',
  },
  en: {
    law: 'Legal basis',
    summary: 'Summary',
    binds: 'Binds',
    verb: 'Verb',
    atMost: 'may be called at most',
    dutyAtMost: 'limited to',
    related: 'Related provisions',
    note: 'Note',
    rule: 'Rule',
    satisfiedBy: 'Satisfied by',
    params: 'Parameters',
    noParams: 'none',
    now: 'by the configuration in force now',
    facts: 'Facts',
    sites: 'Sites',
    records: 'Records',
    noRecords: 'no record is cited',
    verdict: 'Verdict',
    status: 'Status',
    statuses: {
      compliant: 'compliant',
      breached: 'breached',
      'no-evidence': 'no evidence yet',
      'not-applicable': 'not applicable',
      waived: 'waived',
    },
    grade: 'Grade',
    gradeReason: 'Why this grade',
    since: 'Since',
    judgedAt: 'Judged',
    owner: 'Responsible',
    waiver: 'Waiver',
    heldBack: 'Not told on its own because of',
    incident: 'Incident',
    sources: {
      default: 'our default',
      duty: 'our default for this duty',
      pemda: 'set by the Pemda in the configuration',
      dataset: 'configuration of the dataset',
      law: 'set by the regulation',
    },
    default: 'default',
    report: 'report of agent',
    takenAt: 'taken',
    receivedAt: 'received',
    proofs: {
      signature: 'signed by the agent',
      token: 'from a router with its token, not signed',
      address: 'from a ping address, not signed',
    },
    genuine: 'signature genuine',
    forged: 'SIGNATURE NOT GENUINE',
    keptIn: { store: 'still kept', ledger: 'kept in the ledger' },
    gone: 'its bytes are kept no more',
    entry: 'register',
    enteredBy: 'entered by',
    changed: 'changed since',
  },
};
