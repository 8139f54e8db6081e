import { colours } from './colours.ts';
import { causes } from './cause-words.ts';
import { incidentStates, kinds, severityWeights } from './incident-words.ts';
import { toPdOfRow } from './links.ts';
import type { BoardPanel } from './panel.ts';
import { table } from './table.ts';

const by = 'pd, site, subject, incident, kind, cause, owner, state';

/** An incident of an area belongs to a Diskominfo that need not be a department of the register: then its id is its name. */
const names =
  'topk by (pd) (1, max by (pd, name) (pantau_pd_info)) or on (pd) label_join(group by (pd) (pantau_incidents_open), "name", "", "pd")';

/** Every incident that is open, the most urgent first, and among these the oldest. */
export function openIncidents(filter: string, size: { width: number; height: number }): BoardPanel {
  const opened = (severity: string): string => {
    const matchers = [filter, `severity="${severity}"`].filter((each) => each !== '').join(', ');
    return `max by (${by}) (pantau_incident_opened_timestamp_seconds{${matchers}})`;
  };
  const weight = `(${opened('critical')} * 0 + 3) or (${opened('warning')} * 0 + 2) or (${opened('info')} * 0 + 1)`;
  const since = `max by (${by}) (pantau_incident_began_timestamp_seconds{${filter}}) * 1000`;
  return table({
    title: 'Insiden terbuka',
    description:
      'Gangguan dan pelanggaran yang belum selesai: sejak kapan, penyebab, dan siapa yang harus bertindak. Yang paling mendesak di atas. Satu gangguan menurut beberapa peraturan adalah satu insiden untuk tiap peraturan.',
    ...size,
    normallyEmpty: true,
    labels: [
      { label: 'name', title: 'Perangkat Daerah', link: toPdOfRow },
      { label: 'site', title: 'Lokasi' },
      { label: 'subject', title: 'Tentang' },
      { label: 'kind', title: 'Jenis', mappings: [kinds] },
      { label: 'cause', title: 'Penyebab', mappings: [causes] },
      { label: 'owner', title: 'Penanggung jawab' },
      { label: 'state', title: 'Penanganan', mappings: [incidentStates] },
      { label: 'incident', title: 'Nomor insiden' },
      { label: 'pd', title: 'Kode PD', hidden: true },
    ],
    values: [
      { title: 'Tingkat', expr: `(${weight}) * on (pd) group_left (name) (${names})`, mappings: [severityWeights] },
      { title: 'Sejak', expr: since, unit: 'dateTimeAsSystem' },
      { title: 'Lama', expr: `time() - ${since} / 1000`, unit: 's', steps: [[0, colours.neutral]] },
    ],
    sort: [{ by: 'Tingkat', descending: true }, { by: 'Sejak' }],
  });
}
