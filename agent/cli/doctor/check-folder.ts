import { existsSync, mkdtempSync, rmdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { spoolFolderOf } from '../../config/settings.ts';
import { runningAgent } from '../../loop/agent-lock.ts';
import { inspectSpool } from '../../spool/inspect-spool.ts';
import { fine, type Finding, guarded, problem } from './finding.ts';

const leastFreeBytes = 50e6;
const manyQueued = 30;

/** The data folder itself: there, ours, private, with room. */
export function checkFolder(dataFolder: string): Promise<Finding[]> {
  const subject = 'data folder';
  return guarded(subject, `make ${dataFolder} usable for this user, or choose another with --data.`, () => {
    if (!existsSync(dataFolder)) {
      return [problem(subject, `${dataFolder} does not exist.`, 'run "pantau-agent enroll <token>", which makes it.')];
    }
    rmdirSync(mkdtempSync(join(dataFolder, 'doctor-')));
    const mode = statSync(dataFolder).mode & 0o777;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const remedy = `run "chmod 700 ${dataFolder}".`;
      return [problem(subject, `other users can look into ${dataFolder} (mode ${mode.toString(8)}).`, remedy)];
    }
    const { bavail, bsize } = statfsSync(dataFolder);
    const freeBytes = bavail * bsize;
    if (freeBytes < leastFreeBytes) {
      const text = `only ${megabytes(freeBytes)} are free on the disk of ${dataFolder}.`;
      return [problem(subject, text, 'free some space, or reports are lost when the collector is away.')];
    }
    return [fine(subject, `${dataFolder} is writable, private, and has ${megabytes(freeBytes)} free.`)];
  });
}

/** What waits to be sent, what was lost, and whether an agent runs. */
export function checkSpool(dataFolder: string): Promise<Finding[]> {
  const subject = 'spool';
  const folder = spoolFolderOf(dataFolder);
  return guarded(subject, `make ${folder} readable for this user.`, () => {
    const pid = runningAgent(dataFolder);
    const running =
      pid === undefined
        ? fine('agent', 'no agent runs on this folder now; "pantau-agent run" or the service starts one.')
        : fine('agent', `an agent runs on this folder (process ${pid}).`);
    if (!existsSync(folder)) return [running, fine(subject, 'nothing has been measured yet.')];
    const { queuedCount, droppedCount, rejectedCount, damagedCount, sizeBytes } = inspectSpool(folder);
    const text = `${queuedCount} reports wait (${megabytes(sizeBytes)}), ${droppedCount} dropped, ${rejectedCount} refused, ${damagedCount} damaged so far.`;
    return [running, ...judgeSpool(subject, text, { queuedCount, droppedCount, rejectedCount, damagedCount }, folder)];
  });
}

function judgeSpool(
  subject: string,
  text: string,
  counts: { queuedCount: number; droppedCount: number; rejectedCount: number; damagedCount: number },
  folder: string,
): Finding[] {
  if (counts.droppedCount > 0) {
    return [
      problem(
        subject,
        text,
        'give the disk more room, or spool.maxSizeBytes in the configuration; what was dropped is gone.',
      ),
    ];
  }
  if (counts.rejectedCount > 0) {
    return [
      problem(
        subject,
        text,
        `send the files in ${join(folder, 'rejected')} to whoever looks after Pantau, and update the agent.`,
      ),
    ];
  }
  if (counts.damagedCount > 0)
    return [problem(subject, text, 'check the disk ("dmesg", "smartctl -a"); records came back damaged.')];
  if (counts.queuedCount > manyQueued) {
    return [problem(subject, text, 'see the line about the collector; the reports are sent once it is reached.')];
  }
  return [fine(subject, text)];
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
