import { backupCalendar } from './charts/backup-calendar.ts';
import { barChart } from './charts/bar-chart.ts';
import { columnChart } from './charts/column-chart.ts';
import { lineChart } from './charts/line-chart.ts';
import { stateStrips } from './charts/state-strips.ts';
import type { Block, FormalDocument } from './document.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const fromMs = Date.parse('2026-10-01T00:00:00+07:00');
const untilMs = fromMs + 31 * dayMs;
const ticks = [1, 5, 10, 15, 20, 25, 30].map((day) => ({ atMs: fromMs + (day - 1) * dayMs, text: String(day) }));

/** A document with a block of every kind, as a month's report has them. */
export function sampleDocument(blocks: Block[] = sampleBlocks()): FormalDocument {
  return {
    name: 'laporan-contoh-2026-10',
    title: 'Laporan Bulanan Pemantauan Infrastruktur SPBE',
    language: 'id',
    letterhead: {
      pemda: 'Pemerintah Kabupaten Lebong',
      office: 'Dinas Komunikasi, Informatika, Statistik dan Persandian',
      lines: ['Jalan Contoh Nomor 1, Tubei', 'Surel diskominfo@example.go.id'],
    },
    footer: 'Laporan Bulanan Oktober 2026, revisi 0',
    isDraft: true,
    blocks,
    sheets: [{ name: 'Ketersediaan', columns: [{ title: 'Perangkat Daerah' }], rows: [['Dinas Kesehatan']] }],
  };
}

export function sampleBlocks(): Block[] {
  return [
    { kind: 'heading', level: 1, text: 'LAPORAN BULANAN PEMANTAUAN INFRASTRUKTUR SPBE' },
    { kind: 'paragraph', text: 'Bulan Oktober Tahun 2026', align: 'centre', bold: true },
    { kind: 'heading', level: 2, text: 'A. Pendahuluan' },
    {
      kind: 'paragraph',
      align: 'justify',
      text: 'Laporan ini memuat hasil pemantauan atas ketersediaan layanan, pencadangan dan uji pemulihan, pemanfaatan lebar pita, serta keterhubungan Jaringan Intra pada setiap Perangkat Daerah selama satu bulan.',
    },
    {
      kind: 'list',
      numbered: true,
      items: ['Peraturan Bupati Lebong Nomor 22 Tahun 2022', 'Peraturan Presiden Nomor 95 Tahun 2018'],
    },
    {
      kind: 'facts',
      rows: [
        { label: 'Perangkat Daerah', value: 'Dinas Kesehatan' },
        { label: 'Penanggung jawab', value: 'Petugas Pusat Data' },
      ],
    },
    { kind: 'heading', level: 2, text: 'C. Hasil Pemantauan' },
    { kind: 'heading', level: 3, text: '1. Ketersediaan Layanan' },
    availabilityBars(),
    dayColumns(),
    linkStrips(),
    calendar(),
    traffic(),
    { kind: 'page-break' },
    { kind: 'heading', level: 2, text: 'D. Rekapitulasi Kepatuhan per Perangkat Daerah' },
    verdictTable(60),
    { kind: 'paragraph', text: 'Data terputus tidak dihitung sebagai gangguan.', small: true },
    {
      kind: 'signatures',
      signatures: [
        {
          above: ['Mengetahui,'],
          office: 'Sekretaris Daerah',
          name: '(..............................)',
          number: 'NIP ..............................',
        },
        {
          above: ['Tubei, .................... 2026'],
          office: 'Kepala Dinas',
          name: '(..............................)',
          number: 'NIP ..............................',
        },
      ],
    },
  ];
}

function verdictTable(rowCount: number): Block {
  const states = [
    { text: 'Patuh', colour: 'good' },
    { text: 'Belum memenuhi ketentuan', colour: 'bad' },
    { text: 'Belum ada bukti', colour: 'unknown' },
    { text: 'Mendekati batas', colour: 'warning' },
  ] as const;
  return {
    kind: 'table',
    caption: 'Tabel 1. Kepatuhan per kewajiban',
    columns: [
      { title: 'No', align: 'right', weight: 0.4 },
      { title: 'Perangkat Daerah', weight: 2 },
      { title: 'Pasal', weight: 1.4 },
      { title: 'Status', weight: 1.6 },
      { title: 'Nilai', align: 'right' },
    ],
    rows: Array.from({ length: rowCount }, (_, index) => [
      { text: String(index + 1), number: index + 1 },
      { text: `Dinas Contoh Nomor ${index + 1} yang Bernama Cukup Panjang` },
      { text: 'Pasal 19 ayat (1)' },
      states[index % 4] ?? states[0],
      { text: '99,52%', number: 0.9952 },
    ]),
    note: 'Batas 50 jam adalah bawaan aplikasi.',
  };
}

function availabilityBars(): Block {
  return barChart({
    caption: 'Gambar 1. Ketersediaan per Perangkat Daerah (sumbu mulai dari 90%)',
    minValue: 0.9,
    maxValue: 1,
    limit: { value: 0.99, text: 'target 99% (bawaan aplikasi)' },
    bars: [
      { label: 'Dinas Kesehatan', value: 0.9952, text: '99,52%' },
      { label: 'Dinas Pekerjaan Umum, Penataan Ruang dan Perhubungan', value: 0.943, text: '94,30%', colour: 'bad' },
      { label: 'Kecamatan Topos', value: undefined, text: 'tidak diketahui' },
    ],
  });
}

function dayColumns(): Block {
  return columnChart({
    caption: 'Gambar 2. Gangguan per hari',
    bars: Array.from({ length: 31 }, (_, day) => ({
      label: String(day + 1),
      value: day === 12 ? undefined : (day * 7) % 5,
      text: String((day * 7) % 5),
      colour: 'warning' as const,
    })),
  });
}

function linkStrips(): Block {
  return stateStrips({
    caption: 'Gambar 3. Keterjangkauan WAN',
    fromMs,
    untilMs,
    ticks,
    words: { up: 'terhubung', down: 'terputus', unknown: 'tidak diketahui' },
    strips: ['Kantor', 'Kecamatan Topos', 'Puskesmas'].map((label, index) => ({
      label,
      text: '98,10%',
      spans: [
        { fromMs, untilMs: fromMs + (4 + index) * dayMs, state: 'up' },
        { fromMs: fromMs + (4 + index) * dayMs, untilMs: fromMs + (4 + index) * dayMs + 9 * hourMs, state: 'down' },
        { fromMs: fromMs + (5 + index) * dayMs, untilMs: fromMs + (15 + index) * dayMs, state: 'up' },
        { fromMs: fromMs + (18 + index) * dayMs, untilMs, state: 'up' },
        { fromMs: fromMs + 27 * dayMs, untilMs: fromMs + 27 * dayMs + 60_000, state: 'down' },
      ],
    })),
  });
}

function calendar(): Block {
  const marks = [
    { mark: 'B', colour: 'good' },
    { mark: 'B', colour: 'good' },
    { mark: 'T', colour: 'warning' },
    { mark: 'G', colour: 'bad' },
    { mark: '?', colour: 'unknown' },
    { mark: '', colour: 'none' },
  ] as const;
  return backupCalendar({
    caption: 'Gambar 4. Kalender pencadangan',
    dayCount: 31,
    rows: ['simpeg', 'sikd', 'antrean-rsud'].map((label, row) => ({
      label,
      days: Array.from({ length: 31 }, (_, day) => marks[(day * 5 + row) % marks.length]),
    })),
    legend: [
      { mark: 'B', colour: 'good', text: 'berhasil' },
      { mark: 'T', colour: 'warning', text: 'terlambat' },
      { mark: 'G', colour: 'bad', text: 'gagal' },
      { mark: '?', colour: 'unknown', text: 'tidak diketahui' },
      { colour: 'none', text: 'tidak jatuh tempo' },
    ],
  });
}

function traffic(): Block {
  const points = (scale: number) =>
    Array.from({ length: 124 }, (_, index) => ({
      atMs: fromMs + index * 6 * hourMs,
      value: index > 40 && index < 56 ? undefined : scale * (1 + Math.sin(index / 5)),
    }));
  return lineChart({
    caption: 'Gambar 5. Pemanfaatan lebar pita (p95)',
    fromMs,
    untilMs,
    ticks,
    lines: [
      { name: 'unduh', points: points(8) },
      { name: 'unggah', points: points(3), dashed: true },
    ],
    limit: { value: 20, text: 'disetujui 20 Mbps' },
    inWords: (value) => `${Math.round(value)} Mbps`,
  });
}
