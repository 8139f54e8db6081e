import { systemClock, systemRandom } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import { createLogger } from '../../shared/logger.ts';
import { type Collector, startCollector } from '../collector.ts';
import type { ApiView } from '../http/resource.ts';
import { reasonOf } from '../http/resources/obligations.ts';
import { nameOfCitation } from '../obligations/citation.ts';
import type { Case } from '../obligations/subjects.ts';
import type { VerdictRow } from '../store/rows.ts';
import type { Command, CommandIo } from './command.ts';
import { type ConfigSource, configSource } from './config-source.ts';
import { commandLine } from './command-line.ts';

const usage = `Usage: pantau-collector serve [--config FILE] [--data DIR]

Receives reports, judges the duties, alerts, and answers on the address in the configuration until it is stopped.

  --config FILE    the configuration; ./pantau.yaml or <data>/pantau.yaml when absent (an example is written once)
  --data DIR       where everything is kept; $PANTAU_DATA or ./data when absent
  --help           show this text

SIGHUP reads the configuration again; Ctrl-C or SIGTERM stops cleanly.
`;

export const serve: Command = {
  name: 'serve',
  summary: 'receive reports, judge and alert',
  usage,
  run: async (args, io) => {
    const source = configSource(readArguments(args), io);
    const logger = createLogger((line) => io.stderr(line), systemClock.nowMs);
    // The first verdicts fall while it starts; they are shown below the greeting.
    const early: string[] = [];
    let awaitedCount = 0;
    let show = (line: string): void => void early.push(line);
    const started = startCollector({
      config: source.read(),
      dataFolder: source.dataFolder,
      clock: systemClock,
      random: systemRandom,
      logger,
      onVerdict: (verdict, judged, view) => {
        // Of what people enter there is nothing to tell before they do.
        if (judged.rule.incidentKind === 'register' && verdict.status === 'no-evidence') awaitedCount += 1;
        else show(verdictLine(verdict, judged, view));
      },
    });
    // Listened for from the beginning: whoever stops it while it starts must find it stopping cleanly too.
    const stopped = untilStopped(async () => reload(await started, source, io));
    const collector = await started;
    io.stdout(greeting(collector, source) + early.join('') + awaitedLine(awaitedCount));
    show = (line) => io.stdout(line);
    await stopped;
    io.stdout('Stopping …\n');
    await collector.stop();
    io.stdout('Stopped. Everything that was acknowledged is on disk.\n');
    return 0;
  },
};

function readArguments(args: readonly string[]): { config: string | undefined; data: string | undefined } {
  const options = { config: { type: 'string' }, data: { type: 'string' } } as const;
  const { values } = commandLine('serve').parse(args, { options });
  return { config: values.config, data: values.data };
}

function greeting(collector: Collector, { path, written, dataFolder }: ConfigSource): string {
  const { config, fleet } = collector.view();
  const nodeCount = [...fleet.agents()].length;
  return [
    `Pantau collector of ${config.pemda.name}`,
    `  page      ${collector.url}/`,
    `  metrics   ${collector.url}/metrics`,
    `  API       ${collector.url}/api/v1/obligations (bearer token in ${dataFolder}/admin-token)`,
    `  config    ${path}${written ? ' (an example was written; edit it, then send SIGHUP)' : ''}`,
    `  watching  ${config.perangkatDaerah.length} department(s), ${nodeCount} enrolled node(s)`,
    ...(collector.fingerprint === undefined ? [] : [`  TLS       certificate SHA-256 ${collector.fingerprint}`]),
    '',
  ].join('\n');
}

/** One verdict as it comes: who, which duty, what, why, by which law. */
function verdictLine(verdict: VerdictRow, judged: Case, view: ApiView): string {
  const law = nameOfCitation(judged.obligation.citation);
  const grade = verdict.grade === undefined ? '' : `, ${verdict.grade}`;
  const title = judged.obligation.title[view.config.language];
  return `verdict  ${verdict.subject}: ${title} → ${verdict.status}${grade} (${law}). ${reasonOf(view, verdict)}\n`;
}

function awaitedLine(count: number): string {
  if (count === 0) return '';
  return `registers  ${count} verdict(s) wait for what people enter; see "pantau-collector register --help"\n`;
}

async function reload(collector: Collector, source: ConfigSource, io: CommandIo): Promise<void> {
  try {
    await collector.reload(readOrRefuse(collector, source));
    io.stdout(`Configuration read again from ${source.path}.\n`);
  } catch (error) {
    io.stderr(`The old configuration stays in force. ${messageOf(error)}\n`);
  }
}

function readOrRefuse(collector: Collector, source: ConfigSource) {
  try {
    return source.read();
  } catch (error) {
    collector.refuseConfiguration();
    throw error;
  }
}

function untilStopped(onHangUp: () => Promise<void>): Promise<void> {
  const hangUp = () => void onHangUp();
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGHUP', hangUp);
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    process.on('SIGHUP', hangUp);
  });
}
