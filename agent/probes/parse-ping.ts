import { isIP, isIPv6 } from 'node:net';
import parserFactory from 'ping/lib/parser/factory.js';
import type { ProbeResult } from './probe.ts';
import { pingUnavailable } from './run-ping.ts';

const forbidden =
  /operation not permitted|permission denied|lacking privilege|are you root|can't create raw|must be root/i;
const unresolved =
  /not known|name resolution|bad address|could not find host|no address associated|unknown host|cannot resolve/i;
const unreachable = /network is (unreachable|down)|no route to host|host is down|transmit failed|general failure/i;

/**
 * What the output of a ping program says about the target. The counts come from its summary line, because the list of
 * answers also holds duplicates.
 * @throws AppError `ping-unavailable` when the program did not ping.
 */
export function parsePing(host: string, output: string, packetCount: number): ProbeResult {
  const times = answerTimesMs(host, output);
  const summary = /(\d{1,4}) packets transmitted, (\d{1,4}) (?:packets )?received/i.exec(output);
  const sentCount = Math.min(100, Math.max(packetCount, Number(summary?.[1] ?? 0)));
  const receivedCount = Math.min(sentCount, summary === null ? times.length : Number(summary[2]));
  if (receivedCount === 0) {
    return { state: 'down', reason: silenceReason(host, output, summary !== null), sentCount, receivedCount };
  }
  const sumMs = times.reduce((sum, time) => sum + time, 0);
  return {
    state: 'up',
    sentCount,
    receivedCount,
    ...(times.length === 0 ? {} : { roundTripSeconds: Math.round((sumMs / times.length) * 1000) / 1e6 }),
  };
}

function silenceReason(host: string, output: string, hasSummary: boolean): string {
  if (hasSummary) return 'no-answer';
  if (unreachable.test(output)) return 'unreachable';
  if (unresolved.test(output)) return 'name-not-resolved';
  // Windows translates its summary; its percentage stays.
  if (/\(100% /.test(output)) return 'no-answer';
  const firstLine = output.trim().split('\n')[0] ?? '';
  // Stopped before its first line: the name service has not answered.
  if (firstLine === '' && isIP(host) === 0) return 'name-not-resolved';
  throw pingUnavailable(forbidden.test(output) ? 'no permission' : `it says "${firstLine.slice(0, 80)}"`);
}

/** The package's parsers throw on lines that they do not expect; then the summary has to do. */
function answerTimesMs(host: string, output: string): number[] {
  const packetSize = process.platform === 'win32' ? 32 : 56;
  try {
    const parser = parserFactory.createParser(host, process.platform, { packetSize, v6: isIPv6(host) });
    for (const line of output.split('\n')) parser.eat(line);
    const { times } = parser.getResult();
    return (times ?? []).filter((time): time is number => typeof time === 'number' && time >= 0 && time < 3_600_000);
  } catch {
    return [];
  }
}
