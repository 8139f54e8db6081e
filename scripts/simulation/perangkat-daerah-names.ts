/** Departments of a typical Kabupaten, Diskominfo first; the order is that of the simulation. */
export interface PdName {
  id: string;
  name: string;
  /** What its servers keep and must be backed up, most important first. */
  datasets: readonly string[];
}

const offices: readonly (readonly [id: string, name: string, ...datasets: string[]])[] = [
  ['diskominfo', 'Dinas Komunikasi, Informatika, Statistik dan Persandian', 'portal', 'surel'],
  ['rsud', 'Rumah Sakit Umum Daerah', 'simrs', 'rekam-medis'],
  ['dukcapil', 'Dinas Kependudukan dan Pencatatan Sipil', 'siak', 'arsip-akta'],
  ['bkd', 'Badan Keuangan Daerah', 'sipd', 'gaji'],
  ['bkpsdm', 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia', 'simpeg', 'presensi'],
  ['bappeda', 'Badan Perencanaan Pembangunan Daerah', 'perencanaan', 'geospasial'],
  ['dinkes', 'Dinas Kesehatan', 'sikda', 'stok-obat'],
  ['dikbud', 'Dinas Pendidikan dan Kebudayaan', 'dapodik', 'aset-sekolah'],
  ['dpmptsp', 'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu', 'perizinan', 'antrean'],
  ['bapenda', 'Badan Pendapatan Daerah', 'pbb', 'pajak-daerah'],
  ['dpupr', 'Dinas Pekerjaan Umum dan Penataan Ruang', 'jalan', 'tata-ruang'],
  ['dinsos', 'Dinas Sosial', 'dtks', 'bantuan'],
  ['dishub', 'Dinas Perhubungan', 'uji-kendaraan', 'terminal'],
  ['setda', 'Sekretariat Daerah', 'jdih', 'naskah-dinas'],
  ['setwan', 'Sekretariat Dewan Perwakilan Rakyat Daerah', 'risalah', 'aspirasi'],
  ['inspektorat', 'Inspektorat Daerah', 'audit', 'gratifikasi'],
  ['dlh', 'Dinas Lingkungan Hidup', 'amdal', 'bank-sampah'],
  ['disperkim', 'Dinas Perumahan dan Kawasan Permukiman', 'rumah-layak', 'aset-tanah'],
  ['distan', 'Dinas Pertanian dan Perikanan', 'rdkk', 'ternak'],
  ['dkp', 'Dinas Ketahanan Pangan', 'cadangan-pangan', 'harga-pangan'],
  ['disnaker', 'Dinas Tenaga Kerja dan Transmigrasi', 'pencari-kerja', 'pelatihan'],
  ['disperindag', 'Dinas Perindustrian, Perdagangan, Koperasi dan UKM', 'pasar', 'koperasi'],
  ['dispar', 'Dinas Pariwisata, Kepemudaan dan Olahraga', 'kunjungan', 'atlet'],
  ['dp3ap2kb', 'Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana', 'keluarga', 'pengaduan'],
  ['dpmd', 'Dinas Pemberdayaan Masyarakat dan Desa', 'siskeudes', 'profil-desa'],
  ['dispusip', 'Dinas Perpustakaan dan Kearsipan', 'katalog', 'srikandi'],
  ['satpolpp', 'Satuan Polisi Pamong Praja dan Pemadam Kebakaran', 'penindakan', 'kebakaran'],
  ['bpbd', 'Badan Penanggulangan Bencana Daerah', 'kebencanaan', 'logistik'],
  ['kesbangpol', 'Badan Kesatuan Bangsa dan Politik', 'ormas', 'pemilu'],
];

const districts = (
  'Amen,Bingin Kuning,Lebong Atas,Lebong Sakti,Lebong Selatan,Lebong Tengah,Lebong Utara,' +
  'Pelabai,Pinang Belapis,Rimbo Pengadang,Topos,Uram Jaya'
).split(',');

/** @param count 1 to 1000; past the offices and districts come numbered health centres. */
export function perangkatDaerahNames(count: number): PdName[] {
  const fixed: PdName[] = [
    ...offices.map(([id, name, ...datasets]) => ({ id, name, datasets })),
    ...districts.map((name) => ({
      id: `kec-${name.toLowerCase().replaceAll(' ', '-')}`,
      name: `Kecamatan ${name}`,
      datasets: ['pelayanan', 'kependudukan'],
    })),
  ];
  return Array.from({ length: count }, (_, index) => fixed[index] ?? healthCentre(index - fixed.length + 1));
}

function healthCentre(number: number): PdName {
  return { id: `puskesmas-${number}`, name: `UPTD Puskesmas ${number}`, datasets: ['epuskesmas', 'imunisasi'] };
}
