import { isIP } from 'node:net';

/**
 * The own address from which a host is spoken to, as the kernel's routes say; nothing is sent to it.
 * @returns undefined when its name cannot be resolved within the time, or there is no way to it.
 */
export async function sourceAddressTowards(host: string, withinMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  try {
    const address = await Promise.race([resolve(host), tooLate]);
    return address === undefined ? undefined : await sourceFor(address);
  } finally {
    clearTimeout(timer);
  }
}

async function resolve(host: string): Promise<string | undefined> {
  if (isIP(host) !== 0) return host;
  const { lookup } = process.getBuiltinModule('node:dns').promises;
  return lookup(host, { order: 'ipv4first' }).then(
    ({ address }) => address,
    () => undefined,
  );
}

function sourceFor(address: string): Promise<string | undefined> {
  const dgram = process.getBuiltinModule('node:dgram');
  return new Promise((resolve) => {
    const socket = dgram.createSocket(address.includes(':') ? 'udp6' : 'udp4');
    const finish = (found: string | undefined) => {
      socket.close();
      resolve(found);
    };
    socket.once('error', () => finish(undefined));
    // Connecting a datagram socket sends nothing: it makes the kernel choose the route. The port is of no account.
    socket.connect(9, address, () => {
      const own = socket.address().address;
      finish(own === '0.0.0.0' || own === '::' ? undefined : own);
    });
  });
}
