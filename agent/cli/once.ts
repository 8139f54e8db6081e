import { systemClock, systemRandom } from '../../shared/clock.ts';
import type { AgentConfig } from '../../shared/agent-config-schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import { type LoadedConfig, loadConfig } from '../config/config-cache.ts';
import { readSettings } from '../config/settings.ts';
import type { Identity } from '../identity/identity.ts';
import { loadIdentity } from '../identity/store-identity.ts';
import { runningAgent } from '../loop/agent-lock.ts';
import { Reporter } from '../loop/reporter.ts';
import { deliverDirectly, deliverThroughSpool, type Delivery } from '../loop/deliver-once.ts';
import { type Command, type CommandInput, dataHelp, dataOption, textOption } from './command.ts';

const waitMs = 20_000;

export const onceCommand: Command = {
  usage: 'once [--print] [--data DIR]',
  help: `Takes one report now, sends it, and says what the collector acknowledged. While an agent runs on the same
folder the report leaves the backups to it.

  --print      show the report as JSON and send nothing; works before the enrolment too
${dataHelp}`,
  options: { ...dataOption, print: { type: 'boolean' } },
  positionalCount: 0,
  async run(input) {
    const { dataFolder } = readSettings(textOption(input.values, 'data'));
    return input.values['print'] === true ? printReport(dataFolder, input) : sendReport(dataFolder, input);
  },
};

async function printReport(dataFolder: string, { print, logger }: CommandInput): Promise<number> {
  const enrolled = readEnrolment(dataFolder, logger);
  const reporter = reporterFor(dataFolder, enrolled?.identity.collectorUrl ?? 'http://127.0.0.1', logger);
  const config = enrolled?.loaded.config ?? unenrolledConfig;
  const withBackups = runningAgent(dataFolder) === undefined;
  const spool = { queuedCount: 0, droppedCount: 0 };
  const report = await reporter.measure({ config, spool, waitMs, withBackups, inventory: true, isOnly: true });
  await reporter.close();
  print(JSON.stringify(report, undefined, 2));
  return 0;
}

async function sendReport(dataFolder: string, { print, logger }: CommandInput): Promise<number> {
  const identity = loadIdentity(dataFolder, logger);
  const loaded = loadConfig(dataFolder, identity.collectorPublicKey);
  const reporter = reporterFor(dataFolder, identity.collectorUrl, logger);
  const pid = runningAgent(dataFolder);
  const measure = (spool: Report['spool']) =>
    reporter.measure({
      config: loaded.config,
      spool,
      waitMs,
      withBackups: pid === undefined,
      inventory: true,
      isOnly: true,
    });
  const deps = {
    identity,
    loaded,
    dataFolder,
    measure,
    bootNow: () => reporter.bootNow(),
    clock: systemClock,
    random: systemRandom,
    logger,
  };
  const delivery = pid === undefined ? await deliverThroughSpool(deps) : await deliverDirectly(deps);
  await reporter.close();
  if (pid !== undefined)
    print(`An agent runs on this folder (process ${pid}): its queue and its backups were left to it.`);
  for (const line of describeDelivery(delivery, identity.collectorUrl)) print(line);
  return delivery.ack === undefined ? 1 : 0;
}

function describeDelivery({ report, ack, problem, queuedCount }: Delivery, collectorUrl: string): string[] {
  const failed = (report.failures ?? []).map(({ of, reason }) => `  could not measure ${of}: ${reason}`);
  const outcome =
    ack === undefined
      ? `Not acknowledged by ${collectorUrl}: ${problem ?? 'no answer'}`
      : `Acknowledged by ${collectorUrl}: report ${ack.acked} of session ${report.session}, configuration ${ack.config}.`;
  const waiting = queuedCount === 1 ? '1 report waits' : `${queuedCount} reports wait`;
  const queue = queuedCount === 0 ? [] : [`${waiting} in the spool; "pantau-agent run" sends what is there.`];
  return [`Measured: ${contentsOf(report)}.`, ...failed, outcome, ...queue];
}

function contentsOf({ filesystems, interfaces, probes, backups, failures }: Report): string {
  const counts = { filesystems, interfaces, probes, 'backup claims': backups, failures };
  return Object.entries(counts)
    .map(([name, rows]) => `${rows?.length ?? 0} ${name}`)
    .join(', ');
}

function reporterFor(dataFolder: string, collectorUrl: string, logger: Logger): Reporter {
  return new Reporter({ dataFolder, collectorUrl, clock: systemClock, random: systemRandom, logger });
}

function readEnrolment(dataFolder: string, logger: Logger): { identity: Identity; loaded: LoadedConfig } | undefined {
  try {
    const identity = loadIdentity(dataFolder, logger);
    return { identity, loaded: loadConfig(dataFolder, identity.collectorPublicKey) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-enrolled') throw error;
    logger.warn('This agent is not enrolled: shown is what any agent measures.');
    return undefined;
  }
}

const unenrolledConfig: AgentConfig = {
  agent: 'a'.repeat(16),
  pd: 'none',
  site: 'none',
  node: 'none',
  roles: [],
  intervalSeconds: 60,
  discoverTargets: false,
  probes: [],
  backups: [],
  spool: { maxSizeBytes: 65536 },
  drain: { batchesPerMinute: 1 },
};
