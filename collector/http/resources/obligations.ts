import Type from 'typebox';
import { explainVerdict } from '../../obligations/explain.ts';
import { ownerOf } from '../../obligations/owner.ts';
import { withDecrees } from '../../obligations/with-decrees.ts';
import type { VerdictRow } from '../../store/rows.ts';
import { type ApiView, instant, type Resource } from '../resource.ts';
import { Evidence, Instant, OptionalText } from './fields.ts';

/** `maintenance`, `parent` and `sibling` (the verdict that tells of it), `evidence` (on its way) or `gathering`. */
const HeldBackBy = Type.Union([
  Type.Object({
    kind: Type.String(),
    obligation: OptionalText,
    subject: OptionalText,
    reason: OptionalText,
    until: Instant,
  }),
  Type.Null(),
]);

const row = Type.Object({
  pd: Type.String(),
  obligation: Type.String(),
  subject: OptionalText,
  title: Type.String(),
  regulation: Type.String(),
  pasal: Type.String(),
  ayat: OptionalText,
  huruf: OptionalText,
  status: Type.String(),
  grade: OptionalText,
  since: Instant,
  reasonCode: Type.String(),
  reason: Type.String(),
  /** What the law leaves open and what was read into it. */
  note: OptionalText,
  owner: Type.String(),
  /** Of an area: the affected sites, `<pd>/<site>`. */
  sites: Type.Array(Type.String()),
  /** Why a breach is not told on its own at present. */
  heldBackBy: HeldBackBy,
  evidence: Evidence,
});

/** The reason of a verdict as a sentence in the Pemda's language. */
export function reasonOf(view: Pick<ApiView, 'config' | 'judging'>, verdict: VerdictRow): string {
  const rule = view.judging.caseOf(verdict)?.rule;
  return rule === undefined ? verdict.reasonCode : explainVerdict(verdict, rule, view.config);
}

function heldBackBy(view: ApiView, verdict: VerdictRow) {
  const hold = view.judging.heldBackBy(verdict);
  if (hold === undefined) return null;
  return {
    kind: hold.kind,
    obligation: 'obligation' in hold ? hold.obligation : null,
    subject: 'subject' in hold ? hold.subject : null,
    reason: 'reason' in hold ? hold.reason : null,
    until: instant(view, 'untilMs' in hold ? hold.untilMs : undefined),
  };
}

export const obligationsResource: Resource<typeof row> = {
  name: 'obligations',
  summary: 'Verdicts on the duties of the regulations, with their law and their evidence',
  row,
  rows: (view) => {
    const config = withDecrees(view.config, view);
    return view.judging.verdicts().flatMap((verdict) => {
      const judged = view.judging.caseOf(verdict);
      if (judged === undefined) return [];
      const { citation } = judged.obligation;
      return [
        {
          pd: verdict.pd,
          obligation: verdict.obligation,
          subject: judged.part ?? null,
          title: judged.obligation.title[view.config.language],
          regulation: judged.regulation.id,
          pasal: citation.pasal,
          ayat: citation.ayat ?? null,
          huruf: citation.huruf ?? null,
          status: verdict.status,
          grade: verdict.grade ?? null,
          since: instant(view, verdict.sinceMs),
          reasonCode: verdict.reasonCode,
          reason: reasonOf(view, verdict),
          note: judged.obligation.note?.[view.config.language] ?? null,
          owner: ownerOf(judged, config, verdict.owner).name,
          sites: verdict.sites ?? [],
          heldBackBy: heldBackBy(view, verdict),
          evidence: verdict.evidence,
        },
      ];
    });
  },
};
