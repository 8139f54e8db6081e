export type FaultCode =
  | 'not-a-ledger'
  | 'wrong-key'
  | 'bad-signature'
  | 'altered'
  | 'missing'
  | 'reordered'
  | 'doubled'
  | 'truncated'
  | 'checkpoint-not-found';

export interface FaultPlace {
  /** Of the file, from 1. */
  line: number;
  /** The record that is wrong, where it is a record. */
  seq?: number | undefined;
}

/** The first thing in a file that is not as the collector wrote it. */
export class LedgerFault extends Error {
  readonly code: FaultCode;
  readonly line: number;
  readonly seq: number | undefined;

  constructor(code: FaultCode, message: string, { line, seq }: FaultPlace) {
    super(message);
    this.name = 'LedgerFault';
    this.code = code;
    this.line = line;
    this.seq = seq;
  }
}
