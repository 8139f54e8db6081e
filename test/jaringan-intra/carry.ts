import { once } from 'node:events';
import { connect, createServer, type ListenOptions, type NetConnectOpts, type Server } from 'node:net';

/** Takes connections here and carries each one on to there. */
export async function carry(here: ListenOptions, there: NetConnectOpts): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(there);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  server.listen(here);
  await once(server, 'listening');
  return server;
}
