import { canonicalJson } from '../../../ledger/canonical-json.ts';
import { entryHash, noHash } from '../../../ledger/entry-hash.ts';
import type { JsonObject, LedgerKind } from '../../../ledger/entry.ts';
import type { LedgerHead } from '../../ledger-port.ts';
import type { Connection } from '../open.ts';

export interface NewEntry {
  atMs: number;
  kind: LedgerKind;
  pd: string | undefined;
  data: JsonObject;
}

/** The end of the chain. */
export function createEntries(connection: Connection) {
  const last = connection.prepare<[], LedgerHead>('SELECT seq, hash, at AS atMs FROM ledger ORDER BY seq DESC LIMIT 1');
  const insert = connection.prepare(
    'INSERT INTO ledger (seq, at, kind, pd, data, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    head: (): LedgerHead | undefined => last.get(),
    /** Adds entries to the end, inside the caller's transaction. @returns a function that gives the number of each. */
    writer() {
      let { seq, hash } = last.get() ?? { seq: 0, hash: noHash };
      return (entry: NewEntry): number => {
        const text = {
          seq: seq + 1,
          atMs: entry.atMs,
          kind: entry.kind,
          data: canonicalJson(entry.data),
          previous: hash,
        };
        const next = entryHash(text);
        insert.run(text.seq, text.atMs, text.kind, entry.pd ?? null, text.data, text.previous, next);
        seq = text.seq;
        hash = next;
        return seq;
      };
    },
  };
}

export type AddEntry = ReturnType<ReturnType<typeof createEntries>['writer']>;
