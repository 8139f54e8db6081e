import { cleanText } from '../../sensors/clean-text.ts';

/** The end of an output that may be endless, in constant memory. */
export interface OutputTail {
  take(chunk: Uint8Array): void;
  totalBytes(): number;
  /** The last lines, oldest first, with a mask for secrets put on before they are cut to their length. */
  lines(maxCount: number, maskLine: (line: string) => string): string[];
}

const keptBytes = 16 * 1024;
const maxLineLength = 200;
/** Longer lines are cut to this before anything looks at them. */
const maxRawLineLength = 4096;
// oxlint-disable-next-line no-control-regex -- colours and titles of terminals are what is being removed
const terminalSequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

export function createOutputTail(): OutputTail {
  const ring = new Uint8Array(keptBytes);
  let at = 0;
  let totalBytes = 0;

  const kept = (): Buffer => {
    if (totalBytes <= keptBytes) return Buffer.from(ring.subarray(0, totalBytes));
    return Buffer.concat([ring.subarray(at), ring.subarray(0, at)]);
  };

  return {
    take(chunk) {
      totalBytes += chunk.length;
      const end = chunk.subarray(-keptBytes);
      const first = end.subarray(0, keptBytes - at);
      ring.set(first, at);
      ring.set(end.subarray(first.length), 0);
      at = (at + end.length) % keptBytes;
    },
    totalBytes: () => totalBytes,
    lines(maxCount, maskLine) {
      // A progress line that is written over with carriage returns is many lines, of which the last ones count.
      const lines = kept()
        .toString('utf8')
        .split(/[\r\n]+/);
      // The first one may have lost its beginning, and with it the word that says that a secret follows.
      if (totalBytes > keptBytes) lines.shift();
      return lines
        .map((line) => line.replaceAll(terminalSequences, '').trim())
        .filter((line) => line !== '' && isText(line))
        .slice(-maxCount)
        .flatMap((line) => cleanText(maskLine(line.slice(0, maxRawLineLength)), maxLineLength) ?? []);
    },
  };
}

/** Bytes of a dump or an archive tell nobody anything. */
function isText(line: string): boolean {
  // oxlint-disable-next-line no-control-regex -- what is not to be read is counted
  const strangeCount = line.match(/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/g)?.length ?? 0;
  return strangeCount * 4 <= line.length;
}
