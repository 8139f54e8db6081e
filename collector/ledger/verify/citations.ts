import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { EvidenceData } from './evidence-check.ts';

const Cited = Type.Object({
  agent: Type.String(),
  session: Type.String(),
  seq: Type.Integer(),
  record: Type.Optional(Type.Integer()),
  missing: Type.Optional(Type.Literal('pruned')),
});
const checkCited = Compile(Cited);
const checkList = Compile(Type.Object({ evidence: Type.Array(Type.Object({})) }));

export interface CitationCounts {
  insideCount: number;
  /** Records that stand before the first of the file. */
  beforeCount: number;
  /** Reports that were gone before the ledger saw the verdict. */
  prunedCount: number;
}

/** Whether what verdicts cite stands before them in the chain. */
export class Citations {
  readonly counts: CitationCounts = { insideCount: 0, beforeCount: 0, prunedCount: 0 };
  readonly #firstSeq: number;
  /** By record: the reports in it. */
  readonly #reports = new Map<number, readonly string[]>();

  constructor(firstSeq: number) {
    this.#firstSeq = firstSeq;
  }

  addEvidence(seq: number, { agent, reports }: EvidenceData): void {
    this.#reports.set(
      seq,
      reports.map((report) => `${agent} ${report.session} ${report.seq}`),
    );
  }

  /** @returns what is wrong, in words that follow "record 7". */
  checkVerdict(seq: number, data: unknown): string | undefined {
    if (!checkList.Check(data)) return undefined;
    for (const cited of data.evidence) {
      // Entries of registers and incidents are records of their own kind and cited by name.
      if (!('agent' in cited)) continue;
      if (!checkCited.Check(cited)) return 'cites evidence in a form that is not known';
      const wrong = this.#checkReport(seq, cited);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }

  #checkReport(
    seq: number,
    { agent, session, seq: number, record, missing }: Type.Static<typeof Cited>,
  ): string | undefined {
    if (record === undefined) {
      if (missing === undefined) return `cites a report ${number} of agent ${agent} and does not say where it is`;
      this.counts.prunedCount += 1;
      return undefined;
    }
    if (record >= seq) return `cites record ${record}, which comes after it`;
    if (record < this.#firstSeq) {
      this.counts.beforeCount += 1;
      return undefined;
    }
    if (this.#reports.get(record)?.includes(`${agent} ${session} ${number}`) !== true) {
      return `cites a report ${number} of agent ${agent} that record ${record} does not hold`;
    }
    this.counts.insideCount += 1;
    return undefined;
  }
}
