import { isUtf8 } from 'node:buffer';
import { Compile } from 'typebox/compile';
import { canonicalJson } from '../canonical-json.ts';
import {
  BodyLine,
  CheckpointLine,
  ClosingLine,
  EntryLine,
  entryLineText,
  type ExportLine,
  HeaderLine,
} from '../export-format.ts';

const checks = {
  header: Compile(HeaderLine),
  entry: Compile(EntryLine),
  body: Compile(BodyLine),
  checkpoint: Compile(CheckpointLine),
  closing: Compile(ClosingLine),
};

/** A line whose every byte is as a collector would write it; what its parts say is not checked yet. */
export type ParsedLine = Exclude<ExportLine, EntryLine> | (EntryLine & { dataText: string });

export type ParseOutcome = { line: ParsedLine } | { why: string };

/** @returns why it cannot be a line of a ledger, in a few words. */
export function parseLine(bytes: Buffer): ParseOutcome {
  if (!isUtf8(bytes)) return { why: 'it is not text in UTF-8' };
  const text = bytes.toString('utf8');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { why: 'it is not JSON' };
  }
  const line = typedLine(data);
  if (line === undefined) return { why: 'it does not have the parts of a line of a ledger' };
  try {
    return inOneForm(line, text);
  } catch {
    return { why: 'it holds what canonical JSON cannot' };
  }
}

function typedLine(data: unknown): ExportLine | undefined {
  if (checks.entry.Check(data)) return data;
  if (checks.body.Check(data)) return data;
  if (checks.checkpoint.Check(data)) return data;
  if (checks.header.Check(data)) return data;
  if (checks.closing.Check(data)) return data;
  return undefined;
}

/** The same content in other bytes is not what was written, though nothing in it says otherwise. */
function inOneForm(line: ExportLine, text: string): ParseOutcome {
  if (line.type === 'entry') {
    const dataText = canonicalJson(line.data);
    const written = { ...line, dataText };
    return entryLineText({ ...line, data: dataText }) === text ? { line: written } : notCanonical;
  }
  if (canonicalJson(line) !== text) return notCanonical;
  return isInOneForm(line) ? { line } : { why: 'its base64 has bits that say nothing' };
}

const notCanonical = { why: 'it is not in canonical form' };

/** Base64 can say the same bytes in several ways. */
function isInOneForm(line: Exclude<ExportLine, EntryLine>): boolean {
  const isExact = (text: string, encoding: 'base64' | 'base64url') =>
    Buffer.from(text, encoding).toString(encoding) === text;
  if (line.type === 'body') return isExact(line.body, 'base64');
  const anchor = line.type === 'header' ? line.anchor : null;
  return isExact(line.signature, 'base64url') && (anchor === null || isExact(anchor.signature, 'base64url'));
}
