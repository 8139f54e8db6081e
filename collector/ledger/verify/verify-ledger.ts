import { LedgerFault } from './fault.ts';
import { readLines } from './read-lines.ts';
import { type LedgerSummary, Verifier, type VerifyOptions } from './verifier.ts';

export interface VerifyProgress {
  readBytes: number;
  entryCount: number;
}

/** @returns what is in the file when it is whole, else the first thing that is wrong. It is read as a stream. */
export async function verifyLedger(
  chunks: AsyncIterable<Buffer>,
  options: VerifyOptions,
  note: (progress: VerifyProgress) => void = () => {},
): Promise<LedgerSummary | LedgerFault> {
  const verifier = new Verifier(options);
  let readBytes = 0;
  try {
    for await (const line of readLines(chunks)) {
      verifier.take(line);
      readBytes += line.bytes.length + 1;
      note({ readBytes, entryCount: verifier.entryCount });
    }
    return verifier.end();
  } catch (error) {
    if (error instanceof LedgerFault) return error;
    throw error;
  }
}
