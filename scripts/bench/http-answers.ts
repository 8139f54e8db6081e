/** One answer of a server, as far as a load generator looks at it. */
export interface HttpAnswer {
  status: number;
  retryAfterSeconds: number | undefined;
}

const headEnd = Buffer.from('\r\n\r\n');
const longestHeadBytes = 16 * 1024;

/**
 * Finds the answers in the bytes of one connection. It reads no more of HTTP than the measured servers speak, so that
 * the generator is much cheaper than any of them.
 */
export function createAnswerReader(onAnswer: (answer: HttpAnswer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const at = rest.indexOf(headEnd);
      if (at < 0) {
        if (rest.length > longestHeadBytes) throw new Error('A server sent a head that does not end.');
        return;
      }
      const head = rest.toString('latin1', 0, at);
      const sizeBytes = at + headEnd.length + bodySizeBytes(head);
      if (rest.length < sizeBytes) return;
      rest = rest.subarray(sizeBytes);
      const wait = /\r\nretry-after: *(\d{1,6})/i.exec(head)?.[1];
      onAnswer({
        status: Number(head.slice(9, 12)),
        retryAfterSeconds: wait === undefined ? undefined : Number(wait),
      });
    }
  };
}

function bodySizeBytes(head: string): number {
  const lengthText = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (lengthText !== undefined) return Number(lengthText);
  if (head.startsWith('HTTP/1.1 204 ')) return 0;
  throw new Error(`A server sent an answer without a length: ${head.slice(0, 60)}`);
}
