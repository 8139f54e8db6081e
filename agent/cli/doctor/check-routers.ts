import type { AgentConfig, RouterConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import { silentLogger } from '../../../shared/logger.ts';
import type { ReportRouter } from '../../../shared/report-schema.ts';
import { RouterPoller } from '../../routers/poll-routers.ts';
import { routerReaders } from '../../routers/registry.ts';
import { fine, type Finding, problem } from './finding.ts';

export interface CheckRoutersOptions {
  /** The agent's own folder; only read. */
  dataFolder: string;
  clock: Clock;
}

const mostNames = 8;

/** Reads each router once and says what was found, or what keeps it from being read. */
export async function checkRouters(
  { routers = [] }: Pick<AgentConfig, 'routers'>,
  { dataFolder, clock }: CheckRoutersOptions,
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
      return reading === undefined ? [] : routerFindings(router, reading, dataFolder);
    });
  } finally {
    await poller.close();
  }
}

function isOf({ address, pd, site }: ReportRouter, router: RouterConfig): boolean {
  return address === router.host && pd === router.pd && site === router.site;
}

/** One line of what was read, and one for each thing that somebody has to repair. */
export function routerFindings(router: RouterConfig, reading: ReportRouter, dataFolder: string): Finding[] {
  const subject = `router ${router.host}`;
  const findings: Finding[] = reading.state === 'up' ? [fine(subject, describe(reading))] : [];
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

function describe({ system = {}, interfaces, droppedInterfaceCount = 0, bootedAt }: ReportRouter): string {
  const { name, description, version } = system;
  const upCount = interfaces?.filter(({ up }) => up).length ?? 0;
  const words = [
    `answers as ${name ?? description ?? 'a device without a name'}`,
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(bootedAt === undefined ? [] : [`running since ${bootedAt}`]),
    ...(interfaces === undefined ? [] : [`${interfaces.length} interfaces, ${upCount} of them up`]),
    ...(droppedInterfaceCount === 0 ? [] : [`${droppedInterfaceCount} more are left out`]),
  ];
  return `${words.join('; ')}.`;
}

function wanFindings(subject: string, { wanInterfaces = [] }: RouterConfig, { interfaces }: ReportRouter): Finding[] {
  if (interfaces === undefined || wanInterfaces.length === 0) return [];
  const wan = interfaces.filter(({ isWan }) => isWan === true);
  if (wan.length > 0) {
    const slow = wan.filter(({ counterBits }) => counterBits === 32).map(({ name }) => name);
    const note = slow.length === 0 ? '' : ` (counters of 32 bits only: ${slow.join(', ')})`;
    return [fine(subject, `its WAN is ${wan.map(({ name }) => name).join(', ')}${note}.`)];
  }
  const names = interfaces.slice(0, mostNames).map(({ name }) => name);
  const more = interfaces.length > mostNames ? ` and ${interfaces.length - mostNames} more` : '';
  return [
    problem(
      subject,
      `no interface is called ${wanInterfaces.join(' or ')}; it has ${names.join(', ')}${more}.`,
      'correct router.wanInterface of its site in pantau.yaml.',
    ),
  ];
}
