import { createHash, type KeyObject } from 'node:crypto';
import { isCheckpointSigned } from '../checkpoint.ts';
import type { Checkpoint } from '../entry.ts';
import { type ClosingLine, type HeaderLine, isLineSigned } from '../export-format.ts';
import { fingerprintOf } from '../public-key.ts';
import { Chain } from './chain.ts';
import { Checkpoints } from './checkpoints.ts';
import { Citations, type CitationCounts } from './citations.ts';
import { createEvidenceCheck, type EvidenceData, evidenceOf } from './evidence-check.ts';
import { type FaultCode, LedgerFault } from './fault.ts';
import { type ParsedLine, parseLine } from './parse-line.ts';
import type { RawLine } from './read-lines.ts';

export interface VerifyOptions {
  /** The collector's key, as it was handed over by another way than the file. */
  publicKey: KeyObject;
  /** Hashes of records or checkpoints that must be in it, as they stand on documents. */
  expectedHashes: readonly string[];
}

/** What was found in a file that is whole. */
export interface LedgerSummary {
  pemda: string;
  firstSeq: number;
  lastSeq: number;
  lastHash: string;
  entryCount: number;
  checkpointCount: number;
  lastCheckpoint: Checkpoint | undefined;
  areBodiesInside: boolean;
  /** Records of evidence by how their sender proved who it was. */
  proofs: Record<EvidenceData['proof'], number>;
  cited: CitationCounts;
}

type Line<Type extends ParsedLine['type']> = Extract<ParsedLine, { type: Type }>;

interface Awaited {
  seq: number;
  evidence: EvidenceData;
}

/** Takes a file line by line. Knows nothing but the lines and the key. */
export class Verifier {
  readonly #options: VerifyOptions;
  readonly #digest = createHash('sha256');
  readonly #checkEvidence = createEvidenceCheck();
  readonly #expected: Set<string>;
  readonly #counts = { entryCount: 0, bodyCount: 0 };
  readonly #proofs = { signature: 0, token: 0, address: 0 };
  #header: HeaderLine | undefined;
  #chain = new Chain(1, '');
  #citations = new Citations(1);
  #awaited: Awaited | undefined;
  #checkpoints = new Checkpoints(1, null);
  #closing: ClosingLine | undefined;
  #line = 0;

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.#expected = new Set(options.expectedHashes);
  }

  get entryCount(): number {
    return this.#counts.entryCount;
  }

  /** @throws LedgerFault that names the first thing that is wrong. */
  take(raw: RawLine): void {
    this.#line = raw.number;
    if (this.#closing !== undefined) throw this.#fault('altered', 'something stands after the closing statement');
    if (this.#chain.isSearching) return this.#chain.search(raw.bytes, raw.number);
    const line = this.#parse(raw);
    if (this.#header === undefined) this.#begin(line);
    else this.#go(line);
    if (line.type === 'closing') return;
    this.#digest.update(raw.bytes);
    this.#digest.update('\n');
  }

  /** @throws LedgerFault when the file ends too early or lacks what was asked for. */
  end(): LedgerSummary {
    this.#line += 1;
    this.#chain.end();
    const header = this.#header;
    if (header === undefined) throw this.#fault('not-a-ledger', 'the file is empty');
    if (this.#closing === undefined) {
      const seq = this.#awaited?.seq ?? this.#chain.seq;
      throw this.#fault('truncated', `the file ends after record ${seq}, without its closing statement`, seq);
    }
    const [missed] = this.#expected;
    if (missed !== undefined) {
      const message = `no record in this file has the hash ${missed}, which was asked for with --checkpoint`;
      throw this.#fault('checkpoint-not-found', message);
    }
    return {
      pemda: header.pemda,
      firstSeq: header.firstSeq,
      lastSeq: this.#chain.seq,
      lastHash: this.#chain.hash,
      entryCount: this.#counts.entryCount,
      checkpointCount: this.#checkpoints.count,
      lastCheckpoint: this.#checkpoints.lastInFile,
      areBodiesInside: header.bodies === 'inside',
      proofs: this.#proofs,
      cited: this.#citations.counts,
    };
  }

  #parse({ bytes, isCut, isTooLong }: RawLine): ParsedLine {
    if (this.#header === undefined && !isTooLong && bytes[0] !== 0x7b) {
      throw this.#fault('not-a-ledger', 'this is not an exported ledger: it does not begin with the header of one');
    }
    if (isTooLong)
      throw this.#fault('altered', `${this.#here(bytes)} was altered: it is far too long`, this.#seqOf(bytes));
    const outcome = parseLine(bytes);
    if ('line' in outcome && !isCut) return outcome.line;
    if (isCut) {
      const message = `the file was cut off in line ${this.#line}, after record ${this.#chain.seq}`;
      throw this.#fault('truncated', message, this.#chain.seq);
    }
    const why = 'why' in outcome ? outcome.why : '';
    throw this.#fault('altered', `${this.#here(bytes)} was altered: ${why}`, this.#seqOf(bytes));
  }

  /** What a line that cannot be read is, as far as it can be told. */
  #here(bytes: Buffer): string {
    if (this.#header === undefined) return 'the header';
    if (this.#awaited !== undefined) return `the body of record ${this.#awaited.seq} (line ${this.#line})`;
    if (isOther(bytes)) return `line ${this.#line}, after record ${this.#chain.seq},`;
    return `record ${this.#chain.seq + 1} (line ${this.#line})`;
  }

  #seqOf(bytes: Buffer): number | undefined {
    if (this.#header === undefined || isOther(bytes)) return undefined;
    return this.#awaited?.seq ?? this.#chain.seq + 1;
  }

  #begin(line: ParsedLine): void {
    if (line.type !== 'header')
      throw this.#fault('missing', 'the header is missing: the file begins with something else');
    const { publicKey } = this.#options;
    const given = fingerprintOf(publicKey);
    if (line.key !== given) {
      const message = `the file says that it was signed with the key ${line.key}, and the key that was given is ${given}`;
      throw this.#fault('wrong-key', message);
    }
    if (!isLineSigned(line, publicKey))
      throw this.#fault('bad-signature', 'the header does not bear the signature of the key');
    this.#header = line;
    this.#chain = new Chain(line.firstSeq, line.previous);
    this.#citations = new Citations(line.firstSeq);
    this.#checkpoints = new Checkpoints(line.firstSeq, line.anchor);
    const { anchor } = line;
    if (anchor === null) return;
    const isAnchor = anchor.seq === line.firstSeq - 1 && anchor.hash === line.previous;
    if (!isAnchor || !isCheckpointSigned(anchor, publicKey)) {
      throw this.#fault('bad-signature', 'the checkpoint before the first record does not fit');
    }
    this.#expected.delete(anchor.hash);
  }

  #go(line: ParsedLine): void {
    const seq = this.#awaited?.seq;
    const isRepeat = line.type === 'entry' && seq !== undefined && line.seq <= seq;
    if (seq !== undefined && line.type !== 'body' && !isRepeat) {
      throw this.#fault('missing', `the body of record ${seq} is missing; line ${this.#line} is something else`, seq);
    }
    switch (line.type) {
      case 'entry':
        return this.#takeEntry(line);
      case 'body':
        return this.#takeBody(line);
      case 'checkpoint':
        return this.#takeCheckpoint(line);
      case 'closing':
        return this.#close(line);
      case 'header':
        throw this.#fault('doubled', `line ${this.#line} is a second header: two files were put together`);
    }
  }

  #takeEntry(entry: Line<'entry'>): void {
    this.#chain.add(entry, this.#line);
    if (this.#chain.isSearching) return;
    this.#counts.entryCount += 1;
    this.#expected.delete(entry.hash);
    const wrong = this.#contentFault(entry);
    // Of two records that do not fit, the next one tells which was altered: it may be the one before.
    if (wrong === undefined || this.#chain.isBroken) return;
    throw this.#fault('altered', `record ${entry.seq} ${wrong}`, entry.seq);
  }

  #contentFault({ kind, seq, data }: Line<'entry'>): string | undefined {
    if (kind === 'verdict') return this.#citations.checkVerdict(seq, data);
    if (kind !== 'evidence') return undefined;
    const evidence = evidenceOf(data);
    if (evidence === undefined) return 'tells of evidence in a form that is not known';
    this.#citations.addEvidence(seq, evidence);
    this.#proofs[evidence.proof] += 1;
    if (this.#header?.bodies === 'inside') this.#awaited = { seq, evidence };
    return undefined;
  }

  #takeBody({ entry, body }: Line<'body'>): void {
    const awaited = this.#awaited;
    if (awaited === undefined && entry > this.#chain.seq) {
      return this.#chain.miss(entry + 1, `the body of record ${entry}`, this.#line);
    }
    if (awaited?.seq !== entry) {
      throw this.#fault('reordered', `line ${this.#line} is the body of record ${entry} in a wrong place`, entry);
    }
    this.#awaited = undefined;
    this.#counts.bodyCount += 1;
    const wrong = this.#checkEvidence(awaited.evidence, Buffer.from(body, 'base64'));
    if (wrong !== undefined)
      throw this.#fault('altered', `the body of record ${entry} ${wrong} (line ${this.#line})`, entry);
  }

  #takeCheckpoint({ type: _, ...checkpoint }: Line<'checkpoint'>): void {
    const { seq } = checkpoint;
    if (!isCheckpointSigned(checkpoint, this.#options.publicKey)) {
      const message = `the checkpoint of record ${seq} (line ${this.#line}) does not bear the signature of the key`;
      throw this.#fault('bad-signature', message, seq);
    }
    if (seq > this.#chain.seq) {
      return this.#chain.miss(seq + 1, `the checkpoint of record ${seq}`, this.#line);
    }
    const wrong = this.#checkpoints.orderFault(checkpoint, this.#chain.seq);
    if (wrong !== undefined) throw this.#fault(wrong.code, wrong.message, wrong.seq);
    if (!this.#chain.isConfirmed(checkpoint)) throw this.#rewritten(`the checkpoint in line ${this.#line}`);
    this.#checkpoints.add(checkpoint);
  }

  /** Every record fits the one before, and yet the end is not what was signed. */
  #rewritten(by: string): LedgerFault {
    const { seq } = this.#chain;
    const from = this.#checkpoints.coveredThrough + 1;
    const those = from >= seq ? `record ${seq} was` : `one or more of the records ${from} to ${seq} were`;
    return this.#fault('altered', `${those} altered and the hashes made anew: ${by} signed another record ${seq}`, seq);
  }

  #close(closing: ClosingLine): void {
    const { publicKey } = this.#options;
    if (!isLineSigned(closing, publicKey)) {
      throw this.#fault('bad-signature', 'the closing statement does not bear the signature of the key');
    }
    this.#checkEnd(closing);
    const isCounted =
      closing.entryCount === this.#counts.entryCount &&
      closing.bodyCount === this.#counts.bodyCount &&
      closing.checkpointCount === this.#checkpoints.count;
    if (!isCounted || closing.sha256 !== this.#digest.digest('hex')) {
      throw this.#fault(
        'altered',
        'the closing statement is that of another file: the header or a checkpoint was exchanged',
      );
    }
    this.#closing = closing;
  }

  #checkEnd({ lastSeq, lastHash, lastCheckpointSeq }: ClosingLine): void {
    const { seq } = this.#chain;
    if (lastSeq > seq) {
      const those = lastSeq === seq + 1 ? `record ${lastSeq} is` : `records ${seq + 1} to ${lastSeq} are`;
      throw this.#fault('missing', `${those} missing at the end`, seq + 1);
    }
    if (lastSeq < seq) throw this.#fault('doubled', `record ${lastSeq + 1} was added after the last`, lastSeq + 1);
    if (!this.#chain.isConfirmed({ seq: lastSeq, hash: lastHash })) throw this.#rewritten('the closing statement');
    if (lastCheckpointSeq > (this.#checkpoints.lastInFile?.seq ?? 0)) {
      throw this.#fault('missing', `the checkpoint of record ${lastCheckpointSeq} is missing`, lastCheckpointSeq);
    }
  }

  #fault(code: FaultCode, message: string, seq?: number): LedgerFault {
    const text = message.replace(/^[a-z]/, (letter) => letter.toUpperCase());
    return new LedgerFault(code, `${text}.`, { line: this.#line, seq });
  }
}

function isOther(bytes: Buffer): boolean {
  return /"type":"(checkpoint|closing|header|body)"\}$/.test(bytes.subarray(-40).toString('latin1'));
}
