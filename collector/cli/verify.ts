import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { systemClock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { fingerprintOf, readPublicKey } from '../ledger/public-key.ts';
import { LedgerFault } from '../ledger/verify/fault.ts';
import type { LedgerSummary } from '../ledger/verify/verifier.ts';
import { verifyLedger } from '../ledger/verify/verify-ledger.ts';
import type { Command, CommandIo } from './command.ts';
import { everyNowAndThen } from './now-and-then.ts';
import { commandLine } from './command-line.ts';

const { wrongUsage, parse } = commandLine('verify');

const usage = `Usage: pantau-collector verify FILE --key KEY [--checkpoint HASH]…

Checks an exported ledger ("pantau-collector ledger export") on any machine: neither a collector nor its data or
configuration is needed. It says that the file is whole, or names the first record that was altered, taken out, put in
or moved, and the first signature that does not fit.

  FILE               the exported ledger
  --key KEY          the collector's public key: the file that "pantau-collector ledger key" wrote, a PEM, or the key
                     itself in base64. It must not come by the same way as FILE
  --checkpoint HASH  a hash that stands on a document, such as a monthly report: the record must be in the file; may be
                     repeated
  --help             show this text

Exit code: 0 when it is whole, 1 when it is not, 2 for wrong usage.
`;

const options = { key: { type: 'string' }, checkpoint: { type: 'string', multiple: true } } as const;

export const verify: Command = {
  name: 'verify',
  summary: 'check an exported ledger with nothing but the file and the public key',
  usage,
  run: async (args, io) => {
    const { path, publicKey, expectedHashes } = readArguments(args, io);
    const sizeBytes = sizeOf(path);
    const isTime = everyNowAndThen(systemClock);
    const outcome = await verifyLedger(chunksOf(path), { publicKey, expectedHashes }, ({ readBytes, entryCount }) => {
      if (!isTime()) return;
      const percent = Math.floor((readBytes / Math.max(1, sizeBytes)) * 100);
      io.stderr(`… ${percent} % read, ${entryCount} records are as they were written\n`);
    });
    if (outcome instanceof LedgerFault) {
      io.stderr(`${outcome.message}\n`);
      return 1;
    }
    io.stdout(report(outcome, fingerprintOf(publicKey)));
    return 0;
  },
};

function readArguments(args: readonly string[], io: CommandIo) {
  const { values, positionals } = parse(args, { options, allowPositionals: true });
  const [file, more] = positionals;
  if (file === undefined || more !== undefined) throw wrongUsage('name one file');
  if (values.key === undefined) throw wrongUsage("name the collector's public key with --key");
  const expectedHashes = (values.checkpoint ?? []).map((hash) => hash.toLowerCase());
  const wrong = expectedHashes.find((hash) => !/^[0-9a-f]{64}$/.test(hash));
  if (wrong !== undefined) throw wrongUsage(`--checkpoint "${wrong}" must be a SHA-256, 64 hexadecimal digits`);
  return { path: resolve(io.workingFolder, file), publicKey: keyOf(values.key, io), expectedHashes };
}

const longestKeyBytes = 64 * 1024;

function keyOf(given: string, io: CommandIo): KeyObject {
  const itself = readPublicKey(given);
  if (itself !== undefined) return itself;
  let text: string;
  try {
    const path = resolve(io.workingFolder, given);
    if (statSync(path).size > longestKeyBytes) throw new Error('it is far too long');
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw wrongUsage(
      `--key "${given}" is neither a key in base64 nor a file that can be read (${messageOf(cause)})`,
      cause,
    );
  }
  const found = readPublicKey(text);
  if (found !== undefined) return found;
  throw wrongUsage(`there is no Ed25519 public key in ${given}`);
}

function sizeOf(path: string): number {
  try {
    const status = statSync(path);
    if (status.isDirectory()) throw new Error('it is a folder');
    return status.size;
  } catch (cause) {
    throw wrongUsage(`${path} cannot be read (${messageOf(cause)})`, cause);
  }
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new AppError('file-unreadable', `${path} cannot be read to its end (${messageOf(cause)}).`, { cause });
  }
}

function report(summary: LedgerSummary, fingerprint: string): string {
  const { firstSeq, lastSeq, proofs, cited, lastCheckpoint } = summary;
  const signed = summary.areBodiesInside
    ? `${proofs.signature} bodies with their agents' signatures`
    : `${proofs.signature} signed bodies, left out of the file: their signatures were not checked`;
  const unsigned = `${proofs.token} of routers and ${proofs.address} of ping addresses, which cannot sign`;
  return [
    `The ledger of ${summary.pemda} is whole: records ${firstSeq} to ${lastSeq} are as they were written.`,
    `  key          SHA-256 ${fingerprint}`,
    `  last hash    ${summary.lastHash}`,
    `  checkpoints  ${summary.checkpointCount}${lastCheckpoint === undefined ? '' : `, the last of record ${lastCheckpoint.seq}`}`,
    `  evidence     ${signed}; ${unsigned}`,
    `  cited        ${cited.insideCount} times in the file, ${cited.beforeCount} before its first record, ${cited.prunedCount} gone before they could be kept`,
    '',
  ].join('\n');
}
