import type { PantauConfig } from './config/schema.ts';
import type { Fleet } from './facts/fleet.ts';
import type { Intake } from './intake/intake.ts';
import type { RouterTokens } from './intake/router-tokens.ts';
import { routerOptions } from './router-options.ts';
import { routerScript } from './router-script.ts';
import type { Certificate } from './tls/certificate.ts';

/** Hands a router its agent. The token is not kept here: who shows it gets it back in the script. */
export function createRouterAgents(options: {
  config(): PantauConfig;
  fleet: Fleet;
  routers: RouterTokens;
  intake: Pick<Intake, 'admit'>;
  tls: Certificate | undefined;
}) {
  const { fleet, routers, intake, tls } = options;
  return {
    /** @throws AppError 401, 403, 422 or 429. */
    async requested(authorization: string | undefined, query: URLSearchParams): Promise<string> {
      const { agent: id, token } = await routers.recognise(authorization);
      intake.admit(id);
      const row = fleet.agent(id)?.row;
      if (row === undefined) throw new Error('a router that was let in is not in the fleet');
      const chosen = routerOptions((name) => query.getAll(name));
      const { pd, site, node, roles } = row;
      return routerScript({
        config: options.config(),
        agent: { id, pd, site, node, roles },
        token,
        certificatePem: tls?.certificatePem,
        options: chosen,
      });
    },
  };
}
