import type { KeyObject } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { decompressWithDictionary } from '../../../shared/report-dictionary.ts';
import { agentIdOf, importPublicKey, verifyBytes } from '../../../shared/signing.ts';
import { dictionaryEncoding } from '../../../shared/wire.ts';
import { sha256 } from '../entry-hash.ts';

const Place = Type.Object({ session: Type.String(), seq: Type.Integer() });
const EvidenceData = Type.Object({
  agent: Type.String(),
  proof: Type.Union([Type.Literal('signature'), Type.Literal('token'), Type.Literal('address')]),
  publicKey: Type.Optional(Type.String()),
  signature: Type.Optional(Type.String()),
  encoding: Type.String(),
  sha256: Type.String(),
  sizeBytes: Type.Integer(),
  reports: Type.Array(Place),
});
export type EvidenceData = Type.Static<typeof EvidenceData>;

const checkData = Compile(EvidenceData);
const checkBody = Compile(Type.Object({ reports: Type.Array(Place) }));

export function evidenceOf(data: unknown): EvidenceData | undefined {
  return checkData.Check(data) ? data : undefined;
}

const maxDecodedBytes = 16 * 1024 * 1024;
/** Keys are few, and making one of its text costs more than a look-up. */
const keysKept = 10_000;

/** Checks the bytes of evidence against the entry that tells of them. */
export function createEvidenceCheck(): (evidence: EvidenceData, body: Buffer) => string | undefined {
  const keys = new Map<string, KeyObject>();

  function keyOf(text: string): KeyObject | undefined {
    const known = keys.get(text);
    if (known !== undefined) return known;
    try {
      const key = importPublicKey(text);
      if (keys.size >= keysKept) keys.clear();
      keys.set(text, key);
      return key;
    } catch {
      return undefined;
    }
  }

  /** @returns what is wrong, in words that follow "the body of record 7". */
  return (evidence, body) => {
    if (sha256(body) !== evidence.sha256 || body.length !== evidence.sizeBytes) {
      return 'was altered: its SHA-256 is not the one that the record tells';
    }
    if (evidence.proof === 'address') return undefined;
    const { agent, publicKey = '', signature } = evidence;
    if (evidence.proof === 'signature') {
      const key = keyOf(publicKey);
      if (key === undefined || agentIdOf(publicKey) !== agent) return `names a key that is not that of agent ${agent}`;
      if (!verifyBytes('report', body, key, signature)) return `does not bear the signature of agent ${agent}`;
    }
    return hasReports(evidence, body) ? undefined : 'does not hold the reports that the record names';
  };
}

function hasReports({ encoding, reports }: EvidenceData, body: Buffer): boolean {
  try {
    const content: unknown = JSON.parse(decoded(encoding, body).toString('utf8'));
    if (!checkBody.Check(content)) return false;
    const inside = new Set(content.reports.map(({ session, seq }) => `${session} ${seq}`));
    return reports.every(({ session, seq }) => inside.has(`${session} ${seq}`));
  } catch {
    return false;
  }
}

function decoded(encoding: string, body: Buffer): Buffer {
  if (encoding === 'gzip') return gunzipSync(body, { maxOutputLength: maxDecodedBytes });
  return encoding === dictionaryEncoding ? decompressWithDictionary(body, maxDecodedBytes) : body;
}
