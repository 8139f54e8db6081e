/** What it took to send everything once. */
export interface Sent {
  sampleCount: number;
  requestCount: number;
  /** Until the last answer. */
  seconds: number;
  cpuSeconds: number;
}

/** Begins to measure this process. @returns what tells the time and processor time since then. */
export function startMeasuring(): () => Pick<Sent, 'seconds' | 'cpuSeconds'> {
  const beganAtMs = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - beganAtMs) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}
