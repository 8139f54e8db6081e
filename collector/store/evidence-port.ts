import type { ReportReference } from '../../shared/evidence.ts';

/** The bytes that a verdict rests on, as they came. */
export interface EvidenceBody {
  pd: string;
  site: string | undefined;
  node: string | undefined;
  /** When the agent took the report, or when a job said that it ran; undefined where only the ledger has it still. */
  takenAtMs: number | undefined;
  receivedAtMs: number;
  body: Buffer;
  /** A signature of the agent; the token of a router, or an address that only the job knows, which prove less. */
  proof: 'signature' | 'token' | 'address';
  publicKey: string | undefined;
  signature: string | undefined;
  keptIn: 'store' | 'ledger';
}

export interface EvidencePort {
  /** @returns undefined for what is kept no more. */
  report(reference: ReportReference): Promise<EvidenceBody | undefined>;
}
