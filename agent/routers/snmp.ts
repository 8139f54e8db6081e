import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';
import type { ReaderDeps, RouterReader } from './reader.ts';
import { readingHead } from './reading-head.ts';
import { readCredential } from './snmp/credentials.ts';
import { compare, type ComparedFacts, type DeviceMemory, newMemory } from './snmp/device-memory.ts';
import { explainProblem } from './snmp/explain.ts';
import { SnmpProblem } from './snmp/problem.ts';
import { type DeviceFacts, readDevice } from './snmp/read-device.ts';
import { openSession } from './snmp/session.ts';

const usualPort = 161;
/** A device may take this many times the time of one question for everything together. */
const limitTimeouts = 5;
const limitShare = 0.8;

export const snmpReader = {
  kind: 'snmp' as const,
  docs: 'SNMP v2c or v3 (authPriv), read-only: identity, uptime and interfaces; of RouterOS also version and health.',
  async read(router, deps) {
    const { clock } = deps;
    const beganAtMs = clock.monotonicMs();
    const beganAt = clock.nowMs();
    const memory = memoryOf(deps);
    const durationSeconds = () => Math.round(clock.monotonicMs() - beganAtMs) / 1000;
    try {
      const facts = await ask(router, memory, deps);
      const compared = compare(memory, facts, router.wanInterfaces ?? []);
      return {
        ...readingHead(router, facts.interfaces?.nowMs ?? facts.nowMs),
        ...bodyOf(facts, compared, durationSeconds()),
      };
    } catch (error) {
      if (!(error instanceof SnmpProblem)) throw error;
      const state = memory.hasAnswered && silentReasons.has(error.reason) ? 'down' : 'unknown';
      return { ...readingHead(router, beganAt), state, reason: error.reason, durationSeconds: durationSeconds() };
    }
  },
  explain: explainProblem,
} satisfies RouterReader;

/** What says that nobody is there; everything else says that the asking went wrong. */
const silentReasons = new Set(['timeout', 'port-closed', 'unreachable']);

async function ask(router: RouterConfig, memory: DeviceMemory, deps: ReaderDeps): Promise<DeviceFacts> {
  const timeoutMs = router.timeoutSeconds * 1000;
  const session = await openSession({
    host: router.host,
    port: router.port ?? usualPort,
    credential: readCredential(deps.dataFolder, router.credential ?? ''),
    timeoutMs,
    limitMs: Math.max(timeoutMs, Math.min(timeoutMs * limitTimeouts, router.everySeconds * 1000 * limitShare)),
    signal: deps.signal,
  });
  try {
    const withExtras = deps.clock.monotonicMs() >= memory.extrasNotBeforeMs;
    const { knowsUptimes } = memory;
    // Until it has answered again the first question is the plainest one.
    memory.knowsUptimes = false;
    const facts = await readDevice(session, { clock: deps.clock, withExtras, knowsUptimes });
    memory.knowsUptimes = knowsUptimes;
    return facts;
  } finally {
    session.close();
  }
}

function memoryOf({ memory }: ReaderDeps): DeviceMemory {
  const known = memory.get('snmp') as DeviceMemory | undefined;
  const kept = known ?? newMemory();
  memory.set('snmp', kept);
  return kept;
}

function bodyOf(facts: DeviceFacts, compared: ComparedFacts, durationSeconds: number) {
  const { mikrotik, problem, name, description } = facts;
  const { temperatureCelsius, voltageVolts, ...identity } = mikrotik ?? {};
  const system = Object.entries({ name, description, ...identity }).filter(([, value]) => value !== undefined);
  return {
    state: 'up' as const,
    ...(problem === undefined ? {} : { reason: problem.reason }),
    durationSeconds,
    ...compared,
    ...(system.length === 0 ? {} : { system: Object.fromEntries(system) as ReportRouter['system'] & object }),
    ...(temperatureCelsius === undefined ? {} : { temperatureCelsius }),
    ...(voltageVolts === undefined ? {} : { voltageVolts }),
  };
}
