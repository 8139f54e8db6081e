import { type Grade, weakerGrade } from '../../shared/states.ts';
import type { Modality } from './regulation.ts';

/** The most that a breach of a duty with this verb may be called. */
const caps: Record<Modality, Grade> = {
  wajib: 'violation',
  harus: 'violation',
  menjamin: 'finding',
  tugas: 'finding',
  dapat: 'note',
};

/** @param maxGrade the duty's own limit, where what we see proves less than its verb allows to say. */
export function gradeOf(modality: Modality, exceeded: Grade, maxGrade: Grade = 'violation'): Grade {
  return weakerGrade(weakerGrade(caps[modality], maxGrade), exceeded);
}
