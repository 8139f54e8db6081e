import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { LedgerArchive } from '../store/ledger-archive.ts';
import type { LedgerRow } from '../store/ledger-port.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  type ClosingLine,
  entryLineText,
  exportFormat,
  type ExportLine,
  type HeaderLine,
  signLine,
} from './export-format.ts';
import { fingerprintOf } from './public-key.ts';

/** The archive is read in short pieces, so that the collector can tidy up its log. */
const entriesPerPiece = 200;

export interface ExportRequest {
  pemda: string;
  fromMs: number | undefined;
  untilMs: number | undefined;
  withBodies: boolean;
  privateKey: KeyObject;
  nowMs: number;
}

export interface ExportCounts {
  entryCount: number;
  bodyCount: number;
  checkpointCount: number;
}

/**
 * Writes a ledger out, a piece of text at a time.
 * @param note told how far it is.
 * @throws AppError `ledger-empty` when there is nothing, `ledger-pruned` when a part went meanwhile.
 */
export function* exportLedger(
  archive: LedgerArchive,
  request: ExportRequest,
  note: (counts: ExportCounts) => void,
): Generator<string, ExportCounts> {
  const bounds = archive.bounds(request);
  if (bounds === undefined) throw new AppError('ledger-empty', 'The ledger has no entry of that time.');
  const { first, last } = bounds;
  const digest = createHash('sha256');
  const counts: ExportCounts = { entryCount: 0, bodyCount: 0, checkpointCount: 0 };
  const piece = (text: string): string => {
    digest.update(text);
    return text;
  };
  let lastCheckpointSeq = 0;

  function linesOf(row: LedgerRow): string {
    let text = `${entryLineText(row)}\n`;
    counts.entryCount += 1;
    if (request.withBodies && row.kind === 'evidence') {
      const body = archive.body(row.seq);
      if (body === undefined) throw prunedMeanwhile();
      text += lineText({ type: 'body', entry: row.seq, body: body.toString('base64') });
      counts.bodyCount += 1;
    }
    const checkpoint = archive.checkpoint(row.seq);
    if (checkpoint === undefined) return text;
    counts.checkpointCount += 1;
    lastCheckpointSeq = row.seq;
    return text + lineText({ type: 'checkpoint', ...checkpoint });
  }

  yield piece(lineText(headerOf(archive, first, request)));
  for (let seq = first.seq - 1; seq < last.seq;) {
    const rows = archive.entries(seq, { lastSeq: last.seq, limit: entriesPerPiece });
    if (rows[0]?.seq !== seq + 1) throw prunedMeanwhile();
    const text = rows.map(linesOf).join('');
    if (archive.isPruned(first.seq)) throw prunedMeanwhile();
    yield piece(text);
    seq += rows.length;
    note(counts);
  }
  const closing = {
    ...counts,
    lastSeq: last.seq,
    lastHash: last.hash,
    lastCheckpointSeq,
    sha256: digest.digest('hex'),
  };
  yield lineText(signLine<ClosingLine>({ type: 'closing', ...closing }, request.privateKey));
  return counts;
}

function headerOf(archive: LedgerArchive, first: LedgerRow, request: ExportRequest): HeaderLine {
  const { pemda, privateKey, withBodies, nowMs } = request;
  return signLine<HeaderLine>(
    {
      type: 'header',
      format: exportFormat,
      pemda: pemda.toWellFormed(),
      key: fingerprintOf(createPublicKey(privateKey)),
      madeAtMs: nowMs,
      firstSeq: first.seq,
      previous: first.previous,
      anchor: archive.checkpoint(first.seq - 1) ?? null,
      bodies: withBodies ? 'inside' : 'left-out',
    },
    privateKey,
  );
}

function lineText(line: ExportLine): string {
  return `${canonicalJson(line)}\n`;
}

function prunedMeanwhile(): AppError {
  return new AppError('ledger-pruned', 'Old entries were removed while they were exported; run it again.');
}
