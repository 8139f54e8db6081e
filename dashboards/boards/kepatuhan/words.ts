import { MappingType, SpecialValueMatch, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { colours } from '../../panels/colours.ts';
import { named } from '../../panels/mappings.ts';
import { weights } from './expressions.ts';

/** No word claims more than the verdict: what only exceeds a number of ours is an indication. */
export const verdictNames = named([
  [weights.violation, 'Pelanggaran', colours.bad],
  [weights.indication, 'Indikasi pelanggaran', colours.serious],
  [weights.finding, 'Temuan', colours.warning],
  [weights.note, 'Catatan', colours.note],
  [weights.breached, 'Belum dipenuhi', colours.serious],
  [weights['no-evidence'], 'Belum ada bukti', colours.unknown],
  [weights.waived, 'Dikecualikan', colours.neutral],
  [weights.compliant, 'Patuh', colours.good],
  [weights['not-applicable'], 'Tidak berlaku', colours.notApplicable],
]);

/** A department of which the duty asks nothing has no verdict. */
export const notJudged: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: 'Tidak dinilai', color: colours.notApplicable } },
};

/** A duty of the department as a whole has no subject. */
export const wholeDepartment: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.Empty, result: { text: '(seluruhnya)' } },
};
