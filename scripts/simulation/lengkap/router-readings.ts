import type { RouterConfig } from '../../../shared/agent-config-schema.ts';
import type { ReportRouter, ReportRouterInterface } from '../../../shared/report-schema.ts';
import { noise } from '../noise.ts';
import type { LengkapSite } from './departments.ts';

export interface RouterRound {
  atMs: number;
  siteOf: (pd: string, site: string) => LengkapSite | undefined;
  isAlive: (pd: string, site: string) => boolean;
}

/** Reads the routers that an agent is told to read, each when its time has come, as many as one report carries. */
export interface RouterReader {
  read(routers: readonly RouterConfig[], round: RouterRound): ReportRouter[];
}

const mostPerReport = 250;
/** Longer gaps say nothing of when the bytes flowed. */
const longestGrowthMs = 3_600_000;

export function createRouterReader(): RouterReader {
  const readAtMs = new Map<string, number>();
  return {
    read(routers, round) {
      const nameOf = ({ pd, site }: RouterConfig) => `${pd}/${site}`;
      const dueAtMs = (router: RouterConfig) =>
        (readAtMs.get(nameOf(router)) ?? -Infinity) + router.everySeconds * 1000;
      const due = routers.filter((router) => dueAtMs(router) <= round.atMs);
      // Who waits longest comes first.
      const taken = due.toSorted((a, b) => dueAtMs(a) - dueAtMs(b)).slice(0, mostPerReport);
      return taken.map((router) => {
        const before = readAtMs.get(nameOf(router));
        readAtMs.set(nameOf(router), round.atMs);
        return readingOf(router, before, round);
      });
    },
  };
}

function readingOf(router: RouterConfig, previousAtMs: number | undefined, round: RouterRound): ReportRouter {
  const { pd = '', site: siteId = '', host } = router;
  const { atMs } = round;
  const head = { pd, site: siteId, address: host, reader: 'snmp', takenAt: new Date(atMs).toISOString() };
  const site = round.siteOf(pd, siteId);
  if (site === undefined || !round.isAlive(pd, siteId)) {
    return { ...head, state: 'down', reason: 'no-answer', durationSeconds: 6 };
  }
  const seed = seedOf(site);
  const bootedAtMs = Date.UTC(2025, 0, 1) + Math.floor(noise(seed, 61) * 90) * 86_400_000;
  const hasGrown = previousAtMs !== undefined && atMs - previousAtMs <= longestGrowthMs;
  return {
    ...head,
    state: 'up',
    ...(hasGrown ? { previousTakenAt: new Date(previousAtMs).toISOString() } : {}),
    durationSeconds: 0.2,
    uptimeSeconds: (atMs - bootedAtMs) / 1000,
    bootedAt: new Date(bootedAtMs).toISOString(),
    system: { name: `router-${pd}`, description: 'RouterOS RB5009', version: '7.16' },
    temperatureCelsius: Math.round(10 * (38 + 8 * noise(seed, 62) + noise(seed, Math.floor(atMs / 60_000)))) / 10,
    voltageVolts: Math.round(10 * (23.4 + noise(seed, 63))) / 10,
    interfaces: interfacesOf(site, atMs, { previousAtMs: hasGrown ? previousAtMs : undefined, bootedAtMs }),
  };
}

function seedOf({ network }: LengkapSite): number {
  const [, second = '0', third = '0'] = network.split('.');
  return Number(second) * 256 + Number(third);
}

const bitsPerByte = 8;
const upShare = 0.4;

function interfacesOf(
  site: LengkapSite,
  atMs: number,
  { previousAtMs, bootedAtMs }: { previousAtMs: number | undefined; bootedAtMs: number },
): ReportRouterInterface[] {
  const { approvedMbps, usedRatio, trouble } = site;
  const downRate = (approvedMbps.down * 1e6 * usedRatio) / bitsPerByte;
  const upRate = ((approvedMbps.up * 1e6) / bitsPerByte) * usedRatio * upShare;
  const bytes = (rate: number, untilMs: number) => bytesSince(rate, (untilMs - bootedAtMs) / 1000);
  const growth = (rate: number) => (previousAtMs === undefined ? 0 : bytes(rate, atMs) - bytes(rate, previousAtMs));
  const grown =
    previousAtMs === undefined ? {} : { receiveGrowthBytes: growth(downRate), transmitGrowthBytes: growth(upRate) };
  const errors = trouble === 'lossy' ? Math.floor((atMs - bootedAtMs) / 20_000) : 0;
  const usual = { up: true, epoch: 1, counterBits: 64 as const, transmitErrors: 0 };
  return [
    {
      ...usual,
      name: 'ether1',
      alias: 'WAN',
      isWan: true,
      speedBitsPerSecond: 100_000_000,
      receiveBytes: bytes(downRate, atMs),
      transmitBytes: bytes(upRate, atMs),
      receiveErrors: errors,
      ...grown,
    },
    {
      ...usual,
      name: 'ether2',
      alias: 'LAN',
      speedBitsPerSecond: 1_000_000_000,
      receiveBytes: bytes(upRate, atMs),
      transmitBytes: bytes(downRate, atMs),
      receiveErrors: 0,
    },
  ];
}

/** Bytes of a line that is a little busier by day; the share of the swing is small, so that means say what is judged. */
function bytesSince(bytesPerSecond: number, upSeconds: number): number {
  const turn = (2 * Math.PI) / 86_400;
  return Math.floor(bytesPerSecond * (upSeconds - (0.1 / turn) * Math.sin(turn * upSeconds)));
}
