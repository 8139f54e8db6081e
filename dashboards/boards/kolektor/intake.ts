import { colours } from '../../panels/colours.ts';
import { type BoardPanel, lowest } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import * as asked from './expressions.ts';

export const intakePanels: readonly BoardPanel[] = [
  timeSeries(
    {
      title: 'Laporan per menit menurut hasil',
      description:
        'Laporan yang diterima, yang pernah diterima (duplikat, dijawab sama seperti pertama kali), dan yang ditolak beserta alasannya.',
      unit: 'short',
      seriesNames: { accepted: 'Diterima', duplicate: 'Duplikat' },
      height: 8,
      width: 12,
    },
    { expr: asked.reportsPerMinute, legend: '{{outcome}}' },
  ),
  stat(
    {
      title: 'Laporan ditolak',
      description:
        'Laporan yang ditolak selama rentang waktu yang dipilih. Laporan yang ditolak tidak mengubah apa pun; alasannya ada pada grafik di samping dan pada log kolektor. Batas warna adalah bawaan aplikasi.',
      unit: 'short',
      decimals: 0,
      steps: [
        [lowest, colours.good],
        [1, colours.warning],
        [100, colours.bad],
      ],
      height: 4,
      width: 4,
    },
    { expr: asked.refusedReports, legend: 'ditolak' },
  ),
  stat(
    {
      title: 'Laporan menunggu di agen',
      description:
        'Laporan yang tersimpan di server Perangkat Daerah dan belum terkirim, menurut agen yang melapor. Laporan ini terlambat, tidak hilang. Agen yang tidak melapor tidak ikut dihitung: antreannya tidak diketahui.',
      unit: 'short',
      height: 4,
      width: 4,
    },
    { expr: asked.spooledReports, legend: 'menunggu' },
  ),
  stat(
    {
      title: 'Laporan terbuang di agen',
      description:
        'Laporan yang terpaksa dibuang agen selama rentang waktu yang dipilih karena tempat penyimpanannya penuh.',
      unit: 'short',
      decimals: 0,
      steps: [
        [lowest, colours.good],
        [1, colours.bad],
      ],
      height: 4,
      width: 4,
    },
    { expr: asked.droppedReports, legend: 'terbuang' },
  ),
  timeSeries(
    {
      title: 'Agen menurut keadaan',
      description:
        'Agen yang melapor, yang tidak melapor lagi (keadaannya tidak diketahui, belum tentu mati), yang terdaftar tetapi belum pernah melapor, dan yang dicabut.',
      unit: 'short',
      height: 8,
      width: 12,
      stacked: true,
      stepped: true,
      seriesColours: {
        Melapor: colours.good,
        'Tidak melapor': colours.unknown,
        'Belum pernah melapor': colours.neutral,
        Dicabut: colours.notApplicable,
      },
    },
    { expr: asked.agents('heard'), legend: 'Melapor' },
    { expr: asked.agents('silent'), legend: 'Tidak melapor' },
    { expr: asked.agents('never'), legend: 'Belum pernah melapor' },
    { expr: asked.agents('revoked'), legend: 'Dicabut' },
  ),
  timeSeries(
    {
      title: 'Panggilan alamat ping per menit',
      description: 'Panggilan alamat ping oleh tugas pencadangan: mulai, berhasil, gagal, pesan log, dan yang ditolak.',
      unit: 'short',
      seriesNames: {
        start: 'Mulai',
        success: 'Berhasil',
        fail: 'Gagal',
        log: 'Pesan log',
        'unknown-address': 'Alamat tidak dikenal',
      },
      height: 8,
      width: 12,
    },
    { expr: asked.pingsPerMinute, legend: '{{outcome}}' },
  ),
];
