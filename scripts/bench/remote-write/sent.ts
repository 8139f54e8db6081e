/** What it took to send everything once. */
export interface Sent {
  sampleCount: number;
  requestCount: number;
  /** Until the last answer. */
  seconds: number;
  cpuSeconds: number;
  /** The longest time between two turns of the event loop, as a clock sees it, other programs and all. */
  longestBlockMs: number;
  /** The same as time on a processor. */
  longestBlockCpuMs: number;
}

/** Begins to measure this process. @returns what ends it and tells what it took. */
export function startMeasuring(): () => Omit<Sent, 'sampleCount' | 'requestCount'> {
  const beganAtMs = performance.now();
  const before = process.cpuUsage();
  const blocks = watchBlocks();
  return () => {
    const { user, system } = process.cpuUsage(before);
    const seconds = (performance.now() - beganAtMs) / 1000;
    return { seconds, cpuSeconds: (user + system) / 1e6, ...blocks() };
  };
}

const beatMs = 2;

const ownCpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** A timer that is late was kept from its turn; what it was late by is the block. */
function watchBlocks(): () => Pick<Sent, 'longestBlockMs' | 'longestBlockCpuMs'> {
  const longest = { longestBlockMs: 0, longestBlockCpuMs: 0 };
  let [lastMs, lastCpuMs] = [performance.now(), ownCpuMs()];
  const timer = setInterval(() => {
    const [nowMs, nowCpuMs] = [performance.now(), ownCpuMs()];
    longest.longestBlockMs = Math.max(longest.longestBlockMs, nowMs - lastMs - beatMs);
    longest.longestBlockCpuMs = Math.max(longest.longestBlockCpuMs, nowCpuMs - lastCpuMs - beatMs);
    [lastMs, lastCpuMs] = [nowMs, nowCpuMs];
  }, beatMs);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
