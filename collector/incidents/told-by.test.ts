import { describe, expect, it } from 'vitest';
import { widePemda } from '../../test/kit/wide-pemda.ts';
import { ruleNamed } from '../obligations/rules/registry.ts';
import type { Rule } from '../obligations/rule.ts';
import type { Case } from '../obligations/subjects.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';
import { createCaseBook } from './case-book.ts';
import { breachedTogether, holdView } from './hold-view.ts';

const config = widePemda({ siteCount: 2 });
const book = createCaseBook(config);

/** The duty of a site that its regulation has, and another one of the same site. */
const used = book
  .all()
  .find(({ rule, subject }) => rule.name === 'jaringan-intra-used' && subject === 'pd-0/kantor') as Case;
const egress: Case = {
  ...used,
  obligation: { ...used.obligation, id: 'lebong-20-3-jaringan-tertutup' },
  rule: ruleNamed('egress-through-jaringan-intra') as Rule,
};
const both = { ...book, sameSubject: () => [used, egress] };

const verdict = (status: VerdictRow['status'], reasonCode: string) => ({ status, reasonCode }) as VerdictRow;

function known(verdicts: { used: VerdictRow; egress: VerdictRow }) {
  return {
    verdict: (name: string) => (name.startsWith(egress.obligation.id) ? verdicts.egress : verdicts.used),
    incident: (): IncidentRow | undefined => undefined,
  };
}

const fleet = { agentsOf: () => [] } as never;
const teller = (verdicts: Parameters<typeof known>[0]) =>
  holdView({ config, fleet, book: both }, known(verdicts), 0).siblingTelling(egress);

describe('a fault of which another duty of the same subject tells', () => {
  const breached = verdict('breached', 'own-way-out');

  it('is held back behind it, for the reasons that are the same fault', () => {
    expect(teller({ used: verdict('breached', 'bypass'), egress: breached })).toEqual({
      obligation: used.obligation.id,
      subject: 'pd-0/kantor',
    });
    expect(teller({ used: verdict('breached', 'another'), egress: breached })).toBeUndefined();
    expect(teller({ used: verdict('compliant', 'through-intra'), egress: breached })).toBeUndefined();
  });

  it('stands in the incident of the duty that tells', () => {
    const together = (verdicts: Parameters<typeof known>[0]) => breachedTogether(used, both, known(verdicts));
    const bypass = verdict('breached', 'bypass');

    expect(together({ used: bypass, egress: breached })).toEqual([used.obligation.id, egress.obligation.id]);
    expect(together({ used: bypass, egress: verdict('compliant', 'closed-network') })).toEqual([used.obligation.id]);
  });
});
