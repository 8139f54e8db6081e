import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Envelope } from '../../shared/report-schema.ts';
import { verifyBytes } from '../../shared/signing.ts';
import type { AgentFacts } from '../facts/node-facts.ts';

/** What a sender brings to prove who it is. */
export interface SenderProof {
  signature: string | undefined;
  /** SHA-256 of the token that was shown, hex; only a router shows one. */
  tokenHash?: string | undefined;
}

/** Stands in the place of a signature beside what a router sent: its token let it in, and nothing can be checked later. */
export const tokenProof = 'token';

/**
 * @returns what is kept beside the body as its proof.
 * @throws AppError 401 when it is not this agent that sent it.
 */
export function proofOf(agent: AgentFacts, body: Buffer, { signature, tokenHash }: SenderProof): string {
  const { publicKey, row } = agent;
  if (row.tokenHash !== undefined && tokenHash !== undefined && isSameHash(tokenHash, row.tokenHash)) return tokenProof;
  const isSigned = publicKey !== undefined && verifyBytes('report', body, publicKey, signature);
  if (isSigned && signature !== undefined) return signature;
  throw new AppError('bad-signature', 'The signature does not fit the body and the key of this agent.', {
    status: 401,
    field: 'x-pantau-signature',
  });
}

/** Compares in constant time. */
export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const evidenceParts = ['backups', 'restoreTests', 'arrivals', 'holdings', 'vaultScans', 'inventory'] as const;

/**
 * A token proves less than a signature: who shows one speaks of its own router and its network, of no other place and
 * of no backup.
 * @throws AppError 422 `not-for-a-router` that names the field.
 */
export function checkRouterLimits({ reports }: Envelope): void {
  for (const [place, report] of reports.entries()) {
    const part = evidenceParts.find((name) => report[name] !== undefined);
    if (part !== undefined) throw beyond(`/reports/${place}/${part}`);
    const rows = { probes: report.probes ?? [], routers: report.routers ?? [] };
    for (const [name, list] of Object.entries(rows)) {
      const foreign = list.findIndex((row) => row.pd !== undefined || row.site !== undefined || 'node' in row);
      if (foreign !== -1) throw beyond(`/reports/${place}/${name}/${foreign}`);
    }
  }
}

function beyond(field: string): AppError {
  const message = `${field} is not for a router to say: it speaks of itself and its own network only.`;
  return new AppError('not-for-a-router', message, { status: 422, field });
}
