/** What is open once everything that the scenario plays has happened; some incidents stand for two regulations. */
export const openIncidents: readonly string[] = [
  'bappeda link not-connected info',
  'bkd backup backup-empty critical',
  'bkd backup backup-overdue critical',
  'bkpsdm link wan-down critical',
  'diskominfo service certificate-expired critical',
  'dukcapil backup job-failed critical',
  'dukcapil link outside-intra warning',
  'dukcapil link wan-degraded-loss warning',
  'dukcapil service endpoint-down warning',
  'rsud backup not-arrived critical',
  'rsud link over-approval warning',
  'rsud link wan-unstable critical',
];

/** Rules for which this Kabupaten gives no reason: nothing is wrong with the collector, and it has not run for long. */
export const quietRules: readonly string[] = [
  'BukuBesarTidakDitandatangani',
  'KolektorMati',
  'KolektorTidakMenilai',
  'KonfigurasiDitolak',
  'LaporanBulananGagal',
  'PengirimanPeringatanGagal',
  'PengirimanPeringatanTertunda',
  'PenyimpananTidakDapatDitulis',
  'RemoteWriteMembuang',
  'RemoteWriteTertinggal',
  'TujuanMatiDariSemuaLokasi',
  'pantau:collector_steady:timestamp_seconds',
];

interface KnownAnswer {
  what: string;
  expr: string;
  /** The department, the other labels by their names, and the value; sorted. */
  answer: readonly string[];
}

export const knownAnswers: readonly KnownAnswer[] = [
  { what: 'how many departments there are', expr: 'count(max by (pd) (pantau_pd_info))', answer: ['6'] },
  {
    what: 'whose agents are heard, and that nothing is known of the others',
    expr: 'count by (pd) (max by (pd, site, node) (pantau_node_up) == 1)',
    // Of the thirteen one was never started and two stand at a site without power.
    answer: ['bappeda 2', 'bkd 2', 'diskominfo 2', 'dukcapil 2', 'rsud 2'],
  },
  {
    what: 'which routers do not answer',
    expr: 'max by (pd, site) (pantau_router_up) == 0',
    answer: ['bkpsdm kantor 0'],
  },
  {
    what: 'which site is cut off as the Pusat Data sees it',
    expr: 'max by (pd, site) (pantau_link_up{layer="wan", node="pemantau", pd!="rsud"}) == 0',
    answer: ['bkpsdm kantor 0'],
  },
  {
    what: 'which lines come and go',
    expr: 'max by (pd, site) (pantau_link_unstable{layer="wan"}) == 1',
    answer: ['rsud cabang 1'],
  },
  {
    what: 'which lines lose packets',
    expr: 'round(max by (pd, site) (pantau_link_loss_ratio{layer="wan", pd="dukcapil"}) > 0, 0.1)',
    answer: ['dukcapil cabang 0.4'],
  },
  {
    what: 'who reports from outside the Jaringan Intra',
    expr: 'max by (pd, node) (pantau_path_outside_intra) == 1',
    answer: ['bappeda srv-aplikasi 1', 'bappeda srv-basis-data 1', 'dukcapil srv-basis-data 1'],
  },
  {
    what: 'who uses more than was approved',
    expr:
      'max by (pd, site, direction) (pantau_site_traffic_p95_bytes_per_second)' +
      ' > on (pd, site, direction) max by (pd, site, direction) (pantau_link_approved_bytes_per_second) > bool 0',
    answer: ['rsud down kantor 1'],
  },
  {
    what: 'which backups are overdue, of those whose day is over at any hour',
    expr: 'max by (pd, dataset) (pantau_backup_overdue{dataset=~"portal|sipd|rekam-medis|simrs"})',
    answer: ['bkd sipd 1', 'diskominfo portal 0', 'rsud rekam-medis 1', 'rsud simrs 0'],
  },
  {
    what: 'whose last run failed by its own word',
    expr: 'max by (pd, dataset) (pantau_backup_last_run_success) == 0',
    answer: ['dukcapil siak 0'],
  },
  {
    what: 'how far each backup is proven',
    expr: 'max by (pd, dataset) (pantau_backup_proof_level{dataset=~"portal|rekam-medis|sipd"})',
    answer: ['bkd sipd 2', 'diskominfo portal 4', 'rsud rekam-medis 1'],
  },
  {
    what: 'what lies in the vaults that belongs to nobody',
    expr: 'max by (vault, location) (pantau_vault_unowned_objects)',
    answer: ['drc brankas-drc 0', 'pusat-data brankas 2'],
  },
  {
    what: 'which duty is waived',
    expr: 'max by (pd, obligation, subject) (pantau_obligation_status{status="waived"}) == 1',
    answer: ['dukcapil sigi-14-11-uji-pemulihan arsip-akta 1'],
  },
  {
    what: 'who has registered nothing to back up',
    expr: 'max by (pd) (pantau_obligation_status{obligation="lebong-19-1-cakupan-data", status="breached"}) == 1',
    answer: ['bappeda 1', 'dukcapil 1'],
  },
  {
    what: 'which certificates end within a month or have ended',
    expr: 'max by (target) (pantau_link_certificate_expiry_timestamp_seconds) - time() < 30 * 86400 > bool 0',
    answer: ['surel.lebongkab.example 0', 'www.lebongkab.example 1'],
  },
];

export interface PanelAnswer {
  board: string;
  panel: string;
  /** Which of its questions, the first when absent. */
  question?: number;
  /** Only what is said of these departments: of others it depends on the hour of the day. */
  of?: readonly string[];
  answer: readonly string[];
}

/** What stands in the boards of this Kabupaten, as `knownAnswers` has it. */
export const panelAnswers: readonly PanelAnswer[] = [
  { board: 'ringkasan', panel: 'Perangkat Daerah terdaftar', answer: ['6'] },
  { board: 'ringkasan', panel: 'Dari seluruh himpunan data', answer: ['10'] },
  { board: 'ringkasan', panel: 'Gagal pada percobaan terakhir', answer: ['1'] },
  { board: 'ringkasan', panel: 'Server melapor', answer: ['10'] },
  { board: 'ringkasan', panel: 'Server terdaftar', answer: ['13'] },
  // Everybody has a server, and five of six have something to back up.
  { board: 'ringkasan', panel: 'Cakupan', question: 1, answer: ['1'] },
  { board: 'ringkasan', panel: 'Cakupan', question: 2, answer: ['0.833'] },
  {
    board: 'ringkasan',
    panel: 'Keadaan tiap Perangkat Daerah',
    of: ['bappeda', 'bkpsdm', 'diskominfo'],
    // Without power: the link and the incident are red. At the Pusat Data: a certificate that has ended.
    answer: [
      'bappeda Badan Perencanaan Pembangunan Daerah 0',
      'bkpsdm Badan Kepegawaian dan Pengembangan Sumber Daya Manusia 2',
      'diskominfo Dinas Komunikasi, Informatika, Statistik dan Persandian 1',
    ],
  },
  {
    board: 'pencadangan',
    panel: 'Pekerjaan terakhir yang gagal',
    answer: ['dukcapil siak Data siak Dinas Kependudukan dan Pencatatan Sipil 14 1 * * * 0'],
  },
  // Links of silent servers, which are written of no more.
  { board: 'ringkasan', panel: 'Jalur WAN tidak diketahui', answer: ['2'] },
  { board: 'pencadangan', panel: 'Pekerjaan terakhir gagal', answer: ['1'] },
  { board: 'pencadangan', panel: 'Bukti kurang dari yang diminta', answer: ['3'] },
  { board: 'jaringan-intra', panel: 'Server di luar Jaringan Intra', answer: ['3'] },
  {
    board: 'jaringan-intra',
    panel: 'Sambungan tidak stabil',
    answer: ['rsud wan radio Rumah Sakit Umum Daerah cabang Kantor Cabang 10.40.1.1 1'],
  },
  { board: 'kepatuhan', panel: 'Dikecualikan', answer: ['1'] },
  { board: 'kepatuhan', panel: 'Pelanggaran', answer: ['1'] },
  { board: 'kolektor', panel: 'Agen menurut keadaan', question: 0, answer: ['10'] },
  { board: 'kolektor', panel: 'Agen menurut keadaan', question: 1, answer: ['2'] },
  { board: 'kolektor', panel: 'Agen menurut keadaan', question: 2, answer: ['1'] },
];
