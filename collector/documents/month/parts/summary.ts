import type { IndicatorCoverage } from '../../../coverage/coverage.ts';
import type { Block } from '../../document.ts';
import { isEmptyMonth } from '../empty-month.ts';
import { endWords } from '../end-words.ts';
import type { ReportView } from '../report-view.ts';
import { layerWords } from '../tables/availability.ts';
import { coverageInWords } from '../tables/coverage.ts';
import type { MonthTotals } from '../totals.ts';
import { heading, paragraph } from './lines.ts';

/** B. Ringkasan Eksekutif: what a head of department reads when there is a minute. */
export function executiveSummary(view: ReportView, totals: MonthTotals): Block[] {
  const { scribe } = view;
  const { text } = scribe;
  const isSoFar = view.figures.soFarUntilMs !== undefined;
  return [
    heading(scribe, 1, { id: 'B. Ringkasan Eksekutif', en: 'B. Executive summary' }),
    ...(isEmptyMonth(view.figures) ? [paragraph(scribe, emptyWords)] : []),
    { kind: 'facts', rows: [...linkRows(view, totals), ...backupRows(view, totals), ...dutyRows(view, totals)] },
    ...(view.coverage === undefined
      ? []
      : [
          {
            kind: 'facts' as const,
            rows: view.coverage.indicators.map((each) => ({
              label: text(each.indicator.title),
              value: `${coverageInWords(each, scribe)}${unknownInWords(each, scribe)}`,
            })),
          },
        ]),
    paragraph(scribe, {
      id: `${isSoFar ? 'Sampai saat laporan dibuat' : 'Pada akhir bulan'} terdapat ${totals.verdicts.breached} putusan Tidak Patuh, di antaranya ${totals.grades.violation} pelanggaran; ${totals.verdicts['no-evidence']} putusan belum ada buktinya dan tidak dihitung patuh.`,
      en: `${isSoFar ? 'When this report was made' : 'At the end of the month'} ${totals.verdicts.breached} verdicts were In breach, ${totals.grades.violation} of them violations; for ${totals.verdicts['no-evidence']} there is no evidence yet, and they do not count as compliant.`,
    }),
  ];
}

const emptyWords = {
  id: 'Dalam bulan ini tidak ada yang tercatat: tidak ada pengukuran, putusan, maupun gangguan. Angka nol di bawah ini tidak berarti baik.',
  en: 'Nothing was recorded in this month: no measurement, verdict or incident. The zeros below do not mean that all was well.',
};

/** A department of which nobody knows is not one that does nothing. */
function unknownInWords({ departments }: IndicatorCoverage, { text }: ReportView['scribe']): string {
  const count = departments.filter(({ state }) => state === 'unknown').length;
  return count === 0 ? '' : text({ id: `; ${count} tidak diketahui`, en: `; ${count} unknown` });
}

type Rows = { label: string; value: string }[];

function linkRows({ scribe }: ReportView, { links }: MonthTotals): Rows {
  const { percent, text } = scribe;
  return Object.entries(links).map(([layer, { linkCount, availabilityRatio, coverageRatio }]) => {
    const name = text(layerWords[layer as keyof typeof layerWords]);
    const [share, known] = [percent(availabilityRatio).text, percent(coverageRatio).text];
    return {
      label: text({ id: `Ketersediaan ${name}`, en: `Availability of ${name}` }),
      value: text({
        id: `${share} dari waktu yang diketahui (${linkCount} tautan; data tersedia ${known})`,
        en: `${share} of the time that is known (${linkCount} links; data for ${known})`,
      }),
    };
  });
}

function backupRows(view: ReportView, { backups, restoreTests, bandwidth, paths }: MonthTotals): Rows {
  const { percent, text } = view.scribe;
  const decidedCount = backups.dueCount - backups.unknownCount - backups.pendingCount;
  const share = percent(backups.successRatio).text;
  const knownNodeCount = paths.nodeCount - paths.unknownNodeCount;
  const unmeasuredCount = unmeasuredSites(view);
  const notMet = backups.failedCount + backups.missedCount;
  return [
    {
      label: text({ id: 'Pencadangan', en: 'Backups' }),
      value: text({
        id: `${backups.metCount} dari ${decidedCount} jatuh tempo terpenuhi (${share}); ${notMet} gagal atau tidak ada; ${backups.unknownCount} tidak diketahui`,
        en: `${backups.metCount} of ${decidedCount} due times were met (${share}); ${notMet} failed or missed; ${backups.unknownCount} unknown`,
      }),
    },
    {
      label: text({ id: 'Uji pemulihan', en: 'Restore tests' }),
      value: text({
        id: `${restoreTests.okCount} berhasil, ${restoreTests.failedCount} gagal`,
        en: `${restoreTests.okCount} passed, ${restoreTests.failedCount} failed`,
      }),
    },
    {
      label: text({ id: 'Lebar pita', en: 'Bandwidth' }),
      value: text({
        id: `${bandwidth.overCount} dari ${bandwidth.siteCount} lokasi terukur melampaui persetujuan; ${unmeasuredCount} lokasi tidak terukur`,
        en: `${bandwidth.overCount} of ${bandwidth.siteCount} measured sites were above their approval; ${unmeasuredCount} sites were not measured`,
      }),
    },
    {
      label: text({ id: 'Jaringan Intra', en: 'Jaringan Intra' }),
      value: text({
        id: `${paths.outsideNodeCount} dari ${knownNodeCount} simpul yang jalurnya diketahui pernah melapor dari luar Jaringan Intra; jalur ${paths.unknownNodeCount} simpul tidak diketahui`,
        en: `${paths.outsideNodeCount} of ${knownNodeCount} nodes whose way is known reported from outside the Jaringan Intra at times; the way of ${paths.unknownNodeCount} nodes is unknown`,
      }),
    },
  ];
}

/** Sites of the configuration of which no bandwidth was measured. */
function unmeasuredSites({ config, figures }: ReportView): number {
  const isMeasured = (pd: string, site: string) =>
    figures.departments.some((each) => each.pd === pd && each.bandwidth.some((own) => own.site === site));
  const told = config.perangkatDaerah.filter(({ id }) => figures.departments.some(({ pd }) => pd === id));
  return told.flatMap(({ id, sites }) => sites.filter((site) => !isMeasured(id, site.id))).length;
}

function dutyRows({ scribe, figures }: ReportView, { verdicts, incidents, brokenCount }: MonthTotals): Rows {
  const end = endWords(figures);
  const { hours, text } = scribe;
  const spent = hours(incidents.monthSeconds).text;
  const unknown = hours(incidents.unknownSeconds).text;
  return [
    {
      label: text({ id: 'Kepatuhan', en: 'Compliance' }),
      value: text({
        id: `${verdicts.compliant} Patuh, ${verdicts.breached} Tidak Patuh, ${verdicts['no-evidence']} Belum Ada Bukti, ${verdicts.waived} Dikecualikan dari Kewajiban; ${brokenCount} pernah tidak patuh dalam bulan ini`,
        en: `${verdicts.compliant} compliant, ${verdicts.breached} in breach, ${verdicts['no-evidence']} without evidence, ${verdicts.waived} exempt; ${brokenCount} were in breach at some time`,
      }),
    },
    {
      label: text({ id: 'Gangguan', en: 'Incidents' }),
      value: text({
        id: `${incidents.count} gangguan (${incidents.openedCount} baru), ${incidents.openCount} belum pulih ${end.id}, ${spent} jam seluruhnya, ${unknown} jam di antaranya tidak diketahui keadaannya`,
        en: `${incidents.count} incidents (${incidents.openedCount} new), ${incidents.openCount} not over ${end.en}, ${spent} hours in all, of which for ${unknown} hours nothing is known`,
      }),
    },
  ];
}
