/**
 * The tools that dump databases as SQL write a line at the beginning and another when they are done. A dump that has
 * the first and not the last was cut off, even though the compression around it may be whole: `mysqldump | gzip` ends
 * like that when mysqldump fails half-way.
 */
const dumps: readonly { name: string; begins: RegExp; ends: RegExp }[] = [
  { name: 'pg_dump', begins: /^-- PostgreSQL database dump$/m, ends: /^-- PostgreSQL database dump complete$/m },
  {
    name: 'pg_dumpall',
    begins: /^-- PostgreSQL database cluster dump$/m,
    ends: /^-- PostgreSQL database cluster dump complete$/m,
  },
  { name: 'mysqldump', begins: /^-- (?:MySQL|MariaDB) dump /m, ends: /^-- Dump completed/m },
];

export interface SqlEnding {
  /** The tool that wrote it, when it is one that says so. */
  tool: string | undefined;
  isComplete: boolean;
}

const keptBytes = 4096;

/** Looks at a stream of SQL as it passes. */
export function createSqlEnding() {
  let head = '';
  let tail = '';
  return {
    take(chunk: Buffer): void {
      if (head.length < keptBytes) head += chunk.subarray(0, keptBytes - head.length).toString('latin1');
      tail = (tail + chunk.subarray(-keptBytes).toString('latin1')).slice(-keptBytes);
    },
    judge(): SqlEnding {
      const dump = dumps.find(({ begins }) => begins.test(head.replaceAll('\r', '')));
      return { tool: dump?.name, isComplete: dump === undefined || dump.ends.test(tail.replaceAll('\r', '')) };
    },
  };
}
