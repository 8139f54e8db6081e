import { hostname } from 'node:os';
import { systemClock } from '../../shared/clock.ts';
import { parseToken } from '../../shared/enrolment-token.ts';
import { AppError } from '../../shared/errors.ts';
import { loadConfig } from '../config/config-cache.ts';
import { agentVersion, readSettings } from '../config/settings.ts';
import { runningAgent } from '../loop/agent-lock.ts';
import { enrol } from '../uplink/enrol.ts';
import { nodeNameOf } from './node-name.ts';
import { type Command, dataHelp, dataOption, textOption } from './command.ts';

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

export const enrollCommand: Command = {
  usage: 'enroll <token> [--node NAME] [--data DIR] [--allow-plain-http]',
  help: `Makes this machine an agent. The token is the line that "pantau-collector token create" printed; it works
once. The collector's certificate is checked before anything is sent. After a failure the same token can be
used again.

  --node NAME  name of this machine in reports and alerts (else its host name)
  --allow-plain-http
               accept a collector without TLS that is not on this machine: everybody on the way can
               read the reports
${dataHelp}`,
  options: { ...dataOption, node: { type: 'string' }, 'allow-plain-http': { type: 'boolean' } },
  positionalCount: 1,
  async run({ positionals, values, print, logger }) {
    const token = parseToken(positionals[0] ?? '');
    const { dataFolder } = readSettings(textOption(values, 'data'));
    const identity = await enrol({
      token,
      dataFolder,
      node: chosenName(textOption(values, 'node')),
      agentVersion: agentVersion(),
      allowPlainHttp: values['allow-plain-http'] === true,
      nowMs: systemClock.nowMs(),
      logger,
    });
    const { config } = loadConfig(dataFolder, identity.collectorPublicKey);
    print(`Enrolled: this machine is "${config.node}" of ${config.pd}, site ${config.site} (agent ${identity.agent}).`);
    print(`It will report to ${identity.collectorUrl} every ${config.intervalSeconds} seconds.`);
    const pid = runningAgent(dataFolder);
    print(
      pid === undefined
        ? 'Next: "pantau-agent doctor" checks everything, "pantau-agent run" starts reporting.'
        : `Next: restart the agent that runs now (process ${pid}), so that it uses this enrolment.`,
    );
    return 0;
  },
};

function chosenName(option: string | undefined): string {
  if (option === undefined) return nodeNameOf(hostname());
  if (namePattern.test(option)) return option;
  throw new AppError(
    'invalid-node-name',
    `The name "${option}" given with --node cannot be used: take 1 to 63 lower-case letters, digits and dashes, a letter or digit first.`,
  );
}
