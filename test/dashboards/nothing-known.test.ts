import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { type Answer, judged, type World } from './told-twice.ts';

const tools = needs({ tools: ['promtool'] });

const place = 'pd="dinkes",site="kantor"';
const link = `{${place},node="srv",layer="wan",target="pusat",probe="icmp"}`;

/** Everything is registered, and nothing is known of it. */
const world: World = {
  intervalMinutes: 5,
  atMinutes: 60,
  rangeMinutes: 60,
  variables: { layer: 'wan' },
  series: {
    'pantau_pd_info{pd="dinkes",name="Dinas Kesehatan"}': '1x12',
    [`pantau_site_info{${place},name="Kantor",area="",medium=""}`]: '1x12',
    [`pantau_link_up${link}`]: 'NaNx12',
    [`pantau_link_unstable${link}`]: 'NaNx12',
    [`pantau_path_outside_intra{${place},node="srv"}`]: 'NaNx12',
    // Nothing was taken yet.
    'pantau_remote_write_last_success_timestamp_seconds{receiver="grafik"}': '0x12',
    'pantau_backup_overdue{pd="dinkes",dataset="simpus"}': 'NaNx12',
  },
};

const none = {};

/** No zero: it would be green. */
const answers: readonly Answer[] = [
  { board: 'ringkasan', panel: 'Perangkat Daerah yang bermasalah', says: none },
  { board: 'ringkasan', panel: 'Jalur WAN terputus', says: none },
  { board: 'ringkasan', panel: 'Jalur WAN tidak diketahui', says: { '': 1 } },
  { board: 'ringkasan', panel: 'Pencadangan terlambat', says: none },
  { board: 'ringkasan', panel: 'Keadaan tiap Perangkat Daerah', question: 2, says: none, unknown: ['pd="dinkes"'] },
  { board: 'ringkasan', panel: 'Terlambat', says: none },
  { board: 'ringkasan', panel: 'Jalur menurut lapisan', says: none, unknown: ['layer="wan",code="wan"'] },
  { board: 'ringkasan', panel: 'Jalur menurut lapisan', question: 1, says: { 'layer="wan"': 1 } },
  { board: 'perangkat-daerah', panel: 'Cadangan terlambat', says: none, unknown: [''] },
  { board: 'pencadangan', panel: 'Terlambat', says: none },
  { board: 'pencadangan', panel: 'Tidak diketahui', says: { '': 1 } },
  { board: 'jaringan-intra', panel: 'Lokasi tersambung', says: none },
  { board: 'jaringan-intra', panel: 'Lokasi tersambung sebagian', says: none },
  { board: 'jaringan-intra', panel: 'Lokasi terputus', says: none },
  { board: 'jaringan-intra', panel: 'Lokasi tidak diketahui', says: { '': 1 } },
  { board: 'jaringan-intra', panel: 'Server di luar Jaringan Intra', says: none },
  { board: 'kolektor', panel: 'Ketertinggalan remote write', says: none },
];

describe.skipIf(!tools.ok)(`boards of a Pemda of which nothing is known ${tools.reason}`, () => {
  it.each(answers)('say no number of it in "$board", "$panel" ($question)', async (answer) => {
    expect(await judged(world, answer)).toContain('SUCCESS');
  });
});
