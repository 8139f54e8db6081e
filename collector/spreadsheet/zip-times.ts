const endSignature = 0x06054b50;
const endSizeBytes = 22;
const entrySignature = 0x02014b50;
const entrySizeBytes = 46;
/** 1 January 1980, the first day that a ZIP archive knows. */
const firstDay = 0x0021;

/** The archive with the same bytes whenever it was made: the time of its making is taken out of every entry. */
export function withoutZipTimes(archive: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(archive);
  const view = new DataView(bytes.buffer);
  const end = bytes.length - endSizeBytes;
  if (end < 0 || view.getUint32(end, true) !== endSignature) throw new Error('not a ZIP archive without a comment');
  const entryCount = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < entryCount; index += 1) {
    if (view.getUint32(at, true) !== entrySignature) throw new Error('not a ZIP archive');
    setTime(view, at + 12);
    setTime(view, view.getUint32(at + 42, true) + 10);
    at +=
      entrySizeBytes + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}

function setTime(view: DataView, at: number): void {
  view.setUint16(at, 0, true);
  view.setUint16(at + 2, firstDay, true);
}
