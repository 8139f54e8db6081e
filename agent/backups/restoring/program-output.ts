const keptErrorBytes = 16 * 1024;
const keptOutputBytes = 4 * 1024 * 1024;
const longestLineBytes = 64 * 1024;

/** Keeps the beginning of an output. */
export function collectStart() {
  const chunks: Buffer[] = [];
  let collectedBytes = 0;
  return {
    take(chunk: Buffer): void {
      if (collectedBytes < keptOutputBytes) chunks.push(chunk.subarray(0, keptOutputBytes - collectedBytes));
      collectedBytes += chunk.length;
    },
    end: () => {},
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

/** Hands the lines of an output over, bytes as latin1 text; what is longer than 64 KiB is cut. */
export function collectLines(onLine: (line: string) => void) {
  let rest = '';
  const emit = (line: string) => onLine(line.slice(0, longestLineBytes));
  return {
    take(chunk: Buffer): void {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = (lines.pop() ?? '').slice(0, longestLineBytes);
      for (const line of lines) emit(line);
    },
    end: () => {
      if (rest !== '') emit(rest);
    },
    text: () => '',
  };
}

/** Keeps the end of an output. */
export function collectTail() {
  let tail = Buffer.alloc(0);
  return {
    take(chunk: Buffer): void {
      tail = Buffer.concat([tail, chunk]).subarray(-keptErrorBytes);
    },
    text: () => tail.toString('utf8'),
  };
}
