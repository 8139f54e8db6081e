import { run, type Namespace } from './namespaces.ts';
import { startRadio } from './radio.ts';

/** One end of a cable: where it is plugged in, under which name and address, and what lies behind it. */
export interface CableEnd {
  at: Namespace;
  interface: string;
  /** Address with prefix length; none on a switch, whose bridge takes the port. */
  address?: string;
  bridge?: string;
  /** Networks that are reached through this cable: `[network, next hop]`. */
  routes?: readonly (readonly [network: string, via: string])[];
}

export interface Impairment {
  /** Share of the packets from the first end to the second that get lost. */
  lossPercent?: number;
  /** Added to each round trip. */
  delayMs?: number;
}

export interface Cable {
  /** The plug is pulled at the second end: neither has a carrier any more. */
  cut: () => void;
  mend: () => void;
  /** Makes the link bad, or good again when nothing is named. */
  impair: (impairment: Impairment) => void;
}

/** A cable between two namespaces. Its interfaces are made inside them: nothing of it is seen from outside. */
export function layCable(one: CableEnd, other: CableEnd): Cable {
  const peer = ['type', 'veth', 'peer', 'name', other.interface, 'netns', other.at.name];
  one.at.ip('link', 'add', one.interface, ...peer);
  return plugIn(one, other, ({ lossPercent = 0, delayMs = 0 }) => {
    shape(one, delayMs / 2, lossPercent);
    shape(other, delayMs / 2, 0);
  });
}

/**
 * A cable whose losses and delays can be chosen: by `tc netem` where the kernel has it, else by a radio link in a
 * program of its own, which carries the same frames.
 */
export async function layPoorCable(one: CableEnd, other: CableEnd): Promise<Cable> {
  if (hasNetem(one.at)) return layCable(one, other);
  const radio = await startRadio(one, other);
  return plugIn(one, other, (impairment) => radio.impair(impairment));
}

function plugIn(one: CableEnd, other: CableEnd, impair: (impairment: Impairment) => void): Cable {
  for (const { at, interface: name, address, bridge } of [one, other]) {
    if (address !== undefined) at.ip('address', 'add', address, 'dev', name);
    if (bridge !== undefined) at.ip('link', 'set', name, 'master', bridge);
  }
  const cable: Cable = {
    cut: () => void other.at.ip('link', 'set', other.interface, 'down'),
    mend() {
      for (const { at, interface: name, routes = [] } of [one, other]) {
        at.ip('link', 'set', name, 'up');
        // The kernel forgets the routes over an interface that goes down.
        for (const [network, via] of routes) at.ip('route', 'replace', network, 'via', via);
      }
    },
    impair,
  };
  cable.mend();
  return cable;
}

/** What leaves one end. */
function shape({ at, interface: name }: CableEnd, delayMs: number, lossPercent: number): void {
  if (delayMs === 0 && lossPercent === 0) {
    // There is nothing to delete on a link that was never shaped.
    run(...at.exec, 'sh', '-c', `tc qdisc del dev ${name} root 2> /dev/null || true`);
    return;
  }
  const netem = ['netem', 'limit', '100000', 'delay', `${delayMs}ms`, 'loss', `${lossPercent}%`];
  run(...at.exec, 'tc', 'qdisc', 'replace', 'dev', name, 'root', ...netem);
}

function hasNetem(at: Namespace): boolean {
  try {
    run(...at.exec, 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms');
    run(...at.exec, 'tc', 'qdisc', 'del', 'dev', 'lo', 'root');
    return true;
  } catch {
    return false;
  }
}
