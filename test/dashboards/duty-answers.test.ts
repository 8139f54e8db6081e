import { describe, expect, it } from 'vitest';
import { verdictStatuses } from '../../shared/states.ts';
import { needs } from '../requirements.ts';
import { type Answer, judged, type World } from './told-twice.ts';

const tools = needs({ tools: ['promtool'] });

/** A verdict as the page tells it: 1 for the status that holds, 0 for the others. */
function verdict(pd: string, obligation: string, holds: string, subject = ''): Record<string, string> {
  const labels = `pd="${pd}",obligation="${obligation}",subject="${subject}",regulation="perbup",pasal="${pasals[obligation]}"`;
  return Object.fromEntries(
    verdictStatuses.map((status) => [
      `pantau_obligation_status{${labels},status="${status}"}`,
      status === holds ? '1x12' : '0x12',
    ]),
  );
}

const pasals: Record<string, string> = { cadangan: '19', jaringan: '9' };

const info = (obligation: string, title: string) =>
  `pantau_obligation_info{regulation="perbup",obligation="${obligation}",pasal="${pasals[obligation]}",ayat="1",huruf="",title="${title}"}`;

const world: World = {
  intervalMinutes: 5,
  atMinutes: 60,
  rangeMinutes: 60,
  series: {
    'pantau_pd_info{pd="dinkes",name="Dinas Kesehatan",mandiri_tik="false"}': '1x12',
    'pantau_pd_info{pd="rsud",name="Rumah Sakit",mandiri_tik="false"}': '1x12',
    'pantau_pd_info{pd="dikbud",name="Dinas Pendidikan",mandiri_tik="false"}': '1x12',
    [info('cadangan', 'Pencadangan berkala')]: '1x12',
    [info('jaringan', 'Jaringan Intra dipakai')]: '1x12',
    ...verdict('dinkes', 'cadangan', 'breached', 'simrs'),
    'pantau_obligation_grade{pd="dinkes",obligation="cadangan",subject="simrs",grade="indication"}': '1x12',
    ...verdict('dinkes', 'cadangan', 'compliant', 'epus'),
    ...verdict('dinkes', 'jaringan', 'no-evidence'),
    ...verdict('rsud', 'cadangan', 'waived'),
    ...verdict('rsud', 'jaringan', 'compliant'),
    ...verdict('dikbud', 'cadangan', 'not-applicable'),
    // How much it may claim is not told.
    ...verdict('dikbud', 'jaringan', 'breached'),
  },
};

const board = 'kepatuhan';
const backup = 'regulation="perbup",obligation="cadangan",pasal="19",ayat="1",title="Pencadangan berkala"';
const network = 'regulation="perbup",obligation="jaringan",pasal="9",ayat="1",title="Jaringan Intra dipakai"';
const inMatrix = {
  backup: `${backup},place="Pasal 19",column="Pasal 19 · Pencadangan berkala",number="019",order="perbup 019 Pencadangan berkala"`,
  network: `${network},place="Pasal 9",column="Pasal 9 · Jaringan Intra dipakai",number="009",order="perbup 009 Jaringan Intra dipakai"`,
};
const dinkes = 'pd="dinkes",name="Dinas Kesehatan"';
const rsud = 'pd="rsud",name="Rumah Sakit"';
const dikbud = 'pd="dikbud",name="Dinas Pendidikan"';
const trend = 'Status penilaian dari waktu ke waktu';

const answers: readonly Answer[] = [
  { board, panel: 'Patuh', says: { '': 2 } },
  { board, panel: 'Belum dipenuhi', says: { '': 2 } },
  { board, panel: 'Belum ada bukti', says: { '': 1 } },
  { board, panel: 'Dikecualikan', says: { '': 1 } },
  { board, panel: 'Persentase patuh', says: { '': 0.5 } },
  { board, panel: 'Persentase terbukti', says: { '': 0.8 } },
  { board, panel: 'Pelanggaran', says: { '': 0 } },
  { board, panel: 'Indikasi pelanggaran', says: { '': 1 } },
  // An indication is not shown as a violation, and the worst of two subjects speaks for both.
  {
    board,
    panel: 'Kewajiban menurut Perangkat Daerah',
    says: {
      [`${dinkes},${inMatrix.backup}`]: 7,
      [`${dinkes},${inMatrix.network}`]: 3,
      [`${rsud},${inMatrix.backup}`]: 2,
      [`${rsud},${inMatrix.network}`]: 1,
      [`${dikbud},${inMatrix.backup}`]: 0,
      [`${dikbud},${inMatrix.network}`]: 4,
    },
  },
  { board, panel: 'Menurut kewajiban', says: { [backup]: 1, [network]: 1 } },
  {
    board,
    panel: 'Menurut Perangkat Daerah',
    question: 1,
    says: { 'pd="dinkes"': 1, 'pd="rsud"': 0, 'pd="dikbud"': 0 },
  },
  { board, panel: 'Yang belum dipenuhi', says: { [`${dinkes},${backup},subject="simrs",grade="indication"`]: 1 } },
  { board, panel: 'Yang belum ada buktinya', says: { [`${dinkes},${network}`]: 1 } },
  { board, panel: 'Yang dikecualikan', says: { [`${rsud},${backup}`]: 1 } },
  { board, panel: trend, says: { '': 2 } },
  { board, panel: trend, question: 1, says: { '': 1 } },
  { board, panel: trend, question: 3, says: { '': 2 } },
];

describe.skipIf(!tools.ok)(`the board Kepatuhan of a small Pemda ${tools.reason}`, () => {
  it.each(answers)('says in "$panel" what there is ($question)', async (answer) => {
    expect(await judged(world, answer)).toContain('SUCCESS');
  });
});
