import { agentIdOf } from './signing.ts';

/**
 * A router that can run a shell but cannot sign shows a token of its own: `<agent id>.<secret>`. The id follows from
 * the department and the name, so that a new token of the same router carries on with the same agent.
 */
export const routerTokenPattern = '[a-z2-7]{16}\\.[A-Za-z0-9_-]{43}';

export function routerIdOf(pd: string, node: string): string {
  return agentIdOf(`router ${pd}/${node}`);
}

/** @param secret 32 random bytes in base64url. */
export function formatRouterToken(id: string, secret: string): string {
  return `${id}.${secret}`;
}
