import { describe, expect, it } from 'vitest';
import { grades } from '../../../shared/states.ts';
import type { Block, FormalDocument } from '../document.ts';
import { blanks } from '../office.ts';
import { letters } from './kinds/registry.ts';
import type { Finding, IncidentFacts, LetterFacts } from './letter.ts';
import { gradePhrases } from './phrases.ts';

const timezone = 'Asia/Jakarta';
const nowMs = Date.parse('2026-11-26T02:00:00Z');
const sinceMs = Date.parse('2026-11-24T18:00:00Z');

const lebong = {
  id: 'lebong-perbup-22-2022',
  title: 'Peraturan Bupati Lebong Nomor 22 Tahun 2022 tentang SPBE',
  shortTitle: 'Peraturan Bupati Lebong Nomor 22 Tahun 2022',
};
const sigi = { id: 'sigi', title: 'Peraturan Bupati Sigi Nomor 27 Tahun 2019', shortTitle: 'Perbup Sigi 27/2019' };

const finding = (patch: Partial<Finding> = {}): Finding => ({
  obligation: 'lebong-19-1-pencadangan-berkala',
  regulation: lebong,
  citation: { pasal: '19', ayat: '1' },
  duty: 'Pencadangan data secara berkala',
  grade: 'violation',
  kind: 'backup',
  part: 'SIMPUS',
  reason: 'Cadangan terakhir berumur 60 jam.',
  sinceMs,
  evidence: ['laporan srv-01 nomor 12'],
  numbers: 'none',
  ...patch,
});

const incident: IncidentFacts = {
  id: 'INS-7',
  duty: 'Pencadangan data secara berkala',
  citation: { pasal: '19', ayat: '1' },
  regulation: lebong,
  severity: 'critical',
  isSerious: true,
  part: 'SIMPUS',
  sinceMs,
  openedAtMs: sinceMs + 60_000,
  resolvedAtMs: sinceMs + 3 * 3_600_000,
  durations: { downSeconds: 9000, unknownSeconds: 1800, upSeconds: 0 },
  cause: 'serangan siber (menurut Sari)',
  byOtherParty: true,
  sites: [],
  events: [{ atMs: sinceMs + 60_000, text: 'Insiden dibuka' }],
};

const facts = (patch: Partial<LetterFacts> = {}): LetterFacts => ({
  office: {
    letterhead: { pemda: 'Pemerintah Kabupaten Lebong', office: 'Dinas Kominfo', lines: [] },
    place: 'Tubei',
    officials: {
      kepalaDiskominfo: { title: 'Kepala Dinas Kominfo', name: blanks.name, nip: blanks.nip },
      kepalaBidang: { title: 'Kepala Bidang Infrastruktur', name: blanks.name, nip: blanks.nip },
      sekretarisDaerah: { title: 'Sekretaris Daerah', name: 'Budi', nip: 'NIP 1970' },
    },
  },
  pemda: 'Pemerintah Kabupaten Lebong',
  kepalaDaerah: 'Bupati Lebong',
  diskominfo: { pd: 'diskominfo', name: 'Dinas Kominfo', contacts: [{ name: 'Petugas Jaga', phone: '0812' }] },
  department: { id: 'dinkes', name: 'Dinas Kesehatan' },
  timezone,
  nowMs,
  findings: [],
  noticeDuties: [],
  order: 1,
  ...patch,
});

function build(name: string, given: LetterFacts): FormalDocument {
  const draft = letters.find((letter) => letter.name === name)?.build(given);
  if (draft === undefined || 'refusal' in draft) throw new Error(`refused: ${draft?.refusal ?? name}`);
  return draft;
}

function refusal(name: string, given: LetterFacts): string | undefined {
  const draft = letters.find((letter) => letter.name === name)?.build(given);
  return draft !== undefined && 'refusal' in draft ? draft.refusal : undefined;
}

/** Every word of a document, one line for each text. */
function textOf({ blocks }: FormalDocument): string {
  const lines = (block: Block): string[] => {
    if (block.kind === 'facts') return block.rows.map(({ label, value }) => `${label}: ${value}`);
    if (block.kind === 'table') return block.rows.flatMap((row) => row.map(({ text }) => text));
    if (block.kind === 'list') return block.items;
    if (block.kind === 'signatures')
      return block.signatures.flatMap(({ above, office, name, number }) => [...above, office, name, number]);
    return 'text' in block ? [block.text] : [];
  };
  return blocks.flatMap(lines).join('\n');
}

describe('surat-pemberitahuan', () => {
  it('tells each finding with its law, since when and its evidence, and leaves to people what is theirs', () => {
    const text = textOf(build('surat-pemberitahuan', facts({ findings: [finding()] })));

    expect(text).toContain('Tubei, .................... 2026');
    expect(text).toContain(`Nomor: ${blanks.number}`);
    expect(text).toContain('Hal: Pemberitahuan Hasil Pemantauan Pencadangan Data');
    expect(text).toContain('Yth.\nKepala Dinas Kesehatan\ndi\nTempat');
    expect(text).toContain('Peraturan Bupati Lebong Nomor 22 Tahun 2022 tentang SPBE, Pasal 19 ayat (1)');
    expect(text).toContain('Belum memenuhi ketentuan: Cadangan terakhir berumur 60 jam.');
    expect(text).toContain('Rabu, 25 November 2026 pukul 01.00 WIB');
    expect(text).toContain('laporan srv-01 nomor 12');
    expect(text).toContain('Narahubung: Petugas Jaga, 0812.');
    expect(text).toContain(`Kepala Dinas Kominfo,\n${blanks.name}\n${blanks.nip}`);
    expect(text).toContain('Tembusan:\nSekretaris Daerah (sebagai laporan)');
  });

  it.each(grades.map((grade) => [grade]))('says of "%s" no more than that', (grade) => {
    const text = textOf(build('surat-pemberitahuan', facts({ findings: [finding({ grade })] }))).toLowerCase();
    const stronger = grades.slice(0, grades.indexOf(grade)).map((other) => `${gradePhrases[other]}:`);
    expect(text).toContain(`${gradePhrases[grade]}: `);
    for (const phrase of stronger) expect(text.replace(`${gradePhrases[grade]}:`, '')).not.toContain(phrase);
    expect(text.includes('memenuhi kewajiban')).toBe(grade === 'violation');
    expect(text).not.toMatch(/melanggar|pelanggaran|!/);
  });

  it('says of all of them nothing that holds of some only', () => {
    const findings = [finding(), finding({ grade: 'finding' })];
    expect(textOf(build('surat-pemberitahuan', facts({ findings })))).toContain(
      'sesuai dengan kondisinya masing-masing',
    );
    const text = textOf(build('surat-teguran', facts({ findings })));
    expect(text).toContain('Saudara belum menindaklanjuti hasil pemantauan sebagai berikut');
    expect(text).not.toContain('Kewajiban yang belum dipenuhi');
  });

  it('says which numbers are ours', () => {
    const findings = [finding(), finding({ numbers: 'ours', grade: 'indication' }), finding({ numbers: 'law' })];
    const text = textOf(build('surat-pemberitahuan', facts({ findings })));
    expect(text).toContain('Angka batas pada nomor 2 adalah bawaan aplikasi, bukan angka dari peraturan');
    expect(textOf(build('surat-pemberitahuan', facts({ findings: [finding()] })))).not.toContain('bawaan aplikasi');
  });

  it('is not written by Diskominfo to itself', () => {
    const own = facts({ findings: [finding()], department: { id: 'diskominfo', name: 'Dinas Kominfo' } });
    expect(refusal('surat-pemberitahuan', own)).toMatch(/^Dinas Kominfo would give notice to itself; .*surat-teguran$/);
  });

  it('is not written about nothing', () => {
    expect(refusal('surat-pemberitahuan', facts())).toBe(
      'nothing that Dinas Kesehatan must act on is breached, so there is nothing to give notice of',
    );
  });
});

describe('surat-teguran', () => {
  it('is signed by the Sekretaris Daerah, refers to the notice, and names no consequence by itself', () => {
    const text = textOf(build('surat-teguran', facts({ findings: [finding()], order: 2 })));

    expect(text).toContain('Hal: Teguran Kedua');
    expect(text).toContain(`Menindaklanjuti surat Kepala Dinas Kominfo Nomor ${blanks.number} tanggal ${blanks.day}`);
    expect(text).toContain('2. Kewajiban yang belum dipenuhi:');
    expect(text).toContain(`4. Akibat apabila tidak dipenuhi: ${blanks.text} (diisi oleh pejabat`);
    expect(text).toContain('Sekretaris Daerah,\nBudi\nNIP 1970');
    expect(text).toContain('Tembusan:\nBupati Lebong (sebagai laporan)\nInspektur Daerah\nKepala Dinas Kominfo');
  });

  it('has the letterhead of its signatory, and one name for each order', () => {
    const drafts = [1, 2].map((order) => build('surat-teguran', facts({ findings: [finding()], order })));
    expect(drafts.map(({ name }) => name)).toEqual(['surat-teguran-dinkes-1', 'surat-teguran-dinkes-2']);
    expect(drafts[0]?.letterhead).toMatchObject({ pemda: 'Pemerintah Kabupaten Lebong', office: 'Sekretariat Daerah' });
  });

  it('says that no notice before it is known, and since when the matter stands', () => {
    const findings = [finding(), finding({ sinceMs: sinceMs - 3_600_000 })];
    const text = textOf(build('surat-teguran', facts({ findings })));
    expect(text).toContain(
      'Pantau tidak mengetahui adanya surat pemberitahuan yang telah dikirim sebelumnya, karena surat yang dikonsep tidak dicatat; hal di atas berlangsung sejak Rabu, 25 November 2026 pukul 00.00 WIB.',
    );
  });

  it('to Diskominfo refers to no letter of its own and sends it no copy', () => {
    const department = { id: 'diskominfo', name: 'Dinas Kominfo' };
    const text = textOf(build('surat-teguran', facts({ findings: [finding()], department })));
    expect(text).toContain('Berdasarkan hasil pemantauan sampai dengan');
    expect(text).toMatch(/Tembusan:\nBupati Lebong \(sebagai laporan\)\nInspektur Daerah$/);
  });

  it('leaves notes out, and is not written when there is nothing else', () => {
    const note = finding({ grade: 'note', reason: 'Hanya catatan.' });
    const text = textOf(build('surat-teguran', facts({ findings: [note, finding({ grade: 'finding' })] })));
    expect(text).not.toContain('Hanya catatan.');
    expect(text).toContain('2. Hal yang belum ditindaklanjuti:');
    expect(refusal('surat-teguran', facts({ findings: [note] }))).toMatch(
      /^nothing was found at Dinas Kesehatan that bears/,
    );
  });
});

describe('pemberitahuan-insiden', () => {
  const noticeDuties = [{ citation: { pasal: '18', ayat: '4' }, regulation: sigi }];

  it('goes from the department to Diskominfo and to the owner of the data', () => {
    const draft = build('pemberitahuan-insiden', facts({ incident, noticeDuties }));
    const text = textOf(draft);
    expect(draft.letterhead).toMatchObject({ office: 'Dinas Kesehatan' });
    expect(text).toContain(`Yth.\n1. Kepala Dinas Kominfo\n2. Walidata: ${blanks.text}`);
    expect(text).toContain('Peraturan Bupati Sigi Nomor 27 Tahun 2019, Pasal 18 ayat (4)');
    expect(text).toContain('Durasi: 3 jam (30 menit di antaranya tidak diketahui)');
    expect(text).toContain('Pihak lain: dinyatakan akibat perbuatan pihak lain');
  });

  it('says so while nobody has said who caused it', () => {
    const text = textOf(
      build(
        'pemberitahuan-insiden',
        facts({ noticeDuties, incident: { ...incident, byOtherParty: undefined, cause: undefined } }),
      ),
    );
    expect(text).toContain('Pihak lain: belum ditetapkan apakah akibat perbuatan pihak lain');
    expect(text).toContain('Penyebab: belum diketahui');
  });

  it.each([
    ['no regulation asks for it', { incident, noticeDuties: [] }, /none of the regulations/],
    [
      'it is not serious',
      { incident: { ...incident, isSerious: false, severity: 'info' as const }, noticeDuties },
      /not serious \(info\)/,
    ],
    [
      'the Pemda itself caused it',
      { incident: { ...incident, byOtherParty: false }, noticeDuties },
      /not caused by another party/,
    ],
  ])('is not written where %s', (_name, patch, reason) => {
    expect(refusal('pemberitahuan-insiden', facts(patch))).toMatch(reason);
  });
});

describe('berita acara', () => {
  it('of a disruption has both parties, what is known, and room for the rest', () => {
    const open = { ...incident, resolvedAtMs: undefined, cause: undefined };
    const text = textOf(build('berita-acara-gangguan', facts({ incident: open })));
    expect(text).toMatch(/^BERITA ACARA\nNOMOR .*\nTENTANG\nGANGGUAN PADA DINAS KESEHATAN\nPada hari ini, /);
    expect(text).toContain('selanjutnya disebut PIHAK PERTAMA');
    expect(text).toContain('Waktu selesai: belum selesai');
    expect(text).toContain('Insiden dibuka');
    expect(text).toContain('Demikian Berita Acara ini dibuat dengan sebenarnya');
    expect(text).toContain('Mengetahui,\nKepala Bidang Infrastruktur,');
  });

  it('of a recovery is for what is over', () => {
    const text = textOf(build('berita-acara-pemulihan', facts({ incident })));
    expect(text).toContain('Waktu selesai: Rabu, 25 November 2026 pukul 04.00 WIB\nDurasi: 3 jam');
    const open = { ...incident, resolvedAtMs: undefined };
    expect(refusal('berita-acara-pemulihan', facts({ incident: open }))).toBe('incident INS-7 is not over yet');
  });

  it('of a recovery is not written of what a waiver ended, and that of the disruption says so', () => {
    const waived = { ...incident, otherEnding: { status: 'waived' as const, waiverNumber: '800/12' } };
    expect(refusal('berita-acara-pemulihan', facts({ incident: waived }))).toBe(
      'nothing shows that incident INS-7 recovered. Ended because it was waived (number 800/12)',
    );
    expect(textOf(build('berita-acara-gangguan', facts({ incident: waived })))).toContain(
      'pukul 04.00 WIB. Berakhir karena dikecualikan (Nomor 800/12)',
    );
  });

  it('of a restore test tells its outcome as it was', () => {
    const restoreTest = {
      dataset: 'SIMPUS',
      drill: 'postgres',
      outcome: 'failed' as const,
      reason: 'checksum differs',
      startedAtMs: sinceMs,
      completedAtMs: sinceMs + 12 * 60_000,
      objectName: 'simpus-1124.dump',
      fileCount: undefined,
      sizeBytes: 1_234_567_890,
      checks: [],
      record: 'laporan srv-01 nomor 9',
    };
    const text = textOf(build('berita-acara-uji-pemulihan', facts({ restoreTest })));
    expect(text).toContain('Durasi pemulihan: 12 menit\nUkuran: 1,23 GB\nJumlah berkas: tidak diketahui');
    expect(text).toContain('Hasil: gagal: checksum differs');
    expect(refusal('berita-acara-uji-pemulihan', facts())).toBe('no restore test of this dataset is known');
  });
});
