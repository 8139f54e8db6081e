import type { PemdaRule } from '../rule.ts';
import { entriesOfPemda } from './registers/entries.ts';
import { judgeRecord, recordRule } from './registers/record.ts';

/** Something that the Pemda as a whole must have or do, and that only people can say, is on record. */
export const recordKept: PemdaRule = {
  ...recordRule,
  name: 'record-kept',
  docs: 'What the Pemda must have or do under a topic is on record, valid, and not too old.',
  subject: 'pemda',
  judge: (facts, params) => judgeRecord(entriesOfPemda(facts, 'record'), facts, params),
};
