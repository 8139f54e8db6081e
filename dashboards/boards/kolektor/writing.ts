import type { BoardPanel } from '../../panels/panel.ts';
import { timeSeries } from '../../panels/time-series.ts';
import * as asked from './expressions.ts';

/** Whether what is kept elsewhere keeps up; empty where no remote write is configured. */
export const writingPanels: readonly BoardPanel[] = [
  timeSeries(
    {
      title: 'Laporan menunggu ditulis',
      description: 'Laporan yang sudah diterima kolektor tetapi belum ditulis ke penerima remote write.',
      unit: 'short',
      normallyEmpty: true,
      height: 8,
      width: 8,
    },
    { expr: asked.pendingReports, legend: '{{receiver}}' },
  ),
  timeSeries(
    {
      title: 'Ketertinggalan remote write',
      description:
        'Waktu sejak pengiriman terakhir yang berhasil dan umur sampel terbaru yang sudah ditulis. Selama penerima tidak terjangkau, keduanya bertambah; setelah pulih, data dikirim dengan waktunya sendiri.',
      unit: 's',
      normallyEmpty: true,
      height: 8,
      width: 8,
    },
    { expr: asked.sinceDelivery, legend: '{{receiver}} · sejak pengiriman' },
    { expr: asked.behindSeconds, legend: '{{receiver}} · umur sampel terbaru' },
  ),
  timeSeries(
    {
      title: 'Antrean remote write',
      description: 'Ukuran antrean potret yang menunggu dikirim. Antrean dibatasi; yang terlama dibuang dan dihitung.',
      unit: 'bytes',
      normallyEmpty: true,
      height: 8,
      width: 8,
    },
    { expr: asked.queueBytes, legend: '{{receiver}}' },
  ),
  timeSeries(
    {
      title: 'Sampel per detik menurut hasil',
      description: 'Sampel yang terkirim, yang dikirim ulang, dan yang dibuang karena ditolak penerima.',
      unit: 'short',
      normallyEmpty: true,
      height: 8,
      width: 12,
    },
    { expr: asked.writtenSamples, legend: '{{receiver}} · {{outcome}}' },
  ),
  timeSeries(
    {
      title: 'Jawaban penerima per menit',
      description: 'Jawaban penerima remote write menurut kode HTTP.',
      unit: 'short',
      normallyEmpty: true,
      height: 8,
      width: 12,
    },
    { expr: asked.writeAnswers, legend: '{{receiver}} · {{code}}' },
  ),
];
