import type { Language } from '../../../shared/local-time.ts';
import type { Grade } from '../../../shared/states.ts';
import { gradeOf } from '../grading.ts';
import type { Obligation } from '../regulation.ts';

export const gradeWords: Record<Grade, Record<Language, string>> = {
  violation: { id: 'pelanggaran', en: 'violation' },
  indication: { id: 'indikasi pelanggaran', en: 'indication of a violation' },
  finding: { id: 'temuan', en: 'finding' },
  note: { id: 'catatan', en: 'note' },
};

/** What decided how much a breach claims: the law's verb, the duty's own limit, or what was found; pure. */
export function gradeReason(
  { modality, maxGrade }: Pick<Obligation, 'modality' | 'maxGrade'>,
  grade: Grade,
  language: Language,
): string {
  const name = gradeWords[grade][language];
  const byVerb = gradeOf(modality, 'violation');
  if (grade === 'violation') {
    return language === 'id'
      ? `Kata kerja “${modality}” memungkinkannya, dan yang tidak terpenuhi adalah ketentuan itu sendiri, bukan angka bawaan aplikasi.`
      : `The verb “${modality}” allows it, and what is not met is the provision itself, not a number of ours.`;
  }
  if (grade === byVerb) {
    return language === 'id'
      ? `Kata kerja “${modality}” dalam ketentuan tidak memungkinkan sebutan yang lebih berat daripada “${name}”.`
      : `The verb “${modality}” of the provision allows no more than “${name}”.`;
  }
  if (grade === maxGrade) {
    return language === 'id'
      ? `Yang terukur tidak dapat membuktikan lebih daripada “${name}”, walaupun kata kerja “${modality}” memungkinkannya.`
      : `What is measured cannot prove more than “${name}”, although the verb “${modality}” would allow it.`;
  }
  return language === 'id'
    ? `Yang terlampaui hanya angka bawaan aplikasi, atau bukti tidak memperlihatkan lebih: disebut “${name}”, walaupun kata kerja “${modality}” memungkinkan lebih.`
    : `Only a number of ours was exceeded, or the evidence shows no more: it is called “${name}”, although the verb “${modality}” would allow more.`;
}
