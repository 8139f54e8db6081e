import { AppError } from '../../shared/errors.ts';
import type { Command } from './command.ts';
import { createToken, createUsage } from './token/create.ts';
import { revokeNode, revokeUsage } from './token/revoke.ts';
import { routerToken, routerUsage } from './token/router.ts';

const usage = `Usage: pantau-collector token create|router|revoke …

${createUsage}
${routerUsage}
${revokeUsage}
Each of them takes

  --config FILE    the configuration; as for "serve"
  --data DIR       the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help           show this text
`;

const actions = { create: createToken, router: routerToken, revoke: revokeNode };

export const token: Command = {
  name: 'token',
  summary: 'make the token of an agent or of a router, or take one back',
  usage,
  run: async ([action = '', ...args], io) => {
    const known = Object.entries(actions).find(([name]) => name === action);
    if (known !== undefined) return known[1](args, io);
    throw new AppError('usage', 'token: say create, router or revoke; see "pantau-collector token --help".');
  },
};
