import type { Clock } from '../../../shared/clock.ts';
import { type FileRecord, hexOf } from './file-record.ts';
import { unsettle } from './note-file.ts';
import type { Reading } from './read-file.ts';
import type { Vault } from './vault.ts';

/** Draws the conclusion from what reading a file showed. The file was the same before and after. */
export function applyReading(vault: Vault, file: FileRecord, reading: Reading, clock: Clock): void {
  const { dataset } = file.folder;
  if (reading.state === 'changed' || reading.state === 'unreadable') vault.postponed.add(file);
  if (reading.state === 'changed') {
    // The folders of a repository do not tell that one of its files changed: the scans look at this one itself.
    if (dataset.layout !== 'files') unsettle({ vault, monotonicMs: clock.monotonicMs() }, file);
    return;
  }
  if (reading.state === 'unreadable') {
    vault.readProblems.set(file, reading.reason);
    return;
  }
  const nowMs = clock.nowMs();
  const damageBefore = file.damage;
  const isFirst = file.checkedAtMs === 0;
  file.checkedAtMs = nowMs;
  file.changedAtMs = reading.changedAtMs;
  file.damage = reading.state === 'damaged' ? reading.reason : damageOf(file, reading.digest);
  // The name of a restic file is a witness that was there before the first reading.
  const hasWitness = dataset.layout === 'restic' || file.digest !== '' || (dataset.layout === 'borg' && !isFirst);
  file.isVerified = file.damage === '' && hasWitness;
  if (reading.state === 'whole' && dataset.layout === 'files' && !hasWitness) file.digest = reading.digest;
  vault.readProblems.delete(file);
  vault.queue.forget(file);
  vault.remember(file);
  dataset.isDirty = true;
  tell(vault, file, file.damage !== damageBefore);
}

function damageOf(file: FileRecord, digest: string): string {
  const { layout } = file.folder.dataset;
  if (layout === 'borg') return '';
  if (layout === 'restic') return hexOf(digest) === file.name ? '' : 'content-does-not-match-name';
  return file.digest === '' || file.digest === digest ? '' : 'content-changed';
}

/** What is new about an object that a report has told of, or will. */
function tell(vault: Vault, file: FileRecord, isTurn: boolean): void {
  const rank = file.folder.dataset.summary?.newest.indexOf(file) ?? -1;
  if (rank >= 0) vault.say(file, isTurn ? 0 : rank);
  else if (isTurn && file.announcedAs !== '') vault.say(file, 0);
}
