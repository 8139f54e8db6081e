import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import type { Block } from '../document.ts';
import { sampleDocument } from '../sample.test-kit.ts';
import { latinText } from './latin-text.ts';
import { writePdf } from './write-pdf.ts';

const poppler = needs({ tools: ['pdftotext', 'pdfinfo'] });
const createdAtMs = Date.parse('2026-11-02T01:00:00Z');

/** The text of each page, as it stands there. */
async function pagesOf(blocks?: Block[], isDraft = false): Promise<string[]> {
  const pdf = await writePdf({ ...sampleDocument(blocks), isDraft }, createdAtMs);
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

const tall = (text: string, rowCount: number): Block => ({
  kind: 'table',
  columns: [{ title: 'Nama', weight: 2 }, { title: 'Keterangan' }],
  rows: Array.from({ length: rowCount }, (_, index) => [{ text: `${text} ${index + 1}` }, { text: 'ya' }]),
});

describe.skipIf(!poppler.ok)(`writePdf ${poppler.reason}`, () => {
  it('writes every kind of block, the head of a table on each of its pages, and the foot of every page', async () => {
    const pages = await pagesOf();

    expect(pages).toHaveLength(5);
    expect(pages[0]).toMatch(/PEMERINTAH KABUPATEN LEBONG\n.*DINAS KOMUNIKASI, INFORMATIKA, STATISTIK DAN PERSANDIAN/);
    expect(pages[0]).toContain('1. Peraturan Bupati Lebong Nomor 22 Tahun 2022');
    expect(pages[0]).toMatch(/Perangkat Daerah +: +Dinas Kesehatan/);
    expect(pages[0]).toMatch(/Dinas Kesehatan +99,52%/);
    for (const page of pages.slice(2)) expect(page).toMatch(/No +Perangkat Daerah +Pasal +Status +Nilai/);
    pages.forEach((page, index) => {
      expect(page).toMatch(new RegExp(`Laporan Bulanan Oktober 2026, revisi 0 +Halaman ${index + 1} dari 5`));
    });
    const rows = pages.join('\n').match(/^ +\d+ +Dinas Contoh Nomor \d+ yang +Pasal 19 ayat \(1\) .* 99,52%$/gm);
    expect(rows).toHaveLength(60);
    expect(pages.at(-1)).toMatch(/Sekretaris Daerah +Kepala Dinas/);
  });

  it.each([40, 42, 44, 46])('leaves no signature alone on its page, after %i lines', async (lineCount) => {
    const lines = Array.from({ length: lineCount }, (): Block => ({ kind: 'paragraph', text: 'baris', small: true }));
    const signature = { above: [], office: 'Kepala Dinas,', name: '(nama)', number: 'NIP 1' };
    const closing: Block = { kind: 'paragraph', text: 'Demikian disampaikan.' };
    const pages = await pagesOf([...lines, closing, { kind: 'signatures', signatures: [signature] }]);
    expect(pages.find((page) => page.includes('Kepala Dinas,'))).toMatch(
      /Demikian disampaikan\.[^]*Kepala Dinas,[^]*NIP 1/,
    );
  });

  it('says of a draft on every page that it is one', async () => {
    const pages = await pagesOf(undefined, true);
    for (const page of pages) expect(page).toContain('DRAF, disusun otomatis oleh Pantau');
  });

  it('tells its title, its language and its time, and is the same, byte by byte', async () => {
    const [first, second] = await Promise.all([
      writePdf(sampleDocument(), createdAtMs),
      writePdf(sampleDocument(), createdAtMs),
    ]);
    expect(Buffer.compare(first, second)).toBe(0);

    const info = execFileSync('pdfinfo', ['-rawdates', '-'], { input: first, encoding: 'utf8' });
    expect(info).toMatch(/^Title: +Laporan Bulanan Pemantauan Infrastruktur SPBE$/m);
    expect(info).toMatch(/^CreationDate: +D:20261102010000Z$/m);
    expect(info).toMatch(/^Page size: +595\.28 x 841\.89 pts \(A4\)$/m);
    expect(Buffer.from(first).toString('latin1')).toContain('/Lang (id)');
  });

  it.each(Array.from({ length: 12 }, (_, index) => 36 + index))(
    'leaves no heading alone at the foot of a page, after %i lines',
    async (lineCount) => {
      const lines = Array.from({ length: lineCount }, (): Block => ({ kind: 'paragraph', text: 'baris', small: true }));
      const heading: Block = { kind: 'heading', level: 2, text: 'JUDUL BAGIAN' };
      const pages = await pagesOf([...lines, heading, tall('Perangkat Daerah', 3)]);
      const page = pages.find((text) => text.includes('JUDUL BAGIAN')) ?? '';
      expect(page).toContain('Perangkat Daerah 1');
      // The room that was asked for below the heading was given back.
      expect(page).toMatch(/JUDUL BAGIAN\n+ *Nama +Keterangan/);
    },
  );

  it.each(Array.from({ length: 16 }, (_, index) => 30 + index))(
    'leaves no caption alone at the foot of a page, after %i lines',
    async (lineCount) => {
      const lines = Array.from({ length: lineCount }, (): Block => ({ kind: 'paragraph', text: 'baris', small: true }));
      const high = 'Kewajiban dengan uraian yang cukup panjang sehingga barisnya tinggi. '.repeat(6);
      const table = { ...tall(`${high}Baris`, 3), caption: 'Judul tabel' };
      const pages = await pagesOf([...lines, table]);
      const page = pages.find((text) => text.includes('Judul tabel')) ?? '';
      expect(page).toMatch(/Judul tabel\n+ *Nama +Keterangan[^]*Baris 1/);
    },
  );

  it('breaks no word of a head of narrow columns', async () => {
    const titles = [
      'Indikator',
      'Uraian',
      'Cakupan',
      'Terhitung',
      'Tidak terhitung',
      'Dikecualikan',
      'Tidak diketahui',
    ];
    const weights = [0.9, 9, 1.2, 0.9, 0.9, 1, 1];
    const columns = titles.map((title, at) => ({ title, weight: weights[at] ?? 1 }));
    const row = titles.map((_, at) => ({ text: at === 1 ? 'Uraian yang panjang sekali. '.repeat(4) : '1' }));
    const words = (await pagesOf([{ kind: 'table', columns, rows: [row] }])).join('\n').split(/\s+/);
    for (const word of titles.flatMap((title) => title.split(' '))) expect(words).toContain(word);
  });

  it('survives names of every kind, none of which is markup, a file or an address', async () => {
    const names = [
      '<b>tebal</b> & "kutip"',
      'https://contoh.example/a.png',
      'data:image/png;base64,AAAA',
      '/etc/passwd',
      '\u0000\u0007',
      '💾',
      'x'.repeat(4000),
    ];
    const pages = await pagesOf([
      ...names.map((text): Block => ({ kind: 'paragraph', text })),
      { kind: 'facts', rows: names.map((name) => ({ label: name, value: name })) },
      { kind: 'list', numbered: false, items: names },
      {
        kind: 'table',
        columns: [{ title: 'x'.repeat(300) }, { title: '<td>' }],
        rows: names.map((text) => [{ text }, { text }]),
      },
      {
        kind: 'signatures',
        signatures: names.slice(0, 3).map((name) => ({ above: [name], office: name, name, number: '' })),
      },
    ]);
    const text = pages.join('\n');
    expect(text).toContain('<b>tebal</b> & "kutip"');
    expect(text).toContain('/etc/passwd');
    // Of each place in which the long word stands, nothing is cut off: the letters of all its lines are there.
    expect(text.match(/x/g)?.length).toBeGreaterThanOrEqual(6 * 4000 + 300);
  });

  it('keeps every row of a long table, and breaks one that no page holds', async () => {
    const many = (await pagesOf([tall('Baris', 500)])).join('\n');
    for (const number of [1, 250, 500]) expect(many).toMatch(new RegExp(`^ *Baris ${number} +ya$`, 'm'));
    const words = Array.from({ length: 3000 }, (_, index) => `kata${index}`);
    const huge = (await pagesOf([tall(words.join(' '), 1)])).join('\n');
    expect(words.filter((word) => !huge.includes(word))).toEqual([]);
  });
});

describe('latinText', () => {
  it.each([
    ['Patuh – “baik” 99,52% é', 'Patuh – “baik” 99,52% é'],
    ['≤ 5 → 6 − 1 ✓', '<= 5 -> 6 - 1 v'],
    ['Ḥasan Šarić', 'Hasan Šaric'],
    ['💾 漢', '? ?'],
    ['a\u0000b\u200bc\ud800', 'a bc?'],
  ])('%s becomes %s', (text, expected) => {
    expect(latinText(text)).toBe(expected);
  });
});
