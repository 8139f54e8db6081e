import type { Notice } from './notice.ts';

/** 21 November 2026 02.00 WIB, a Saturday. */
export const sampleOpenedAtMs = Date.UTC(2026, 10, 20, 19, 0, 0);

/** A notice as the incidents write it, for tests; times are 21 November 2026 in Lebong. */
export function sampleNotice(changes: Partial<Notice> = {}): Notice {
  return {
    event: 'opened',
    idempotencyKey: `inc-0042/${changes.event ?? 'opened'}`,
    pemda: 'Kabupaten Lebong',
    timezone: 'Asia/Jakarta',
    language: 'id',
    incident: {
      id: 'inc-0042',
      kind: 'backup',
      severity: 'critical',
      cause: 'backup-too-old',
      sinceMs: sampleOpenedAtMs,
    },
    perangkatDaerah: { id: 'dinkes', name: 'Dinas Kesehatan' },
    subject: { kind: 'dataset', id: 'simpus', name: 'Basis data SIMPUS' },
    obligation: {
      id: 'backup-in-pusat-data',
      title: 'Pencadangan data ke Pusat Data',
      status: 'breached',
      grade: 'indication',
    },
    citation: { regulation: 'Peraturan Bupati Lebong Nomor 22 Tahun 2022', pasal: '19', ayat: '1' },
    reason: 'Cadangan terbaru berumur 31 jam, melampaui batas 24 jam ditambah tenggang 6 jam (bawaan aplikasi).',
    details: [
      { label: 'Pencadangan terakhir', value: 'Kamis, 19 November 2026 pukul 19.00 WIB' },
      { label: 'Ukuran', value: '1,2 GB' },
    ],
    owner: {
      name: 'Dinas Kesehatan',
      contacts: [
        { name: 'Rina Wulandari', role: 'Pengelola SIMPUS', phone: '0812-0000-1234', email: 'rina@dinkes.example' },
        { name: 'Joko Susilo' },
      ],
    },
    ...changes,
  };
}
