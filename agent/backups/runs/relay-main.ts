import { startRelay } from './relay.ts';

/**
 * Goes on carrying output when a command has ended and left something behind that still writes, an upload in the
 * background say: it must not die because its output is watched. Our arguments are pairs of files, from and to.
 */
const files = process.argv.slice(2).map(Number);
for (let index = 0; index + 1 < files.length; index += 2) startRelay(files[index] ?? 0, files[index + 1] ?? 1);
