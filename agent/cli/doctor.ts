import { systemClock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import { type LoadedConfig, loadConfig } from '../config/config-cache.ts';
import { readSettings } from '../config/settings.ts';
import type { Identity } from '../identity/identity.ts';
import { loadIdentity } from '../identity/store-identity.ts';
import { type Command, dataHelp, dataOption, textOption } from './command.ts';
import { checkBackups } from './doctor/check-backups.ts';
import { checkCollector } from './doctor/check-collector.ts';
import { checkFolder, checkSpool } from './doctor/check-folder.ts';
import { checkNetwork, checkSensors } from './doctor/check-measuring.ts';
import { checkRouters } from './doctor/check-routers.ts';
import { checkVaults } from './doctor/check-vaults.ts';
import { fine, type Finding, formatFinding, problem } from './doctor/finding.ts';

const enrolRemedy = 'get a token from Diskominfo and run "pantau-agent enroll <token>".';

export const doctorCommand: Command = {
  usage: 'doctor [--data DIR]',
  help: `Checks everything that the agent needs, one line each, and says exactly how to repair what is wrong.
Changes nothing and can run beside the agent. Exit code 1 when there is a problem.

${dataHelp}`,
  options: dataOption,
  positionalCount: 0,
  async run({ values, print }) {
    const { dataFolder } = readSettings(textOption(values, 'data'));
    let problemCount = 0;
    const show = (findings: readonly Finding[]) => {
      problemCount += findings.filter(({ ok }) => !ok).length;
      for (const finding of findings) print(formatFinding(finding));
    };
    show(await checkFolder(dataFolder));
    const { identity, findings } = checkIdentity(dataFolder);
    show(findings);
    const configuration = identity && checkConfiguration(dataFolder, identity);
    if (configuration !== undefined) show([configuration.finding]);
    if (identity !== undefined) show(await checkCollector(identity, systemClock));
    const config = configuration?.loaded?.config;
    show(await checkNetwork(identity?.collectorUrl ?? 'http://127.0.0.1', config));
    show(await checkSensors());
    if (config !== undefined) {
      show(await checkBackups(config, { dataFolder, clock: systemClock }));
      show(await checkVaults(config));
      show(await checkRouters(config, { dataFolder, clock: systemClock }));
    }
    show(await checkSpool(dataFolder));
    print(
      problemCount === 0
        ? 'Everything is in order.'
        : `${problemCount} ${problemCount === 1 ? 'problem' : 'problems'} found.`,
    );
    return problemCount === 0 ? 0 : 1;
  },
};

function checkIdentity(dataFolder: string): { identity?: Identity; findings: Finding[] } {
  const findings: Finding[] = [];
  // Loading repairs the mode of the file and warns: the doctor says so as a finding of its own.
  const logger: Logger = { ...silentLogger, warn: (message) => void findings.push(fine('identity', message)) };
  try {
    const identity = loadIdentity(dataFolder, logger);
    findings.push(fine('identity', `agent ${identity.agent}, enrolled with ${identity.collectorUrl}.`));
    return { identity, findings };
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'not-enrolled';
    const text = isMissing ? 'this machine is not enrolled.' : messageOf(error);
    return { findings: [...findings, problem('identity', text, enrolRemedy)] };
  }
}

function checkConfiguration(dataFolder: string, identity: Identity): { loaded?: LoadedConfig; finding: Finding } {
  try {
    const loaded = loadConfig(dataFolder, identity.collectorPublicKey);
    const { node, pd, intervalSeconds, probes, backups } = loaded.config;
    const text = `version ${loaded.version} with a good signature: "${node}" of ${pd}, every ${intervalSeconds} seconds, ${probes.length} probes, ${backups.length} backups.`;
    return { loaded, finding: fine('configuration', text) };
  } catch (error) {
    return { finding: problem('configuration', messageOf(error), enrolRemedy) };
  }
}
