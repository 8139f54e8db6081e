import { systemClock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import { databaseIn } from '../data-folder.ts';
import { type ExportCounts, exportHistory, type ExportRequest } from '../metrics/export/export-history.ts';
import type { ReportArchive } from '../store/report-archive.ts';
import { openReportArchive } from '../store/sqlite/report-archive.ts';
import type { Command, CommandIo } from './command.ts';
import { existingSource } from './config-source.ts';
import { readExportArguments, wrongUsage } from './export/arguments.ts';
import { openOutput } from './export/output.ts';
import { createProgressLines } from './export/progress-lines.ts';

const usage = `Usage: pantau-collector export --from TIME [--to TIME] [--pd ID] [--label N=V]… [--output FILE]
                               [--config FILE] [--data DIR]

Writes what the agents reported as OpenMetrics, each sample at its own time, also of hours in which a link was cut. The
collector may be running meanwhile. Prometheus takes it as blocks:

  pantau-collector export --from 2026-11-01 --output november.om
  promtool tsdb create-blocks-from openmetrics november.om /var/lib/prometheus/metrics2
  chown -R prometheus: /var/lib/prometheus/metrics2

The blocks must belong to the user that Prometheus runs as, or it loses them when it joins them to others.

  --from TIME      the first moment: 2026-11-01T07:00:00+07:00, or a day or a time of the Pemda's zone such as
                   2026-11-01 or 2026-11-01T07:00
  --to TIME        the first moment that is left out; now when absent
  --pd ID          only what speaks for this department
  --label N=V      a label for every series, such as job=pantau; may be repeated. The same series as a scrape makes need
                   both of its labels, job=… and instance=…
  --output FILE    where to write; - or absent for the standard output
  --config FILE    the configuration; as for "serve"
  --data DIR       the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help           show this text

Only reports that are still kept whole can be exported (retention.raw). What stood only on /metrics and in no report,
such as verdicts, is not in it. It needs room for 20 bytes a sample beside FILE, or in $TMPDIR, while it works.

Exit code: 0 when something was written, 1 when there was nothing or it failed, 2 for wrong usage.
`;

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the reported history as OpenMetrics, for promtool',
  usage,
  run: async (args, io) => {
    const wanted = readExportArguments(args);
    const source = existingSource(wanted, io);
    const { timezone, perangkatDaerah } = source.read();
    const range = wanted.range(timezone, systemClock.nowMs());
    const archive = openReportArchive(databaseIn(source.dataFolder));
    try {
      const known = new Set([...perangkatDaerah.map(({ id }) => id), ...archive.agents().map((row) => row.pd)]);
      if (wanted.pd !== undefined && !known.has(wanted.pd)) {
        throw wrongUsage(`--pd "${wanted.pd}" is not known; known: ${[...known].join(', ')}`);
      }
      const show = (atMs: number) => formatZonedRfc3339(atMs, timezone);
      warnOfMissing(archive, range.fromMs, (text) => io.stderr(text), show);
      const counts = await writeAll(
        archive,
        { ...range, pd: wanted.pd, externalLabels: wanted.labels },
        wanted.output,
        io,
      );
      const between = `${show(range.fromMs)} and ${show(range.untilMs)}`;
      if (counts.sampleCount === 0) {
        throw new AppError('nothing-to-export', `No report between ${between} is kept; nothing was written.`);
      }
      const { sampleCount, seriesCount, reportCount } = counts;
      io.stderr(`${sampleCount} samples of ${seriesCount} series from ${reportCount} reports between ${between}.\n`);
      return 0;
    } finally {
      archive.close();
    }
  },
};

/** Reports are kept whole for a time only; what is asked for beyond it would be missing without a word. */
function warnOfMissing(
  archive: ReportArchive,
  fromMs: number,
  say: (text: string) => void,
  show: (atMs: number) => string,
): void {
  const oldestMs = archive.oldestReceivedMs();
  if (oldestMs === undefined || oldestMs <= fromMs) return;
  say(`Note: reports are kept whole since ${show(oldestMs)} only (retention.raw); what came before is not in it.\n`);
}

async function writeAll(
  archive: ReportArchive,
  request: Omit<ExportRequest, 'sorter'>,
  target: string,
  io: CommandIo,
): Promise<ExportCounts> {
  const output = openOutput(target, io);
  const progress = createProgressLines(systemClock, (line) => io.stderr(line));
  let counts: ExportCounts = { reportCount: 0, seriesCount: 0, sampleCount: 0 };
  const note = (now: ExportCounts) => {
    counts = now;
    progress(now);
  };
  try {
    const sorter = { folder: output.temporaryFolder };
    // The first piece has samples, unless there are none at all.
    for (const text of exportHistory(archive, { ...request, sorter }, note)) {
      output.write(text);
      // Who read a pipe may be gone: that is heard in between.
      await new Promise((next) => setImmediate(next));
    }
    output.finish(counts.sampleCount > 0);
    return counts;
  } catch (error) {
    throw output.failed(error);
  } finally {
    output.close();
  }
}
