import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { ownAddressCheck, readAddressTables } from './own-addresses.ts';
import { type LinkTables, ownLink, readLinkTables as readSystemTables } from './own-link.ts';
import { type LinkQuestion, questionOf, withOwnUplinkChecked } from './own-uplink.ts';
import type { Probe, ProbeOptions, ProbeResult } from './probe.ts';
import { probeByTcp } from './tcp-fallback.ts';
import { toReport } from './results/to-report.ts';

/** So that a round of a thousand silent targets, three seconds each, ends within the minute. */
const targetsPerWorker = 12;
const fewestWorkers = 16;
/** The kernel keeps an ARP entry for 5 s before it asks anew, and asks three times a second apart. */
const arpExpiresAfterMs = 10_000;

export interface ProbeRunnerOptions {
  probes: readonly Probe[];
  logger: Logger;
  clock: Pick<Clock, 'monotonicMs'>;
  /** How long one target may take at most; what its probe says, or its packet count and timeout, unless told. */
  deadlineMs?: (target: ProbeConfig) => number;
  /** The kernel's tables about this machine's own link; the system's own unless told. */
  readLinkTables?: () => LinkTables;
  /** Whether an address is one of this machine's; the system says so unless told. */
  isOwnAddress?: (target: string) => boolean;
}

export interface ProbeRunner {
  /**
   * One round. Results stand in the order of the targets, one for each; never throws.
   * @param resting targets that have no turn in this round.
   */
  run(targets: readonly ProbeConfig[], resting?: readonly ProbeConfig[]): Promise<ReportProbe[]>;
}

/**
 * Probes targets side by side, 16 at a time, and a twelfth of them when there are more than 192. The runner adds what
 * every probe would need: a deadline, the fall-back to TCP where ping cannot be used, the check of the own uplink, and a
 * result even when a probe breaks.
 * Its own reasons: `unknown-probe-kind`, `port-missing`, `deadline-exceeded`, `probe-failed`, `own-uplink-down`,
 * `icmp-unavailable-used-tcp`.
 */
export function createProbeRunner(options: ProbeRunnerOptions): ProbeRunner {
  const { probes, logger, clock, deadlineMs, readLinkTables = readSystemTables } = options;
  let silentSinceMs: number | undefined;
  let saidFallback = false;

  const sayFallback = (reason: string) => {
    if (saidFallback) return;
    saidFallback = true;
    logger.warn('ping cannot be used, probing by TCP instead', { reason });
  };
  const measure = async (target: ProbeConfig): Promise<ProbeResult> => {
    const probe = probes.find(({ kind }) => kind === target.kind);
    if (probe === undefined) return notMeasured('unknown-probe-kind');
    if (probe.needsPort && target.port === undefined) return notMeasured('port-missing');
    const limitMs = deadlineMs?.(target) ?? probe.longestMs?.(target) ?? longestMs(target);
    try {
      return await withDeadline(limitMs, (within) => probe.probe(target, within));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'ping-unavailable') throw error;
      sayFallback(error.message);
      return withDeadline(limitMs, (within) => probeByTcp(target, within));
    }
  };
  const one = async (target: ProbeConfig): Promise<ReportProbe> => {
    try {
      return toReport(target, await measure(target));
    } catch (error) {
      const reason = error instanceof AppError && error.code === 'deadline-exceeded' ? error.code : 'probe-failed';
      logger.warn('a probe could not be done', { probe: target.name, kind: target.kind, reason: messageOf(error) });
      return toReport(target, notMeasured(reason));
    }
  };
  return {
    async run(targets, resting = []) {
      const beganAtMs = clock.monotonicMs();
      const results = await mapLimited(targets, one);
      const isOwn = options.isOwnAddress ?? ownAddressLookup();
      silentSinceMs = questionOf(results, isOwn) === undefined ? undefined : (silentSinceMs ?? beganAtMs);
      const silentForMs = beganAtMs - (silentSinceMs ?? beganAtMs);
      const readLink = (about: LinkQuestion) => {
        const link = ownLink(about, readLinkTables());
        // An entry that has not had the time to expire may be older than the silence.
        return silentForMs < arpExpiresAfterMs ? { ...link, gatewayAnswersArp: false } : link;
      };
      const others = resting.map(({ host }) => host);
      return withOwnUplinkChecked(results, others, readLink, isOwn);
    },
  };
}

/** Reads the system's tables at the first question, and no more than once a round. */
function ownAddressLookup(): (target: string) => boolean {
  let check: ((target: string) => boolean) | undefined;
  return (target) => (check ??= ownAddressCheck(readAddressTables()))(target);
}

/** The slowest that a target may be when everything is in order, and five seconds for the machine. */
function longestMs({ packetCount, timeoutSeconds }: ProbeConfig): number {
  return (packetCount + Math.ceil(timeoutSeconds) + 5) * 1000;
}

/** The probe is told to stop, and is left behind if it does not. */
async function withDeadline(
  limitMs: number,
  probe: (options: ProbeOptions) => Promise<ProbeResult>,
): Promise<ProbeResult> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new AppError('deadline-exceeded', `no result within ${limitMs} ms`);
      reject(error);
      controller.abort(error);
    }, limitMs);
  });
  try {
    return await Promise.race([probe({ signal: controller.signal }), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function notMeasured(reason: string): ProbeResult {
  return { state: 'unknown', reason, sentCount: 0, receivedCount: 0 };
}

async function mapLimited<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index] as T);
    }
  };
  const workerCount = Math.min(items.length, Math.max(fewestWorkers, Math.ceil(items.length / targetsPerWorker)));
  await Promise.all(Array.from({ length: workerCount }, worker));
  return results;
}
