import { colours } from '../../panels/colours.ts';
import { type BoardPanel, lowest } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import * as asked from './expressions.ts';

/** Whether what is shown to an auditor later is written and signed. */
export const evidencePanels: readonly BoardPanel[] = [
  timeSeries(
    {
      title: 'Entri buku besar per menit',
      description:
        'Penilaian, insiden, tindakan orang, register, dokumen, dan pengiriman yang ditulis ke buku besar (ledger).',
      unit: 'short',
      height: 4,
      width: 12,
    },
    { expr: asked.entriesPerMinute, legend: 'entri' },
  ),
  stat(
    {
      title: 'Titik periksa terakhir',
      description:
        'Waktu sejak ujung buku besar ditandatangani terakhir kali: paling lama satu jam selama ada entri baru. Tanpa entri baru tidak ada yang perlu ditandatangani, sehingga waktu yang lama bukan masalah.',
      unit: 's',
      height: 4,
      width: 4,
    },
    { expr: asked.sinceCheckpoint, legend: 'sejak titik periksa' },
  ),
  stat(
    {
      title: 'Laporan bulanan dibuat',
      description:
        'Berapa kali laporan bulanan dibuat otomatis selama rentang waktu yang dipilih (isian reports pada pantau.yaml).',
      unit: 'short',
      decimals: 0,
      height: 4,
      width: 4,
    },
    { expr: asked.monthlyReports('made'), legend: 'dibuat' },
  ),
  stat(
    {
      title: 'Laporan bulanan gagal',
      description:
        'Berapa kali laporan bulanan gagal dibuat selama rentang waktu yang dipilih. Kolektor mencobanya lagi tiap jam; alasannya ada di log kolektor.',
      unit: 'short',
      decimals: 0,
      steps: [
        [lowest, colours.good],
        [1, colours.bad],
      ],
      height: 4,
      width: 4,
    },
    { expr: asked.monthlyReports('failed'), legend: 'gagal' },
  ),
];
