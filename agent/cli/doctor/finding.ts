import { messageOf } from '../../../shared/errors.ts';

/** One line of the doctor's answer. */
export interface Finding {
  ok: boolean;
  /** What was looked at, in a word or two. */
  subject: string;
  /** What was found, as a sentence. */
  text: string;
  /** Exactly what to do; with a problem only. */
  remedy?: string;
}

export const fine = (subject: string, text: string): Finding => ({ ok: true, subject, text });

export const problem = (subject: string, text: string, remedy: string): Finding => ({
  ok: false,
  subject,
  text,
  remedy,
});

/** Turns whatever a check throws into a problem, so that the other checks still run. */
export async function guarded(
  subject: string,
  remedy: string,
  check: () => Finding[] | Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [problem(subject, messageOf(error), remedy)];
  }
}

export function formatFinding({ ok, subject, text, remedy }: Finding): string {
  const line = `${ok ? 'OK     ' : 'PROBLEM'}  ${subject}: ${text}`;
  return remedy === undefined ? line : `${line} Remedy: ${remedy}`;
}
