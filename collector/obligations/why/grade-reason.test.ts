import { describe, expect, it } from 'vitest';
import { gradeReason } from './grade-reason.ts';

describe('why a breach is called what it is called', () => {
  it.each([
    [
      { modality: 'wajib' },
      'violation',
      'Kata kerja “wajib” memungkinkannya, dan yang tidak terpenuhi adalah ketentuan itu sendiri, bukan angka bawaan aplikasi.',
    ],
    [
      { modality: 'menjamin' },
      'finding',
      'Kata kerja “menjamin” dalam ketentuan tidak memungkinkan sebutan yang lebih berat daripada “temuan”.',
    ],
    [
      { modality: 'dapat' },
      'note',
      'Kata kerja “dapat” dalam ketentuan tidak memungkinkan sebutan yang lebih berat daripada “catatan”.',
    ],
    [
      { modality: 'wajib', maxGrade: 'finding' },
      'finding',
      'Yang terukur tidak dapat membuktikan lebih daripada “temuan”, walaupun kata kerja “wajib” memungkinkannya.',
    ],
    [
      { modality: 'harus' },
      'indication',
      'Yang terlampaui hanya angka bawaan aplikasi, atau bukti tidak memperlihatkan lebih: disebut “indikasi pelanggaran”, walaupun kata kerja “harus” memungkinkan lebih.',
    ],
  ] as const)('%o as %s', (obligation, grade, text) => {
    expect(gradeReason(obligation, grade, 'id')).toBe(text);
    expect(gradeReason(obligation, grade, 'en')).toContain(obligation.modality);
  });
});
