const day = 86_400;
const sinceSeconds = Date.now() / 1000;

/**
 * A page on which every condition holds, for Dinas Kesehatan above all: the router of its `kantor` is dead, its `cabang`
 * lives in trouble, and the SPL answers nobody; or the same page when all is well again.
 */
export function troubledPage(isBad: boolean): string {
  const nowSeconds = Date.now() / 1000;
  const state = (bad: number, good: number) => (isBad ? bad : good);
  const link = (place: string, layer: string, up: number) =>
    `pantau_link_up{${place},node="vm",layer="${layer}",target="${layer}.lebong.example",probe="p"} ${up}`;
  const [kantor, cabang, dikbud] = [
    'pd="dinkes",site="kantor"',
    'pd="dinkes",site="cabang"',
    'pd="dikbud",site="kantor"',
  ];
  const simpus = 'pd="dinkes",dataset="simpus"';
  const disk = (mount: string) => `${cabang},node="db",mount="${mount}"`;
  const certificate = `${dikbud},node="vm",layer="spl",target="spl.lebong.example",probe="p"`;
  return `${[
    'pantau_collector_info{version="1",pemda="Lebong"} 1',
    'pantau_pd_info{pd="dinkes",name="Dinas Kesehatan",mandiri_tik="false"} 1',
    'pantau_pd_info{pd="dikbud",name="Dinas \\"Pendidikan\\"",mandiri_tik="false"} 1',
    `pantau_backup_overdue{${simpus}} ${state(1, 0)}`,
    `pantau_backup_overdue{pd="dikbud",dataset="arsip"} ${state(1, 0)}`,
    `pantau_backup_last_success_timestamp_seconds{${simpus}} ${nowSeconds - 30 * 3600}`,
    `pantau_backup_last_run_success{${simpus}} ${state(0, 1)}`,
    `pantau_backup_proof_level{${simpus}} ${state(1, 2)}`,
    `pantau_backup_demanded_proof_level{${simpus}} 2`,
    `pantau_backup_last_restore_test_timestamp_seconds{${simpus}} ${nowSeconds - state(100 * day, day)}`,
    `pantau_backup_restore_test_period_seconds{${simpus}} ${90 * day}`,
    ...['lan', 'wan', 'internet', 'spl', 'jip'].map((layer) => link(kantor, layer, state(0, 1))),
    ...['lan', 'wan', 'internet', 'jip'].map((layer) => link(dikbud, layer, 1)),
    link(dikbud, 'spl', state(0, 1)),
    link(cabang, 'wan', 1),
    `pantau_link_unstable{${cabang},node="vm",layer="wan",target="wan.lebong.example",probe="p"} ${state(1, 0)}`,
    `pantau_link_certificate_expiry_timestamp_seconds{${certificate}} ${nowSeconds + state(3, 300) * day}`,
    `pantau_router_up{${kantor},node="vm",router="10.20.1.1"} ${state(0, 1)}`,
    `pantau_node_up{${kantor},node="srv"} ${isBad ? 'NaN' : 1}`,
    `pantau_node_clock_offset_seconds{${kantor},node="srv"} 0.01`,
    `pantau_node_up{${cabang},node="db"} 1`,
    `pantau_node_clock_offset_seconds{${cabang},node="db"} 0.01`,
    `pantau_node_filesystem_available_bytes{${disk('/penuh')}} ${state(5, 50)}`,
    `pantau_node_filesystem_size_bytes{${disk('/penuh')}} 100`,
    // It loses ten bytes a second, and is extended when all is well.
    `pantau_node_filesystem_available_bytes{${disk('/terisi')}} ${state(3e5 - 10 * (nowSeconds - sinceSeconds), 9e5)}`,
    `pantau_node_filesystem_size_bytes{${disk('/terisi')}} 1e6`,
    `pantau_path_outside_intra{${cabang},node="db"} ${state(1, 0)}`,
    `pantau_site_traffic_p95_bytes_per_second{${cabang},direction="down"} ${state(300, 100)}`,
    `pantau_link_approved_bytes_per_second{${cabang},direction="down"} 200`,
  ].join('\n')}\n`;
}
