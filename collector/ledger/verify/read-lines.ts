/** A body of a batch is the longest that a line holds: a megabyte, in base64, with room for what verdicts cite. */
const longestLineBytes = 8 * 1024 * 1024;

export interface RawLine {
  /** From 1. */
  number: number;
  /** Without its newline. */
  bytes: Buffer;
  /** The file ends before its newline. */
  isCut: boolean;
  isTooLong: boolean;
}

/** Cuts a stream into lines and holds one at a time; of one that is far too long only the beginning. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawLine> {
  let number = 1;
  let parts: Buffer[] = [];
  let heldBytes = 0;
  const line = (last: Buffer, isCut: boolean): RawLine => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    heldBytes = 0;
    return { number: number++, bytes, isCut, isTooLong: bytes.length > longestLineBytes };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      yield line(chunk.subarray(from, at), false);
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    if (rest.length === 0) continue;
    parts.push(rest);
    heldBytes += rest.length;
    if (heldBytes <= longestLineBytes) continue;
    yield line(Buffer.alloc(0), true);
    return;
  }
  if (parts.length > 0) yield line(Buffer.alloc(0), true);
}
