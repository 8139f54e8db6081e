import type { KeyObject } from 'node:crypto';
import { signBytes, verifyBytes } from '../../shared/signing.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Checkpoint } from './entry.ts';

type Unsigned = Omit<Checkpoint, 'signature'>;

const bytesOf = ({ seq, hash, atMs, previousSeq }: Unsigned): Buffer =>
  Buffer.from(canonicalJson({ seq, hash, atMs, previousSeq }));

export function signCheckpoint(checkpoint: Unsigned, privateKey: KeyObject): Checkpoint {
  return { ...checkpoint, signature: signBytes('ledger-checkpoint', bytesOf(checkpoint), privateKey) };
}

export function isCheckpointSigned(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  return verifyBytes('ledger-checkpoint', bytesOf(checkpoint), publicKey, checkpoint.signature);
}
