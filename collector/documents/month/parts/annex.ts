import { definitionOf } from '../../../coverage/definition.ts';
import type { Block } from '../../document.ts';
import { endWords } from '../end-words.ts';
import type { ReportView } from '../report-view.ts';
import { nodesTable } from '../tables/paths.ts';
import { missingByReasonTable } from '../tables/missing.ts';
import { tableBlock } from '../tables/table.ts';
import { waiversTable } from '../tables/verdicts.ts';
import { coverageEvidenceTable } from '../tables/coverage.ts';
import { departmentPage } from './department-page.ts';
import type { Words } from '../scribe.ts';
import { heading, list } from './lines.ts';

/** Lampiran: a page for each department, then what the figures rest on. */
export function annex(view: ReportView): Block[] {
  const { scribe, figures } = view;
  const none = { id: 'Tidak ada.', en: 'None.' };
  return [
    { kind: 'page-break' },
    heading(scribe, 1, { id: 'Lampiran 1. Lembar Perangkat Daerah', en: 'Annex 1. Pages of the departments' }),
    // The first stands below the heading, every other one on a page of its own.
    ...figures.departments
      .flatMap(({ pd }) => departmentPage(view, pd))
      .slice(figures.departments.length === 0 ? 0 : 1),
    { kind: 'page-break' },
    heading(scribe, 1, { id: 'Lampiran 2. Daftar simpul', en: 'Annex 2. Nodes' }),
    ...tableBlock(nodesTable, view, { otherwise: none }),
    heading(scribe, 1, { id: 'Lampiran 3. Metode dan sumber data', en: 'Annex 3. Methods and sources' }),
    list(scribe, methodsOf(endWords(figures))),
    heading(scribe, 1, { id: 'Lampiran 4. Daftar pengecualian dari kewajiban', en: 'Annex 4. Exemptions' }),
    ...tableBlock(waiversTable, view, { otherwise: none }),
    heading(scribe, 1, { id: 'Lampiran 5. Data yang tidak tersedia', en: 'Annex 5. Data that is not there' }),
    ...tableBlock(missingByReasonTable, view, { otherwise: none }),
    ...coverageNotes(view),
  ];
}

const methodsOf = (end: Words): Words[] => [
  {
    id: 'Data berasal dari laporan agen yang ditandatangani (Ed25519) dan dari pembacaan penyimpanan cadangan di Pusat Data; laporan yang datang terlambat memakai waktu pengukurannya sendiri.',
    en: 'Data comes from signed reports of agents (Ed25519) and from readers of the vaults in the Pusat Data; reports that come late keep the time at which they were measured.',
  },
  {
    id: 'Ketersediaan: waktu terhubung dibagi waktu yang diketahui terhubung atau terputus. Data tersedia: waktu yang diketahui dibagi seluruh bulan; sebelum pengukuran pertama keadaannya tidak diketahui. Pemeliharaan terjadwal tidak dihitung.',
    en: 'Availability: time up of the time that is known to have been up or down. Known: that time of the whole month; before the first measurement nothing is known. Planned work is left out.',
  },
  {
    id: 'Pencadangan: setiap jatuh tempo menurut jadwal dinilai terpenuhi, gagal, tidak ada, atau tidak diketahui; pernyataan berhasil dari tugas pencadangan baru dianggap tiba bila terlihat di Pusat Data.',
    en: 'Backups: each due time of the schedule was met, failed, missed or is unknown; what a job claims counts as arrived once it is seen in the Pusat Data.',
  },
  {
    id: 'Lebar pita: persentil ke-95 dari rerata lima menit yang terukur.',
    en: 'Bandwidth: the 95th percentile of the five-minute means that were measured.',
  },
  {
    id: `Kepatuhan: putusan ${end.id} menurut kata kerja peraturannya. Batas yang tidak ditetapkan peraturan adalah bawaan aplikasi atau ketetapan Pemda; melampauinya saja hanya merupakan indikasi.`,
    en: `Compliance: the verdicts as they stood ${end.en}, as far as the verb of the provision allows. A limit that no provision sets is a default of the application or of the Pemda; exceeding only that is an indication.`,
  },
  {
    id: 'Penyebab dan lamanya gangguan dapat dinyatakan kembali setelah laporan yang terlambat tiba; perubahannya diterbitkan sebagai revisi laporan ini.',
    en: 'Causes and figures may be restated when late reports arrive; changes are published as a revision of this report.',
  },
];

function coverageNotes(view: ReportView): Block[] {
  const { scribe, coverage } = view;
  if (coverage === undefined) return [];
  const notes = [coverage.set.note, ...coverage.indicators.map(({ indicator }) => indicator.note)];
  return [
    heading(scribe, 1, { id: 'Lampiran 6. Bukti dukung cakupan', en: 'Annex 6. Evidence behind the coverage' }),
    { kind: 'paragraph', text: scribe.text(coverage.set.title), bold: true },
    ...notes.flatMap((note): Block[] =>
      note === undefined ? [] : [{ kind: 'paragraph', text: scribe.text(note), small: true }],
    ),
    list(
      scribe,
      coverage.indicators.map(({ indicator }) => {
        const { id, en } = definitionOf(indicator);
        return { id: `${indicator.title.id}: ${id}`, en: `${indicator.title.en}: ${en}` };
      }),
    ),
    ...tableBlock(coverageEvidenceTable, view, { otherwise: { id: 'Tidak ada.', en: 'None.' } }),
  ];
}
