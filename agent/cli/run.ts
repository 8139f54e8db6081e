import { systemClock, systemRandom } from '../../shared/clock.ts';
import { loadConfig } from '../config/config-cache.ts';
import { agentVersion, readSettings } from '../config/settings.ts';
import { loadIdentity } from '../identity/store-identity.ts';
import { createAgent } from '../loop/agent.ts';
import { lockDataFolder } from '../loop/agent-lock.ts';
import { type Command, dataHelp, dataOption, textOption } from './command.ts';

export const runCommand: Command = {
  usage: 'run [--data DIR]',
  help: `Measures this machine in the interval that the collector sets, keeps each report on disk until the
collector has it, and runs until SIGINT or SIGTERM. Needs no inbound port. Its log goes to stderr.

${dataHelp}`,
  options: dataOption,
  positionalCount: 0,
  async run({ values, logger }) {
    const { dataFolder } = readSettings(textOption(values, 'data'));
    const identity = loadIdentity(dataFolder, logger);
    const loaded = loadConfig(dataFolder, identity.collectorPublicKey);
    const lock = lockDataFolder(dataFolder);
    const agent = createAgent({ identity, loaded, dataFolder, clock: systemClock, random: systemRandom, logger });
    const { pd, site, node, intervalSeconds } = loaded.config;
    logger.info('The agent runs.', {
      version: agentVersion(),
      agent: identity.agent,
      pd,
      site,
      node,
      intervalSeconds,
      collector: identity.collectorUrl,
      configuration: loaded.version,
    });
    agent.start();
    const signal = await stopSignal();
    logger.info('The agent stops.', { signal });
    await agent.stop();
    lock.release();
    // What is left, such as a file being hashed, is nothing to wait for.
    process.exit(0);
  },
};

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}
