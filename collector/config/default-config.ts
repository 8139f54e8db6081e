import { join } from 'node:path';

/**
 * The `pantau.yaml` that a first start writes: Kabupaten Lebong with one department and one dataset to try things out.
 * @param dataFolder absolute; the example dataset watches `contoh-cadangan` in it, and `brankas` is its vault.
 */
export function defaultConfigText(dataFolder: string): string {
  return (
    head +
    exampleVault(join(dataFolder, 'brankas')) +
    departments +
    exampleDatasets(join(dataFolder, 'contoh-cadangan', '*')) +
    tail
  );
}

const head = `# Pantau configuration / Konfigurasi Pantau
#
# An example to start from: replace the names with those of your own Pemda. After a change:
#   pantau-collector check-config   says what is wrong, with line and remedy
#   kill -HUP <process>             makes a running collector read it again
# Contoh awal: ganti nama-namanya dengan nama Pemda Anda. Periksa dengan perintah di atas setelah mengubahnya.

# The local government, and whom an alert asks to call. / Pemda, dan siapa yang dihubungi saat ada peringatan.
pemda:
  name: Pemerintah Kabupaten Lebong
  diskominfo:
    pd: diskominfo
    name: Dinas Komunikasi, Informatika, Statistik dan Persandian
    contacts:
      - name: Petugas Pusat Data
        role: Operator
        # phone: "+62 800 0000 0000"
        # email: noc@example.go.id

# WIB; write Asia/Makassar for WITA, Asia/Jayapura for WIT. / Zona waktu.
timezone: Asia/Jakarta
# Language of alerts and pages: id or en. / Bahasa peringatan dan halaman.
language: id

# The regulations whose duties are judged. / Peraturan yang kewajibannya dinilai.
regulations:
  - lebong-perbup-22-2022

# Only this machine reaches the collector so far. For agents elsewhere: host 0.0.0.0 and tls.enabled true.
# Baru mesin ini yang dapat menjangkau kolektor. Untuk agen di tempat lain: host 0.0.0.0 dan tls.enabled true.
listen:
  host: 127.0.0.1
  port: 8420
  # publicUrl: https://pantau.example.go.id:8420
tls:
  enabled: false

pusatData:
  name: Pusat Data Pemerintah Kabupaten Lebong
  # location: { lat: -3.12, lon: 102.2 }
`;

function exampleVault(root: string): string {
  return `  # Storage that receives backups, read by an agent with the role vault: <root>/<department>/<dataset>/…
  # Penyimpanan penerima cadangan, dibaca oleh agen dengan peran vault.
  vaults:
    - id: brankas
      root: ${JSON.stringify(root)}
      scanEvery: 30s
`;
}

const departments = `
# The departments, their sites and what they must back up. / Perangkat Daerah, lokasi, dan data yang wajib dicadangkan.
perangkatDaerah:
  - id: diskominfo
    name: Dinas Komunikasi, Informatika, Statistik dan Persandian
    # true for a Perangkat Daerah Mandiri TIK, which looks after its own network.
    mandiriTik: false
    sites:
      - id: pusat-data
        name: Pusat Data
        # subnets: [10.20.0.0/24]
        # The router is probed from the Pusat Data. / Router dipantau dari Pusat Data.
        # router: { address: 10.20.0.1 }
`;

function exampleDatasets(path: string): string {
  return `    datasets:
      # A file in the folder below is a claim; the same file in the vault, in diskominfo/contoh, is the proof.
      # Berkas di folder di bawah adalah klaim; berkas yang sama di brankas, dalam diskominfo/contoh, adalah buktinya.
      - id: contoh
        name: Contoh cadangan
        # Due every day at 01:00, late six hours after. / Jatuh tempo tiap hari pukul 01.00, terlambat setelah 6 jam.
        schedule: "0 1 * * *"
        grace: 6h
        # The Pemda's own decree on this schedule, if there is one. / Dasar hukum jadwal ini, bila ada.
        # basis: Keputusan Kepala Dinas Nomor ... Tahun ...
        source:
          kind: files
          path: ${JSON.stringify(path)}
`;
}

const tail = `
# Where alerts go; take the "# " away and put the password into a file of its own (mode 600).
# Tujuan peringatan; hapus "# " dan simpan kata sandi dalam berkas tersendiri.
# notify:
#   - id: surel-noc
#     kind: email
#     smtp: { host: mail.example.go.id, port: 587 }
#     from: Pantau <pantau@example.go.id>
#     to: [noc@example.go.id]
#   - id: gerbang-pesan
#     kind: webhook
#     url: https://gateway.example.go.id/pantau

# Letterhead and officials of letters and reports; what is not told stays a dotted line to be filled in.
# Kop dan pejabat pada surat dan laporan; yang tidak diisi tetap berupa titik-titik.
# documents:
#   place: Tubei
#   letterhead:
#     lines: [Jalan Contoh Nomor 1, surel diskominfo@example.go.id]
#   officials:
#     kepalaDiskominfo: { title: Kepala Dinas Kominfo, name: Nama Pejabat, nip: "197001012000031001" }
#     sekretarisDaerah: { title: Sekretaris Daerah }

# The monthly report by itself, into <data>/reports; on the tenth again, as a revision when late data changed it.
# Laporan bulanan otomatis; dibuat lagi tanggal 10 sebagai revisi bila data terlambat mengubahnya.
# reports:
#   monthly: { days: [1, 10], time: "06:00" }
`;
