import type { AgentConfig, RouterConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { ReportRouter, ReportRouterInterface } from '../../../shared/report-schema.ts';
import { RouterPoller } from '../../routers/poll-routers.ts';
import { routerReaders } from '../../routers/registry.ts';
import { fine, type Finding, problem } from './finding.ts';
import { localTime, machineZone } from './local-time.ts';

export interface CheckRoutersOptions {
  /** The agent's own folder; only read. */
  dataFolder: string;
  clock: Clock;
  /** Zone in which times are told; this machine's unless told. */
  timezone?: string;
}

const mostNames = 8;

/** Reads each router once and says what was found, or what keeps it from being read. */
export async function checkRouters(
  { routers = [] }: Pick<AgentConfig, 'routers'>,
  { dataFolder, clock, timezone = machineZone() }: CheckRoutersOptions,
): Promise<Finding[]> {
  if (routers.length === 0) return [];
  const poller = new RouterPoller({ dataFolder, clock, logger: silentLogger });
  try {
    poller.configure(routers);
    await poller.readAll();
    const readings: ReportRouter[] = [];
    for (let some = poller.queue.take(); some.length > 0; some = poller.queue.take()) readings.push(...some);
    return routers.flatMap((router) => {
      const reading = readings.find((each) => isOf(each, router));
      return reading === undefined ? [] : routerFindings(router, reading, { dataFolder, timezone });
    });
  } finally {
    await poller.close();
  }
}

function isOf({ address, pd, site }: ReportRouter, router: RouterConfig): boolean {
  return address === router.host && pd === router.pd && site === router.site;
}

/** One line of what was read, and one for each thing that somebody has to repair. */
function routerFindings(
  router: RouterConfig,
  reading: ReportRouter,
  { dataFolder, timezone }: { dataFolder: string; timezone: string },
): Finding[] {
  const subject = `router ${router.host}`;
  const findings: Finding[] = reading.state === 'up' ? [fine(subject, describe(reading, timezone))] : [];
  if (reading.reason !== undefined) {
    const reader = routerReaders.find(({ kind }) => kind === router.reader);
    const { text, remedy } = reader?.explain(router, reading.reason, { dataFolder }) ?? {
      text: `this agent knows no reader "${router.reader}".`,
      remedy: 'bring the agent up to date.',
    };
    findings.push(problem(subject, text, remedy));
  }
  return [...findings, ...wanFindings(subject, router, reading)];
}

function describe(reading: ReportRouter, timezone: string): string {
  const { system = {}, interfaces, droppedInterfaceCount = 0, bootedAt } = reading;
  const { name, description, version } = system;
  const upCount = interfaces?.filter(({ up }) => up).length ?? 0;
  const words = [
    `answers as ${name ?? description ?? 'a device without a name'}`,
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(bootedAt === undefined ? [] : [`running since ${localTime(bootedAt, timezone)}`]),
    ...(interfaces === undefined ? [] : [`${interfaces.length} interfaces, ${upCount} of them up`]),
    ...(droppedInterfaceCount === 0 ? [] : [`${droppedInterfaceCount} more are left out`]),
  ];
  return `${words.join('; ')}.`;
}

function wanFindings(subject: string, { wanInterfaces = [] }: RouterConfig, { interfaces }: ReportRouter): Finding[] {
  if (interfaces === undefined || wanInterfaces.length === 0) return [];
  const wan = interfaces.filter(({ isWan }) => isWan === true);
  const slow = wan.filter(({ counterBits }) => counterBits === 32).map(({ name }) => name);
  const note = slow.length === 0 ? '' : ` (counters of 32 bits only: ${slow.join(', ')})`;
  const found = wan.length === 0 ? [] : [fine(subject, `its WAN is ${wan.map(({ name }) => name).join(', ')}${note}.`)];
  const missing = missingFrom(wan, wanInterfaces);
  if (missing.length === 0) return found;
  const names = interfaces.slice(0, mostNames).map(({ name }) => name);
  const more = interfaces.length > mostNames ? ` and ${interfaces.length - mostNames} more` : '';
  return [
    ...found,
    problem(
      subject,
      `no interface is called ${missing.join(' or ')}; it has ${names.join(', ')}${more}.`,
      'correct router.wanInterfaces of its site in pantau.yaml.',
    ),
  ];
}

/** A reading does not tell ifDescr: an interface that is the WAN by neither name nor alias stands for a name that fits nothing. */
function missingFrom(wan: readonly ReportRouterInterface[], wanInterfaces: readonly string[]): string[] {
  const isCalled = ({ name, alias }: ReportRouterInterface, wanted: string) => name === wanted || alias === wanted;
  const unmatched = wanInterfaces.filter((wanted) => !wan.some((each) => isCalled(each, wanted)));
  const otherwiseCalled = wan.filter((each) => !wanInterfaces.some((wanted) => isCalled(each, wanted)));
  return unmatched.length > otherwiseCalled.length ? unmatched : [];
}
