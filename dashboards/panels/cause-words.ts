import { named } from './mappings.ts';

/** What broke after all, as the reports told after recovery. */
const settled = [
  ['power', 'Listrik padam'],
  ['wan', 'Jalur WAN terputus'],
  ['lan', 'Jaringan lokal terputus'],
  ['server', 'Server mati atau dinyalakan ulang'],
  ['agent', 'Agen pemantau berhenti'],
  ['backbone', 'Jaringan tulang punggung terputus'],
  ['pusat-data-uplink', 'Sambungan Pusat Data terputus'],
] as const;

const ofBackups = [
  ['job-failed', 'Pekerjaan cadangan gagal'],
  ['run-too-long', 'Pekerjaan cadangan terlalu lama'],
  ['never-started', 'Pekerjaan cadangan tidak pernah dimulai'],
  ['never-succeeded', 'Belum pernah berhasil dicadangkan'],
  ['backup-overdue', 'Cadangan terlambat'],
  ['backup-overdue-other-zone', 'Cadangan terlambat; zona waktu jadwal berbeda'],
  ['backup-overdue-clock', 'Cadangan terlambat; jam server salah'],
  ['backup-overdue-agent-silent', 'Cadangan terlambat; agen tidak melapor'],
  ['backup-overdue-cannot-look', 'Cadangan terlambat; agen tidak dapat memeriksa'],
  ['backup-empty', 'Cadangan kosong'],
  ['backup-too-small', 'Cadangan terlalu kecil'],
  ['backup-shrunk', 'Cadangan menyusut'],
  ['not-arrived', 'Cadangan belum tiba di Pusat Data'],
  ['arrival-truncated', 'Cadangan tiba terpotong'],
  ['arrival-mismatch', 'Cadangan yang tiba tidak cocok'],
  ['arrival-gone', 'Cadangan hilang dari Pusat Data'],
  ['damaged-in-vault', 'Cadangan rusak di Pusat Data'],
  ['not-verified', 'Keutuhan cadangan belum diperiksa'],
  ['not-restorable', 'Cadangan tidak dapat dipulihkan'],
  ['too-few-copies', 'Salinan cadangan kurang'],
  ['no-dataset', 'Belum ada himpunan data yang terdaftar'],
  ['not-covered', 'Ada data yang tidak tercakup pencadangan'],
  ['not-covered-more', 'Ada data yang tidak tercakup pencadangan'],
  ['no-copy', 'Tidak ada salinan di pusat pemulihan'],
  ['copy-damaged', 'Salinan di pusat pemulihan rusak'],
  ['copy-behind', 'Salinan di pusat pemulihan tertinggal'],
  ['too-near', 'Pusat pemulihan terlalu dekat'],
  ['modified', 'Isi cadangan berubah'],
  ['never-tested', 'Belum pernah diuji pulih'],
  ['test-overdue', 'Uji pemulihan lewat waktu'],
  ['test-failed', 'Uji pemulihan gagal'],
] as const;

const ofNetworks = [
  ['wan-down', 'WAN terputus atau listrik lokasi padam'],
  ['wan-unstable', 'WAN putus-sambung'],
  ['wan-degraded-loss', 'WAN kehilangan paket'],
  ['wan-degraded-latency', 'WAN lambat'],
  ['backbone-or-power', 'WAN banyak lokasi terputus bersamaan di satu wilayah'],
  ['backbone-down', 'WAN banyak lokasi terputus bersamaan'],
  ['pusat-data-uplink-down', 'Sambungan Pusat Data terputus'],
  ['lan-segment-down', 'LAN bermasalah: gerbang tidak menjawab'],
  ['lan-or-server-down', 'LAN terputus atau server mati'],
  ['lan-hosts-down', 'LAN terputus atau perangkatnya mati'],
  ['outside-intra', 'Di luar Jaringan Intra'],
  ['outside-while-wan-down', 'WAN terputus, memakai jalur di luar Jaringan Intra'],
  ['not-connected', 'Belum tersambung ke Jaringan Intra'],
  ['own-way-out', 'Jalan keluar di luar Jaringan Intra'],
  ['office-cut-off', 'Lokasi terputus dari layanan'],
  ['service-out-of-reach', 'Layanan tidak terjangkau dari lokasi'],
  ['bypass', 'Jalur lain di samping Jaringan Intra'],
  ['over-approval', 'Pemakaian melampaui lebar pita yang disetujui'],
  ['target-missed', 'Ketersediaan di bawah target'],
  ['target-missed-already', 'Ketersediaan bulan ini di bawah target'],
] as const;

const ofServices = [
  ['server-down', 'Server tidak menjawab'],
  ['agent-stopped', 'Agen berhenti, server hidup'],
  ['router-agent-stopped', 'Agen di router berhenti'],
  ['agent-silent', 'Agen tidak melapor'],
  ['unheard-at-pusat-data', 'Agen di Pusat Data tidak melapor'],
  ['endpoint-down', 'Layanan penghubung tidak terjangkau'],
  ['certificate-expired', 'Sertifikat sudah berakhir'],
  ['certificate-untrusted', 'Sertifikat tidak dipercaya'],
  ['certificate-expires-soon', 'Sertifikat segera berakhir'],
  ['no-website', 'Tidak memiliki situs web'],
  ['absent', 'Situs web tidak ada'],
  ['outside-domain', 'Situs web di luar domain resmi'],
  ['too-many-subdomains', 'Subdomain melebihi ketentuan'],
  ['elsewhere', 'Server berada di luar Pusat Data'],
  ['data-elsewhere', 'Data disimpan di luar Pusat Data'],
] as const;

const ofRegisters = [
  ['overdue', 'Kewajiban berkala terlambat'],
  ['review-overdue', 'Reviu dokumen rencana terlambat'],
  ['plan-ended', 'Masa berlaku dokumen rencana sudah berakhir'],
  ['ended', 'Dokumen, keputusan, atau sertifikat sudah berakhir'],
  ['approval-ended', 'Persetujuan penempatan sudah berakhir'],
  ['not-conforming', 'Tercatat belum sesuai'],
  ['not-registered', 'Ada perangkat lunak yang belum terdaftar'],
  ['not-recorded', 'Gangguan belum dicatat meja layanan'],
  ['not-in-register', 'Perangkat belum ada dalam register'],
  ['no-asset-number', 'Nomor aset belum dicatat'],
  ['not-reported', 'Hasil atau gangguan belum dilaporkan'],
] as const;

/** Causes by their codes; another code is shown as it is. */
export const causeNames: readonly (readonly [code: string, text: string])[] = [
  ...settled,
  ...ofBackups,
  ...ofNetworks,
  ...ofServices,
  ...ofRegisters,
];

export const causes = named(causeNames);
