import type { PrintedCheckpoint } from '../../store/documents-port.ts';
import type { Block, FormalDocument, Signature } from '../document.ts';
import type { FigureChange } from './changes.ts';
import { monthInWords } from './month-name.ts';
import { monthTables } from './month-tables.ts';
import { annex } from './parts/annex.ts';
import { conclusions } from './parts/conclusions.ts';
import { introduction } from './parts/introduction.ts';
import { heading, paragraph } from './parts/lines.ts';
import { results } from './parts/results.ts';
import { executiveSummary } from './parts/summary.ts';
import { departmentName, type ReportView } from './report-view.ts';
import type { Words } from './scribe.ts';
import { coverageEvidenceTable, coverageTable } from './tables/coverage.ts';
import { missingTable } from './tables/missing.ts';
import { tableSheet } from './tables/table.ts';
import { summaryTable, waiversTable } from './tables/verdicts.ts';
import { totalsOfMonth } from './totals.ts';

/** What is written of a document beside its figures. */
export interface Edition {
  /** 1, 2, 3 …; 0 for a month that is not over. */
  revision: number;
  madeAtMs: number;
  /** SHA-256 of the figures, hex. */
  figuresHash: string;
  /** Why there is a second revision; empty for the first. */
  changes: readonly FigureChange[];
  /** Of the ledger when it was made; undefined while nothing is signed. */
  checkpoint: PrintedCheckpoint | undefined;
  /** Of one department; of the whole Pemda when absent. */
  pd: string | undefined;
  /** Whom the letterhead names and who signs. */
  letterhead: FormalDocument['letterhead'];
  signatures: readonly Signature[];
}

/** The monthly report as data; pure. */
export function buildReport(view: ReportView, edition: Edition): FormalDocument {
  const { config, figures, scribe } = view;
  const { language, text } = scribe;
  const totals = totalsOfMonth(figures);
  const month = monthInWords(figures.month, language);
  const title = text({
    id: `Laporan Bulanan Pemantauan Infrastruktur SPBE, ${month.name} ${month.year}`,
    en: `Monthly report on the SPBE infrastructure, ${month.name} ${month.year}`,
  });
  const who = edition.pd === undefined ? config.pemda.name : departmentName(view, edition.pd);
  return {
    name: reportName(figures.month, edition.pd, language) + endingOf(edition, language),
    title: `${title}, ${who}`,
    language,
    letterhead: edition.letterhead,
    footer: `${title}, ${text(revisionWords(edition))}`,
    isDraft: false,
    blocks: [
      ...introduction(view),
      ...executiveSummary(view, totals),
      ...results(view, totals),
      ...conclusions(view, totals),
      ...signatures(edition),
      ...annex(view),
      ...lastPage(view, edition),
    ],
    sheets: [
      ...[summaryTable, ...monthTables, coverageTable, coverageEvidenceTable, waiversTable, missingTable].map((kind) =>
        tableSheet(kind, view),
      ),
      changesSheet(view, edition),
    ],
  };
}

/** `laporan-bulanan-2026-10`, or with a department behind it. */
export function reportName(month: string, pd: string | undefined, language: ReportView['scribe']['language']): string {
  const name = `${language === 'id' ? 'laporan-bulanan' : 'monthly-report'}-${month}`;
  return pd === undefined ? name : `${name}-${pd}`;
}

/** Files of several revisions lie side by side. */
function endingOf({ revision }: Edition, language: ReportView['scribe']['language']): string {
  if (revision === 0) return language === 'id' ? '-sementara' : '-provisional';
  return revision === 1 ? '' : `-r${revision}`;
}

function revisionWords({ revision }: Edition): Words {
  if (revision === 0) return { id: 'sementara', en: 'provisional' };
  return { id: `revisi ${revision}`, en: `revision ${revision}` };
}

function signatures({ signatures: own }: Edition): Block[] {
  return own.length === 0 ? [] : [{ kind: 'signatures', signatures: [...own] }];
}

const mostChanges = 60;

/** What another person needs to check the report, and what became different since the revision before. */
function lastPage({ scribe }: ReportView, edition: Edition): Block[] {
  const { moment, text } = scribe;
  const { checkpoint, changes } = edition;
  const rows = [
    { label: text({ id: 'Revisi', en: 'Revision' }), value: text(revisionWords(edition)) },
    { label: text({ id: 'Disusun pada', en: 'Made at' }), value: moment(edition.madeAtMs).text },
    { label: text({ id: 'SHA-256 angka laporan', en: 'SHA-256 of the figures' }), value: edition.figuresHash },
    ...(checkpoint === undefined
      ? []
      : [
          { label: text({ id: 'Titik periksa buku besar', en: 'Checkpoint of the ledger' }), value: checkpoint.hash },
          { label: text({ id: 'Nomor catatan', en: 'Entry' }), value: String(checkpoint.seq) },
          { label: text({ id: 'Ditandatangani pada', en: 'Signed at' }), value: moment(checkpoint.atMs).text },
          ...(checkpoint.newerCount === undefined
            ? []
            : [
                {
                  label: text({ id: 'Catatan yang lebih baru', en: 'Newer entries' }),
                  value: text({
                    id: `${checkpoint.newerCount} catatan belum tercakup titik periksa ini`,
                    en: `${checkpoint.newerCount} entries are not covered by this checkpoint`,
                  }),
                },
              ]),
        ]),
  ];
  const how =
    checkpoint === undefined
      ? {
          id: 'Buku besar belum memiliki titik periksa yang ditandatangani ketika laporan ini disusun.',
          en: 'The ledger had no signed checkpoint when this report was made.',
        }
      : {
          id: 'Cara memeriksa: ekspor buku besar dengan "pantau-collector ledger export", lalu jalankan "pantau-collector verify" pada komputer lain dengan kunci publik kolektor; titik periksa di atas harus ditemukan di dalamnya.',
          en: 'How to check: export the ledger with "pantau-collector ledger export" and run "pantau-collector verify" on another machine with the public key of the collector; the checkpoint above must be found in it.',
        };
  return [
    { kind: 'page-break' },
    heading(scribe, 1, { id: 'Keaslian laporan', en: 'Authenticity of this report' }),
    { kind: 'facts', rows },
    paragraph(scribe, how),
    ...(changes.length === 0 ? [] : changesBlocks(scribe, edition)),
  ];
}

function changesBlocks(scribe: ReportView['scribe'], { changes, revision }: Edition): Block[] {
  const { text } = scribe;
  const shown = changes.slice(0, mostChanges);
  const titles = {
    id: ['Tabel', 'Baris', 'Kolom', 'Sebelum', 'Sesudah'],
    en: ['Table', 'Row', 'Column', 'Before', 'After'],
  };
  const note = {
    id: `${changes.length - shown.length} perubahan lain ada pada lembar Perubahan.`,
    en: `${changes.length - shown.length} more changes are in the sheet Changes.`,
  };
  return [
    heading(scribe, 2, {
      id: `Yang dinyatakan kembali sejak revisi ${revision - 1}`,
      en: `What was restated since revision ${revision - 1}`,
    }),
    {
      kind: 'table',
      columns: titles[scribe.language].map((title, at) => ({ title, weight: at === 1 ? 2 : 1 })),
      rows: shown.map((change) => cellsOf(change).map((cell) => ({ text: cell }))),
      ...(shown.length === changes.length ? {} : { note: text(note) }),
    },
  ];
}

function cellsOf({ table, row, column, before, after }: FigureChange): string[] {
  return [table, row, column, before, after];
}

function changesSheet({ scribe }: ReportView, { changes }: Edition): FormalDocument['sheets'][number] {
  const titles = {
    id: ['Tabel', 'Baris', 'Kolom', 'Sebelum', 'Sesudah'],
    en: ['Table', 'Row', 'Column', 'Before', 'After'],
  };
  return {
    name: scribe.text({ id: 'Perubahan', en: 'Changes' }),
    columns: titles[scribe.language].map((title) => ({ title, widthCharacters: 26 })),
    rows: changes.map(cellsOf),
  };
}
