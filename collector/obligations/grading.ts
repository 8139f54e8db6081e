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

export function gradeOf(modality: Modality, exceeded: Grade): Grade {
  return weakerGrade(caps[modality], exceeded);
}
