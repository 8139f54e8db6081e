import type { Clock } from '../../../shared/clock.ts';
import type { ExportCounts } from '../../metrics/export/export-history.ts';

const everyMs = 5000;

/** Says now and then how far the export is, to those who wait for it. */
export function createProgressLines(
  clock: Pick<Clock, 'monotonicMs'>,
  say: (line: string) => void,
): (counts: ExportCounts) => void {
  let saidAtMs = clock.monotonicMs();
  return ({ reportCount, sampleCount }) => {
    const nowMs = clock.monotonicMs();
    if (nowMs - saidAtMs < everyMs) return;
    saidAtMs = nowMs;
    say(sampleCount === 0 ? `… ${reportCount} reports read\n` : `… ${sampleCount} samples written\n`);
  };
}
