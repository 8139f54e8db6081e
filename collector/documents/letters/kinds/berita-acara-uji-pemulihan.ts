import { durationInWords } from '../../../notify/duration-words.ts';
import type { Block } from '../../document.ts';
import { blanks, signatureOf, unknownSignature } from '../../office.ts';
import { numberInWords, sizeInWords } from '../../words/numbers.ts';
import { minutes } from '../frame.ts';
import type { Letter, LetterFacts, RestoreTestFacts } from '../letter.ts';
import { legalBases, timeInWords } from '../phrases.ts';

/** What a restore test showed. */
export const beritaAcaraUjiPemulihan: Letter = {
  name: 'berita-acara-uji-pemulihan',
  summary: 'record of the newest restore test of a dataset',
  about: 'restore-test',
  build(facts) {
    const { restoreTest, office } = facts;
    if (restoreTest === undefined) return { refusal: 'no restore test of this dataset is known' };
    return minutes(`berita-acara-uji-pemulihan-${facts.department.id}`, facts, {
      about: `Uji Pemulihan Cadangan Data ${restoreTest.dataset} pada ${facts.department.name}`,
      body: [
        ...basis(facts),
        { kind: 'paragraph', text: 'Hasil pengujian:' },
        { kind: 'facts', rows: rowsOf(restoreTest, facts) },
      ],
      signatures: [
        unknownSignature('PIHAK KEDUA,', []),
        unknownSignature('PIHAK PERTAMA,', []),
        signatureOf(office, 'kepalaBidang', ['Mengetahui,']),
      ],
    });
  },
};

function basis({ findings }: LetterFacts): Block[] {
  const bases = legalBases(findings);
  return [
    { kind: 'paragraph', text: 'Dasar:' },
    { kind: 'list', numbered: false, items: bases.length === 0 ? [blanks.text] : bases },
  ];
}

function rowsOf(test: RestoreTestFacts, { timezone }: LetterFacts): { label: string; value: string }[] {
  const { startedAtMs, completedAtMs, objectName, fileCount, sizeBytes, checks, record } = test;
  const outcome = test.outcome === 'ok' ? 'berhasil dipulihkan' : `gagal: ${test.reason ?? 'tanpa keterangan'}`;
  return [
    { label: 'Dataset', value: test.dataset },
    { label: 'Cadangan yang diuji', value: objectName ?? blanks.text },
    { label: 'Cara uji', value: test.drill },
    { label: 'Waktu mulai', value: timeInWords(startedAtMs, timezone) },
    { label: 'Waktu selesai', value: timeInWords(completedAtMs, timezone) },
    { label: 'Durasi pemulihan', value: durationInWords(completedAtMs - startedAtMs, 'id') },
    { label: 'Ukuran', value: sizeBytes === undefined ? 'tidak diketahui' : sizeInWords(sizeBytes, 'id') },
    { label: 'Jumlah berkas', value: fileCount === undefined ? 'tidak diketahui' : numberInWords(fileCount, 'id', 0) },
    { label: 'Pemeriksaan', value: checks.length === 0 ? '-' : checks.join('; ') },
    { label: 'Hasil', value: outcome },
    { label: 'Catatan bukti', value: record },
    { label: 'Kesimpulan/rekomendasi', value: blanks.text },
  ];
}
