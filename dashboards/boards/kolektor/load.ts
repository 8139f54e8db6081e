import type { BoardPanel } from '../../panels/panel.ts';
import { timeSeries } from '../../panels/time-series.ts';
import * as asked from './expressions.ts';

/** What Pantau costs the machine that it runs on. */
export const loadPanels: readonly BoardPanel[] = [
  timeSeries(
    {
      title: 'Waktu tunggu giliran kerja',
      description:
        'Berapa lama pekerjaan di dalam kolektor menunggu gilirannya (event loop): persentil ke-99 dan yang terlama. Selama itu laporan yang masuk menunggu dijawab.',
      unit: 's',
      height: 8,
      width: 8,
    },
    { expr: asked.eventLoopLag, legend: 'persentil ke-99' },
    { expr: asked.eventLoopLagMax, legend: 'terlama' },
  ),
  timeSeries(
    {
      title: 'Pemakaian prosesor',
      description: 'Bagian dari satu inti prosesor yang dipakai kolektor; 100 % berarti satu inti penuh.',
      unit: 'percentunit',
      height: 8,
      width: 8,
    },
    { expr: asked.cpuShare, legend: 'prosesor' },
  ),
  timeSeries(
    {
      title: 'Memori',
      description: 'Memori yang ditempati proses kolektor dan bagian yang dipakai program.',
      unit: 'bytes',
      height: 8,
      width: 8,
    },
    { expr: asked.memoryBytes, legend: 'proses' },
    { expr: asked.heapBytes, legend: 'dipakai program' },
  ),
  timeSeries(
    {
      title: 'Ukuran basis data',
      description: 'Ukuran basis data kolektor. Riwayat rinci disimpan singkat, ringkasannya disimpan lama.',
      unit: 'bytes',
      height: 8,
      width: 8,
    },
    { expr: asked.storeBytes, legend: 'basis data' },
  ),
  timeSeries(
    {
      title: 'Lama pengambilan /metrics',
      description: 'Waktu yang diperlukan Prometheus untuk mengambil dan membaca halaman metrik.',
      unit: 's',
      height: 8,
      width: 8,
    },
    { expr: asked.scrapeSeconds, legend: 'lama pengambilan' },
  ),
  timeSeries(
    {
      title: 'Banyaknya sampel tiap pengambilan',
      description: 'Banyaknya angka yang dibaca Prometheus pada satu pengambilan halaman metrik.',
      unit: 'short',
      height: 8,
      width: 8,
    },
    { expr: asked.scrapedSamples, legend: 'sampel' },
  ),
];
