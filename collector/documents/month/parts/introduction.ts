import { regulationsOf } from '../../../obligations/regulations/registry.ts';
import type { Block } from '../../document.ts';
import { monthInWords } from '../month-name.ts';
import type { ReportView } from '../report-view.ts';
import { heading, list, paragraph } from './lines.ts';

/** Title, and A. Pendahuluan. */
export function introduction(view: ReportView): Block[] {
  const { config, figures, scribe } = view;
  const { language, text } = scribe;
  const month = monthInWords(figures.month, language);
  const soFar = figures.soFarUntilMs;
  const title: Block[] = [
    { kind: 'paragraph', text: text({ id: 'LAPORAN BULANAN', en: 'MONTHLY REPORT' }), align: 'centre', bold: true },
    {
      kind: 'paragraph',
      text: text({ id: 'PEMANTAUAN INFRASTRUKTUR SPBE', en: 'MONITORING OF THE SPBE INFRASTRUCTURE' }),
      align: 'centre',
      bold: true,
    },
    {
      kind: 'paragraph',
      text: text({ id: `Bulan ${month.name} Tahun ${month.year}`, en: `${month.name} ${month.year}` }),
      align: 'centre',
      bold: true,
    },
  ];
  if (soFar !== undefined) {
    const at = scribe.moment(soFar).text;
    const words = { id: `SEMENTARA, sampai dengan ${at}`, en: `PROVISIONAL, up to ${at}` };
    title.push({ kind: 'paragraph', text: text(words), align: 'centre', bold: true });
  }
  return [
    ...title,
    heading(scribe, 1, { id: 'A. Pendahuluan', en: 'A. Introduction' }),
    heading(scribe, 2, { id: '1. Latar Belakang', en: '1. Background' }),
    paragraph(scribe, {
      id: `${config.pemda.name} memantau infrastruktur Sistem Pemerintahan Berbasis Elektronik (SPBE) pada ${figures.departments.length} Perangkat Daerah. Laporan ini menyajikan hasil pemantauan yang dilakukan secara otomatis dan bukti yang mendasarinya.`,
      en: `${config.pemda.name} monitors the infrastructure of its electronic government (SPBE) at ${figures.departments.length} departments. This report gives what was measured automatically, and the evidence behind it.`,
    }),
    heading(scribe, 2, { id: '2. Dasar Hukum', en: '2. Legal basis' }),
    list(
      scribe,
      regulationsOf(config).map(({ title: law }) => ({ id: law, en: law })),
    ),
    heading(scribe, 2, { id: '3. Maksud dan Tujuan', en: '3. Purpose' }),
    paragraph(scribe, {
      id: 'Laporan ini dimaksudkan sebagai bahan pengawasan pencadangan data, jaringan, dan layanan, sebagai bahan tindak lanjut oleh Perangkat Daerah, dan sebagai bukti dukung evaluasi SPBE.',
      en: 'This report serves the supervision of backups, networks and services, what departments do about it, and the evaluation of SPBE as evidence.',
    }),
    heading(scribe, 2, { id: '4. Ruang Lingkup', en: '4. Scope' }),
    paragraph(scribe, {
      id: `Laporan mencakup ketersediaan layanan, pencadangan dan uji pemulihan, pemanfaatan lebar pita, keterjangkauan LAN dan WAN, serta keterhubungan Jaringan Intra sejak ${scribe.moment(figures.fromMs).text} sampai dengan ${scribe.moment(figures.untilMs).text} (waktu setempat, ${config.timezone}). Data yang tidak tersedia dinyatakan tidak diketahui, tidak dihitung nol, dan tidak dihitung baik.`,
      en: `It covers availability, backups and restore tests, use of bandwidth, reachability of LAN and WAN, and the use of the Jaringan Intra from ${scribe.moment(figures.fromMs).text} until ${scribe.moment(figures.untilMs).text} (local time, ${config.timezone}). Data that is not there is told as unknown, never as zero and never as good.`,
    }),
  ];
}
