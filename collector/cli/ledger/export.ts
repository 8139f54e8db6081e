import { systemClock } from '../../../shared/clock.ts';
import { databaseIn, loadCollectorKeys } from '../../data-folder.ts';
import { type ExportCounts, exportLedger, type ExportRequest } from '../../ledger/export-ledger.ts';
import type { LedgerArchive } from '../../store/ledger-archive.ts';
import { openLedgerArchive } from '../../store/sqlite/ledger/ledger-archive.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';
import { openOutput } from '../export/output.ts';
import { momentForm, readMoment } from '../moment.ts';
import { everyNowAndThen } from '../now-and-then.ts';
import { parse, placeOptions, wrongUsage } from './usage.ts';

const options = {
  ...placeOptions,
  output: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  'without-bodies': { type: 'boolean' },
} as const;

export async function ledgerExport(args: readonly string[], io: CommandIo): Promise<number> {
  const { output, from, to, config, data, ...wanted } = parse(args, { options }).values;
  if (output === undefined || output === '') throw wrongUsage('say where to write with --output FILE');
  const source = existingSource({ config, data }, io);
  const { timezone, pemda } = source.read();
  const [fromMs, untilMs] = [momentOf('--from', from, timezone), momentOf('--to', to, timezone)];
  if (fromMs !== undefined && untilMs !== undefined && fromMs >= untilMs) {
    throw wrongUsage(`--from "${from}" must be before --to "${to}"`);
  }
  const { privateKey } = loadCollectorKeys(source.dataFolder);
  const request = { fromMs, untilMs, pemda: pemda.name, privateKey, nowMs: systemClock.nowMs() };
  const archive = openLedgerArchive(databaseIn(source.dataFolder));
  try {
    const counts = await writeAll(archive, { ...request, withBodies: wanted['without-bodies'] !== true }, output, io);
    const { entryCount, bodyCount, checkpointCount } = counts;
    io.stderr(`${entryCount} records, ${bodyCount} signed bodies and ${checkpointCount} checkpoints.\n`);
    return 0;
  } finally {
    archive.close();
  }
}

function momentOf(option: string, text: string | undefined, timezone: string): number | undefined {
  if (text === undefined) return undefined;
  const atMs = readMoment(text, timezone);
  if (atMs === undefined) throw wrongUsage(`${option} "${text}" must look like ${momentForm}`);
  return atMs;
}

async function writeAll(
  archive: LedgerArchive,
  request: ExportRequest,
  target: string,
  io: CommandIo,
): Promise<ExportCounts> {
  const output = openOutput(target, io);
  const isTime = everyNowAndThen(systemClock);
  let counts: ExportCounts = { entryCount: 0, bodyCount: 0, checkpointCount: 0 };
  const note = (now: ExportCounts) => {
    counts = now;
    if (isTime()) io.stderr(`… ${now.entryCount} records written\n`);
  };
  try {
    for (const text of exportLedger(archive, request, note)) {
      output.write(text);
      // Who read a pipe may be gone: that is heard in between.
      await new Promise((next) => setImmediate(next));
    }
    output.finish(true);
    return counts;
  } catch (error) {
    throw output.failed(error);
  } finally {
    output.close();
  }
}
