import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { type Answer, judged, type World } from './told-twice.ts';

const tools = needs({ tools: ['promtool'] });

const hour = 3600;
const day = 24 * hour;

/** Hours of a small Pemda, from 0 to 48: of each series the value of each hour, or one that holds. */
const series: Record<string, string> = {
  // Cut off, late, and working on it.
  'pantau_pd_info{pd="dinkes",name="Dinas Kesehatan"}': '1x48',
  'pantau_link_up{pd="dinkes",site="kantor",node="srv",layer="wan",target="pusat",probe="icmp"}': '0x48',
  'pantau_link_up{pd="dinkes",site="kantor",node="srv",layer="lan",target="gerbang",probe="icmp"}': '1x48',
  'pantau_incidents_open{pd="dinkes",severity="critical"}': '1x48',
  'pantau_incidents_open{pd="dinkes",severity="warning"}': '2x48',
  'pantau_obligation_grade{pd="dinkes",obligation="a",subject="x",grade="indication"}': '1x48',
  'pantau_incident_opened_timestamp_seconds{pd="dinkes",site="kantor",subject="kantor",incident="1",kind="link",cause="wan-down",owner="diskominfo",severity="critical",state="open"}':
    '7260x48',
  'pantau_incident_began_timestamp_seconds{pd="dinkes",site="kantor",subject="kantor",incident="1",kind="link",cause="wan-down",owner="diskominfo",severity="critical",state="open"}':
    '7200x48',
  // Of an area; whose it is stands in no register.
  'pantau_incidents_open{pd="kominfo",severity="critical"}': '0x48',
  'pantau_incident_opened_timestamp_seconds{pd="kominfo",incident="2",kind="link",cause="backbone-down",owner="diskominfo",severity="warning",state="open"}':
    '7260x48',
  'pantau_incident_began_timestamp_seconds{pd="kominfo",incident="2",kind="link",cause="backbone-down",owner="diskominfo",severity="warning",state="open"}':
    '7200x48',
  'pantau_obligation_info{regulation="r",obligation="a",pasal="19",ayat="1",title="Cadangan"}': '1x48',
  'pantau_obligation_info{regulation="r",obligation="b",pasal="20",ayat="1",title="Cakupan"}': '1x48',
  'pantau_obligation_status{pd="dinkes",obligation="a",subject="x",regulation="r",pasal="19",status="breached"}':
    '1x48',
  'pantau_obligation_status{pd="dinkes",obligation="a",subject="x",regulation="r",pasal="19",status="compliant"}':
    '0x48',
  'pantau_obligation_status{pd="dinkes",obligation="b",regulation="r",pasal="20",status="no-evidence"}': '1x48',
  'pantau_obligation_status{pd="dinkes",obligation="b",regulation="r",pasal="20",status="compliant"}': '0x48',
  // Nothing is known of its link.
  'pantau_pd_info{pd="dikbud",name="Dinas Pendidikan"}': '1x48',
  'pantau_link_up{pd="dikbud",site="kantor",node="srv",layer="wan",target="pusat",probe="icmp"}': 'NaNx48',
  'pantau_incidents_open{pd="dikbud",severity="critical"}': '0x48',
  // As it should be.
  'pantau_pd_info{pd="rsud",name="Rumah Sakit"}': '1x48',
  'pantau_link_up{pd="rsud",site="kantor",node="srv",layer="wan",target="pusat",probe="icmp"}': '1x48',
  'pantau_incidents_open{pd="rsud",severity="critical"}': '0x48',
  // Silent, as remote write tells it: that there is a link, and no more.
  'pantau_pd_info{pd="dishub",name="Dinas Perhubungan"}': '1x48',
  'pantau_link_unstable{pd="dishub",site="kantor",node="srv",layer="wan",target="pusat",probe="icmp"}': 'NaNx48',

  // One day each, from hour 24 to 48: done at 26; late and not done; late, done at 27; done the day before; not known.
  ...dataset('rsud', 'simrs', { overdue: '0x48', success: `${2 * hour}x25 ${26 * hour}x22`, run: '1x48' }),
  ...dataset('dinkes', 'sip', { overdue: '0x24 1x23', success: `${2 * hour}x48`, run: '0x48' }),
  ...dataset('dinkes', 'epus', { overdue: '0x24 1x1 0x21', success: `${2 * hour}x26 ${27 * hour}x21`, run: '1x48' }),
  ...dataset('rsud', 'arsip', { overdue: '0x48', success: `${20 * hour}x48`, run: '1x48' }),
  ...dataset('dikbud', 'dapodik', { overdue: 'NaNx48' }),
  // Claimed and not seen; of the second nothing more is demanded.
  'pantau_backup_last_claim_timestamp_seconds{pd="dinkes",dataset="sip"}': `${2 * hour}x48`,
  'pantau_backup_demanded_proof_level{pd="dinkes",dataset="sip"}': '2x48',
  'pantau_backup_last_claim_timestamp_seconds{pd="rsud",dataset="arsip"}': `${2 * hour}x48`,
  'pantau_backup_demanded_proof_level{pd="rsud",dataset="arsip"}': '1x48',
  'pantau_backup_restore_test_period_seconds{pd="rsud",dataset="simrs"}': `${day}x48`,
  'pantau_backup_last_restore_test_timestamp_seconds{pd="rsud",dataset="simrs"}': `${3 * hour}x48`,
  'pantau_backup_restore_test_period_seconds{pd="rsud",dataset="arsip"}': `${day}x48`,
  // Tested although nobody demands it: not in a table of what is demanded.
  'pantau_backup_last_restore_test_timestamp_seconds{pd="dinkes",dataset="sip"}': `${3 * hour}x48`,

  'pantau_node_filesystem_size_bytes{pd="rsud",site="kantor",node="srv",mount="/"}': '100x48',
  'pantau_node_filesystem_available_bytes{pd="rsud",site="kantor",node="srv",mount="/"}': '96-1x48',
  'pantau_node_filesystem_size_bytes{pd="rsud",site="kantor",node="srv",mount="/cdrom"}': '100x48',
  'pantau_node_filesystem_available_bytes{pd="rsud",site="kantor",node="srv",mount="/cdrom"}': '0x48',
  'pantau_node_filesystem_read_only{pd="rsud",site="kantor",node="srv",mount="/cdrom"}': '1x48',
  'pantau_node_info{pd="rsud",site="kantor",node="srv"}': '1x48',
  'pantau_node_info{pd="dikbud",site="kantor",node="srv"}': '1x48',
  'pantau_node_up{pd="rsud",site="kantor",node="srv"}': '1x48',
  'pantau_node_up{pd="dikbud",site="kantor",node="srv"}': 'NaNx48',
};

function dataset(pd: string, name: string, of: { overdue: string; success?: string; run?: string }) {
  const labels = `pd="${pd}",dataset="${name}"`;
  return {
    [`pantau_dataset_info{${labels},name="Data ${name}",schedule="0 2 * * *"}`]: '1x48',
    [`pantau_backup_overdue{${labels}}`]: of.overdue,
    ...(of.success === undefined ? {} : { [`pantau_backup_last_success_timestamp_seconds{${labels}}`]: of.success }),
    ...(of.run === undefined ? {} : { [`pantau_backup_last_run_success{${labels}}`]: of.run }),
  };
}

interface AnswerThen extends Answer {
  atHour: number;
  knownUntilHour?: number;
}

const simrs = 'pd="rsud",dataset="simrs",name="Rumah Sakit",dataset_name="Data simrs",schedule="0 2 * * *"';
const arsip = 'pd="rsud",dataset="arsip",name="Rumah Sakit",dataset_name="Data arsip",schedule="0 2 * * *"';
const sip = 'pd="dinkes",dataset="sip",name="Dinas Kesehatan",dataset_name="Data sip",schedule="0 2 * * *"';
const epus = 'pd="dinkes",dataset="epus",name="Dinas Kesehatan",dataset_name="Data epus",schedule="0 2 * * *"';

const answers: readonly AnswerThen[] = [
  // Link, backup and incident; only our own number was exceeded, which is no violation.
  {
    board: 'ringkasan',
    panel: 'Keadaan tiap Perangkat Daerah',
    atHour: 30,
    says: {
      'pd="dinkes",name="Dinas Kesehatan"': 3,
      'pd="dikbud",name="Dinas Pendidikan"': 0.5,
      'pd="dishub",name="Dinas Perhubungan"': 0.5,
      'pd="rsud",name="Rumah Sakit"': 0,
    },
  },
  // None is late only where of all it is known.
  {
    board: 'ringkasan',
    panel: 'Keadaan tiap Perangkat Daerah',
    question: 2,
    atHour: 30,
    says: { 'pd="dinkes"': 1, 'pd="rsud"': 0 },
    unknown: ['pd="dikbud"'],
  },
  {
    board: 'ringkasan',
    panel: 'Keadaan tiap Perangkat Daerah',
    question: 5,
    atHour: 30,
    says: { 'pd="dinkes"': 0, 'pd="dikbud"': 0, 'pd="dishub"': 0, 'pd="rsud"': 0 },
  },
  { board: 'ringkasan', panel: 'Perangkat Daerah yang bermasalah', atHour: 30, says: { '': 1 } },
  { board: 'ringkasan', panel: 'Jalur WAN terputus', atHour: 30, says: { '': 1 } },
  { board: 'ringkasan', panel: 'Jalur WAN tidak diketahui', atHour: 30, says: { '': 2 } },
  { board: 'ringkasan', panel: 'Insiden terbuka (jumlah)', atHour: 30, says: { '': 3 } },
  {
    board: 'ringkasan',
    panel: 'Insiden terbuka',
    atHour: 30,
    says: {
      'pd="dinkes",name="Dinas Kesehatan",site="kantor",subject="kantor",incident="1",kind="link",cause="wan-down",owner="diskominfo",state="open"': 3,
      'pd="kominfo",name="kominfo",incident="2",kind="link",cause="backbone-down",owner="diskominfo",state="open"': 2,
    },
  },
  { board: 'ringkasan', panel: 'Kapan bermasalah', atHour: 30, says: { 'pd="dinkes",name="Dinas Kesehatan"': 3 } },
  { board: 'ringkasan', panel: 'Terlambat', atHour: 30, says: { '': 1 } },
  { board: 'ringkasan', panel: 'Selesai 24 jam terakhir', atHour: 30, says: { '': 3 } },
  { board: 'ringkasan', panel: 'Gagal pada percobaan terakhir', atHour: 30, says: { '': 1 } },
  // What is not known is not on time.
  { board: 'ringkasan', panel: 'Tepat waktu', atHour: 30, says: { '': 0.6 } },
  { board: 'ringkasan', panel: 'Server melapor', atHour: 30, says: { '': 1 } },
  { board: 'ringkasan', panel: 'Server terdaftar', atHour: 30, says: { '': 2 } },
  { board: 'ringkasan', panel: 'Cakupan', atHour: 30, says: { '': 0.5 } },
  { board: 'ringkasan', panel: 'Cakupan', question: 1, atHour: 30, says: { '': 0.5 } },
  { board: 'ringkasan', panel: 'Cakupan', question: 2, atHour: 30, says: { '': 0.75 } },
  // The day that begins at hour 24.
  {
    board: 'pencadangan',
    panel: 'Kalender pencadangan',
    atHour: 24,
    knownUntilHour: 47,
    says: { [simrs]: 2, [sip]: 1, [epus]: 3, [arsip]: 0 },
  },
  { board: 'pencadangan', panel: 'Tidak diketahui', atHour: 30, says: { '': 1 } },
  { board: 'pencadangan', panel: 'Uji pemulihan', atHour: 30, says: { [simrs]: 1, [arsip]: 0 } },
  {
    board: 'pencadangan',
    panel: 'Uji pemulihan',
    question: 2,
    atHour: 30,
    says: { 'pd="rsud",dataset="simrs"': 27 * hour },
  },
  { board: 'pencadangan', panel: 'Diklaim tetapi belum tiba', atHour: 30, says: { [sip]: 28 * hour } },
  { board: 'pencadangan', panel: 'Pekerjaan terakhir yang gagal', atHour: 30, says: { [sip]: 0 } },
  {
    board: 'perangkat-daerah',
    panel: 'Kewajiban',
    atHour: 30,
    says: {
      'pd="dinkes",obligation="a",subject="x",regulation="r",pasal="19",ayat="1",title="Cadangan"': 4,
      'pd="dinkes",obligation="b",subject="(seluruhnya)",regulation="r",pasal="20",ayat="1",title="Cakupan"': 3,
    },
  },
  {
    board: 'perangkat-daerah',
    panel: 'Kewajiban',
    question: 1,
    atHour: 30,
    says: { 'pd="dinkes",obligation="a",subject="x"': 3 },
  },
  // A mark says where, also where that is no site.
  {
    board: 'perangkat-daerah',
    panel: 'anotasi Insiden',
    atHour: 30,
    says: {
      'pd="dinkes",subject="kantor",place="dinkes / kantor",incident="1",kind="link",cause="wan-down",owner="diskominfo",severity="critical"': 7_200_000,
      'pd="kominfo",place="kominfo",incident="2",kind="link",cause="backbone-down",owner="diskominfo",severity="warning"': 7_200_000,
    },
  },
  { board: 'perangkat-daerah', panel: 'Kewajiban yang belum ada buktinya', atHour: 30, says: { '': 1 } },
  {
    board: 'perangkat-daerah',
    panel: 'Disk terpakai',
    atHour: 46,
    says: { 'pd="rsud",site="kantor",node="srv",mount="/"': 0.5 },
  },
  {
    board: 'perangkat-daerah',
    panel: 'Perkiraan disk penuh',
    atHour: 46,
    says: { 'pd="rsud",site="kantor",node="srv",mount="/"': 50 * hour },
  },
];

function worldAt({ atHour, knownUntilHour }: AnswerThen): World {
  const then = { intervalMinutes: 60, atMinutes: atHour * 60, rangeMinutes: 12 * 60, series };
  return knownUntilHour === undefined ? then : { ...then, knownUntilMinutes: knownUntilHour * 60 };
}

describe.skipIf(!tools.ok)(`the boards of a small Pemda ${tools.reason}`, () => {
  it.each(answers.map((answer) => ({ question: 0, ...answer })))(
    '$board says in "$panel" what there is (question $question, hour $atHour)',
    async (answer) => {
      expect(await judged(worldAt(answer), answer)).toContain('SUCCESS');
    },
  );
});
