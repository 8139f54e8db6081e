/** The counters of one line of /proc/net/dev. */
export interface NetDevRow {
  name: string;
  receiveBytes: number;
  transmitBytes: number;
  receiveErrors: number;
  transmitErrors: number;
}

/** @param text content of /proc/net/dev; its first two lines are headings. */
export function parseNetDev(text: string): NetDevRow[] {
  const rows: NetDevRow[] = [];
  for (const line of text.split('\n')) {
    // Old kernels leave no space after the colon. A name may not hold white space or a slash.
    const match = /^ *([^\s/]{1,64}):\s*(\d[\d ]*)$/.exec(line);
    const columns = match?.[2]?.trim().split(/ +/);
    if (match?.[1] === undefined || columns === undefined || columns.length < 16) continue;
    rows.push({
      name: match[1],
      receiveBytes: counter(columns[0]),
      receiveErrors: counter(columns[2]),
      transmitBytes: counter(columns[8]),
      transmitErrors: counter(columns[10]),
    });
  }
  return rows;
}

/**
 * Counters have 64 bits, exact numbers in JSON 53. The low 53 bits stand for the counter: where they wrap (after 9 PB)
 * it looks like any other counter that started again, and every rate in between stays exact.
 */
function counter(digits = '0'): number {
  return digits.length < 16 ? Number(digits) : Number(BigInt(digits.slice(0, 40)) % 2n ** 53n);
}
