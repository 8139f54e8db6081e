import type { ReportInterface, ReportRouterInterface } from '../../shared/report-schema.ts';
import { createInterfacesSensor, type InterfacesOptions } from '../sensors/interfaces.ts';
import type { Sensor } from '../sensors/sensor.ts';
import type { ReaderDeps, RouterReader } from './reader.ts';
import { readingHead } from './reading-head.ts';

/** What is remembered from reading to reading. */
interface SelfMemory {
  sensor: Sensor;
  takenAtMs: number | undefined;
  interfaces: ReportRouterInterface[];
}

/** The agent runs on the router: its own interfaces, from the kernel. Of those towards the WAN it tells what they grew by. */
export function createSelfReader(options: InterfacesOptions = {}) {
  return {
    kind: 'self' as const,
    docs: 'The machine of the agent is the router: bytes and errors of its interfaces from /proc/net/dev.',
    async read(router, { clock, memory }) {
      const beganAtMs = clock.monotonicMs();
      const takenAtMs = clock.nowMs();
      const kept = memoryOf(memory, options);
      const measured = await kept.sensor.read();
      const found = measured.outcome === 'ok' ? (measured.part.interfaces ?? []) : [];
      const { takenAtMs: previousMs, interfaces: before } = kept;
      const interfaces = found.map((each) => compared(each, before, takenAtMs, router.wanInterfaces ?? []));
      Object.assign(kept, { takenAtMs, interfaces });
      return {
        ...readingHead(router, takenAtMs),
        ...(measured.outcome === 'failed'
          ? { state: 'unknown' as const, reason: 'no-interfaces' }
          : { state: 'up' as const }),
        ...(previousMs === undefined ? {} : { previousTakenAt: new Date(previousMs).toISOString() }),
        durationSeconds: Math.round(clock.monotonicMs() - beganAtMs) / 1000,
        interfaces,
      };
    },
    explain: () => ({
      text: 'cannot read the interfaces of this machine',
      remedy: 'see that /proc/net/dev and /sys/class/net can be read by the user of the agent.',
    }),
  } satisfies RouterReader;
}

export const selfReader = createSelfReader();

function memoryOf(memory: ReaderDeps['memory'], options: InterfacesOptions): SelfMemory {
  const known = memory.get('self') as SelfMemory | undefined;
  const kept = known ?? { sensor: createInterfacesSensor(options), takenAtMs: undefined, interfaces: [] };
  memory.set('self', kept);
  return kept;
}

/** A counter that went back began anew: a new epoch, and no growth. */
function compared(
  { name, ...rest }: ReportInterface,
  before: readonly ReportRouterInterface[],
  takenAtMs: number,
  wanInterfaces: readonly string[],
): ReportRouterInterface {
  const known = before.find((each) => each.name === name);
  const grown = (now: number, then: number | undefined) => (then === undefined ? -1 : now - then);
  const receiveGrowthBytes = grown(rest.receiveBytes, known?.receiveBytes);
  const transmitGrowthBytes = grown(rest.transmitBytes, known?.transmitBytes);
  const isContinued = receiveGrowthBytes >= 0 && transmitGrowthBytes >= 0;
  const isWan = wanInterfaces.includes(name);
  return {
    name,
    ...rest,
    ...(isWan ? { isWan } : {}),
    ...(isContinued ? { receiveGrowthBytes, transmitGrowthBytes } : {}),
    epoch: isContinued && known !== undefined ? known.epoch : Math.max(Math.floor(takenAtMs), (known?.epoch ?? -1) + 1),
  };
}
