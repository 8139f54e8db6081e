import { join, resolve } from 'node:path';
import { systemClock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { PantauConfig } from '../config/schema.ts';
import { databaseIn } from '../data-folder.ts';
import type { MadeReport } from '../documents/month/make-reports.ts';
import { monthSpan } from '../documents/month/read-month.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import type { Command, CommandIo } from './command.ts';
import { existingSource } from './config-source.ts';
import { readReportArguments, type ReportArguments, wrongUsage } from './report/arguments.ts';

const usage = `Usage: pantau-collector report --month YYYY-MM --out DIR [--pd ID]… [--per-department]
                               [--format pdf,html,xlsx] [--so-far] [--config FILE] [--data DIR]

Writes the monthly report on the SPBE infrastructure: availability, backups, restore tests, bandwidth, Jaringan Intra,
compliance with the law that each verdict rests on, incidents, and a page for each department. The collector may be
running meanwhile.

  pantau-collector report --month 2026-10 --out laporan

  --month YYYY-MM    a month of the Pemda's zone that is over
  --out DIR          where the files go; made when it is not there
  --pd ID            a report of this department alone instead; may be repeated
  --per-department   a report of each department beside the one of the Pemda
  --format LIST      pdf, html and xlsx when absent
  --so-far           a month that is not over, up to now: provisional, and no revision of anything
  --config FILE      the configuration; as for "serve"
  --data DIR         the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help             show this text

The same month made again is the same report, unless late data changed a figure: then it is a further revision that lists
what changed. What was made, with the SHA-256 of each file, stands in the ledger.

A format that cannot be written does not keep the others from being written, and is not in the ledger.

Exit code: 0 when all was written, 1 when it or one of its formats failed, 2 for wrong usage or a month that is not over.
`;

export const report: Command = {
  name: 'report',
  summary: 'write the monthly report as PDF, HTML and a workbook',
  usage,
  run: async (args, io) => {
    const wanted = readReportArguments(args);
    const source = existingSource(wanted, io);
    const config = source.read();
    const nowMs = systemClock.nowMs();
    expectMonth(wanted, config, nowMs);
    expectDepartments(wanted, config);
    const all = await makeAll(wanted, { config, dataFolder: source.dataFolder, nowMs }, io);
    if (all.some(({ isEmpty }) => isEmpty)) io.stderr(`Nothing was recorded in ${wanted.month}; the report says so.\n`);
    for (const made of all) {
      io.stdout(linesOf(made));
      for (const { format, reason } of made.failures)
        io.stderr(`${made.name}: the ${format} could not be written: ${reason}.\n`);
    }
    return all.every(({ failures }) => failures.length === 0) ? 0 : 1;
  },
};

/** A month that is not over would be told as if the rest of it had been unknown. */
function expectMonth({ month, isSoFar }: ReportArguments, { timezone }: PantauConfig, nowMs: number): void {
  const { fromMs, untilMs } = monthSpan(month, timezone);
  if (fromMs > nowMs) throw wrongUsage(`the month ${month} has not begun`);
  if (untilMs <= nowMs || isSoFar) return;
  const end = formatZonedRfc3339(untilMs, timezone);
  throw wrongUsage(`the month ${month} is over at ${end} only; add --so-far for a provisional report`);
}

function expectDepartments({ pds }: ReportArguments, { perangkatDaerah }: PantauConfig): void {
  const known = perangkatDaerah.map(({ id }) => id);
  const unknown = pds.find((pd) => !known.includes(pd));
  if (unknown !== undefined) throw wrongUsage(`--pd "${unknown}" is not known; known: ${known.join(', ')}`);
}

async function makeAll(
  wanted: ReportArguments,
  given: { config: PantauConfig; dataFolder: string; nowMs: number },
  io: CommandIo,
): Promise<MadeReport[]> {
  // Loaded now, not for a look at the help: the libraries of the formats are large.
  const { makeReports } = await import('../documents/month/make-reports.ts');
  const { openMonthSource } = await import('../store/sqlite/month-source.ts');
  const { registerDocument } = await import('../store/sqlite/documents.ts');
  const { signLedger } = await import('../store/sqlite/ledger/sign-ledger.ts');
  const database = databaseIn(given.dataFolder);
  const source = openMonthSource(database);
  const say = quietly((line) => io.stderr(`… ${line}\n`));
  try {
    return await makeReports({
      config: given.config,
      source,
      month: wanted.month,
      pds: wanted.pds.length === 0 ? undefined : wanted.pds,
      perDepartment: wanted.perDepartment,
      formats: wanted.formats,
      folder: resolve(io.workingFolder, wanted.out),
      madeBy: 'admin',
      nowMs: given.nowMs,
      signLedger: () => signLedger(database, given.nowMs),
      register: (document, figures) => registerDocument(database, document, figures),
      onProgress: say,
    });
  } catch (error) {
    throw explained(error, join(io.workingFolder, wanted.out));
  } finally {
    source.close();
  }
}

const everyMs = 1000;

/** A line a second is enough for whoever waits. */
function quietly(say: (line: string) => void): (line: string) => void {
  let saidAtMs = -Infinity;
  return (line) => {
    const nowMs = systemClock.monotonicMs();
    if (nowMs - saidAtMs < everyMs) return;
    saidAtMs = nowMs;
    say(line);
  };
}

function linesOf({ name, revision, changeCount, isNew, files }: MadeReport): string {
  const which = revision === 0 ? 'provisional' : `revision ${revision}`;
  const news = isNew ? '' : ', the same figures as before';
  const changes = changeCount === 0 ? '' : `, ${changeCount} figures restated`;
  return `${name}: ${which}${changes}${news}\n${files.map((file) => `  ${file}\n`).join('')}`;
}

function explained(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof AppError || !/^E[A-Z]+$/.test(code)) return error;
  const remedy = 'see that there is room and that this user may write there, or name another folder with --out';
  const message = `The report cannot be written to ${folder} (${messageOf(error)}); ${remedy}.`;
  return new AppError('report-failed', message, { cause: error });
}
