import type { DepartmentRule } from '../rule.ts';
import { entriesOfDepartment } from './registers/entries.ts';
import { judgeRecord, recordRule } from './registers/record.ts';

/** Something that each department must have or do, and that only people can say, is on record for it. */
export const departmentRecordKept: DepartmentRule = {
  ...recordRule,
  name: 'department-record-kept',
  docs: 'What a department must have or do under a topic is on record, valid, and not too old.',
  subject: 'department',
  judge: (facts, params) => judgeRecord(entriesOfDepartment(facts, 'record'), facts, params),
};
