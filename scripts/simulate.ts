// `npm run simulate`: a Kabupaten of invented agents on one machine.
import { AppError } from '../shared/errors.ts';
import { runSimulation } from './simulation/run-simulation.ts';
import { readSimulateArguments, simulateUsage } from './simulation/simulate-arguments.ts';
import { collectorFor } from './simulation/simulated-collector.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const wanted = readSimulateArguments(args);
  if (wanted === undefined) {
    process.stdout.write(simulateUsage());
    return 0;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // Who asks twice does not want to wait; leaving kills the collector too.
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  const collector = await collectorFor(wanted);
  try {
    say('A simulated Kabupaten');
    say(`  page      ${collector.url}/`);
    say(`  metrics   ${collector.url}/metrics`);
    say(`  API       ${collector.url}/api/v1/obligations (bearer token in ${collector.dataFolder}/admin-token)`);
    const { problems } = await runSimulation({ wanted, collector, stop: stop.signal, say });
    for (const problem of problems) complain(problem);
    say(endingOf(problems, stop.signal.aborted));
    if (wanted.keep) say(`The collector's data stay in ${collector.dataFolder}; go on with --data.`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await collector.close();
  }
}

function endingOf(problems: readonly string[], wasStopped: boolean): string {
  if (problems.length > 0) return 'Something is wrong; see above.';
  return wasStopped ? 'Stopped.' : 'Everything that was sent is there, once.';
}

const usageCodes = new Set(['usage', 'bad-config', 'data-folder']);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  complain(error.message);
  process.exitCode = usageCodes.has(error.code) ? 2 : 1;
}
