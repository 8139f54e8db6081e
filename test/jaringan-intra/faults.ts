import { setTimeout } from 'node:timers/promises';
import type { Router } from './router.ts';
import type { Office, World } from './world.ts';

/** Something that breaks, as it breaks in a kabupaten, and its repair. */
export interface Fault {
  begin: () => Promise<void> | void;
  end: () => Promise<void> | void;
}

export const wanCableOut = ({ wan }: Office): Fault => ({ begin: wan.cut, end: wan.mend });

/** The switch of the office has no power: neither its router nor its server feels a cable. */
export const lanOut = ({ lan, serverCable }: Office): Fault => ({
  begin() {
    lan.cut();
    serverCable.cut();
  },
  end() {
    lan.mend();
    serverCable.mend();
  },
});

export const serverOff = ({ serverCable, agent }: Office): Fault => ({
  async begin() {
    serverCable.cut();
    await agent.die();
  },
  end() {
    serverCable.mend();
    agent.boot();
  },
});

export const agentStopped = ({ agent }: Office): Fault => ({ begin: agent.stopAgent, end: agent.startAgent });

/** The whole office goes dark, and everything in it starts anew. */
export const powerCut = (office: Office): Fault => {
  const cables = [office.wan, office.lan, office.serverCable];
  return {
    async begin() {
      for (const cable of cables) cable.cut();
      await office.agent.die();
    },
    end() {
      for (const cable of cables) cable.mend();
      office.agent.boot();
    },
  };
};

/** The router carries nothing until it has started again; the machines behind it run on. */
export const routerStarting = ({ wan, lan }: Office, router: Router | undefined): Fault => ({
  async begin() {
    wan.cut();
    lan.cut();
    await router?.die();
  },
  async end() {
    wan.mend();
    lan.mend();
    await router?.boot();
  },
});

export const lossOf30Percent = ({ wan }: Office) => ({
  begin: () => wan.impair({ lossPercent: 30 }),
  end: () => wan.impair({}),
});

export const latencyOf800Ms = ({ wan }: Office) => ({
  begin: () => wan.impair({ delayMs: 800 }),
  end: () => wan.impair({}),
});

/** The server of the last department leaves the Jaringan Intra for its own line. */
export const roundTheNetwork = (world: World): Fault => switchingLines(world, world.privateLine.use);

/** It does so because its cable is out. */
export function roundADeadWan(world: World): Fault {
  const { wan } = world.offices[2];
  const way = roundTheNetwork(world);
  return {
    async begin() {
      wan.cut();
      await way.begin();
    },
    async end() {
      wan.mend();
      await way.end();
    },
  };
}

/** It only reaches the internet by its own line. */
export const besideTheNetwork = (world: World): Fault => switchingLines(world, world.privateLine.useBeside);

/**
 * With the agent stopped meanwhile: a connection of the old line would wait for half a minute before it is given up,
 * which is little beside the usual interval and much beside that of a test.
 */
function switchingLines({ privateLine, offices }: World, use: () => void): Fault {
  const { agent } = offices[2];
  const change = (line: () => void) => async () => {
    await agent.stopAgent();
    line();
    agent.startAgent();
  };
  return { begin: change(use), end: change(privateLine.leave) };
}

/** The cables of all offices leave the backbone at once. */
export const backboneCut = ({ offices }: World): Fault => ({
  begin() {
    for (const { wan } of offices) wan.cut();
  },
  end() {
    for (const { wan } of offices) wan.mend();
  },
});

export const pusatDataCutOff = ({ uplink }: World): Fault => ({ begin: uplink.cut, end: uplink.mend });

/** The line goes and comes back, so many times. */
export async function flapping({ wan }: Office, { times, halfMs }: { times: number; halfMs: number }): Promise<void> {
  for (let time = 0; time < times; time++) {
    wan.cut();
    await setTimeout(halfMs);
    wan.mend();
    await setTimeout(halfMs);
  }
}
