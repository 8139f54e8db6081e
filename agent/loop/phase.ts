/**
 * Where in the interval an agent reports. It follows from the agent's id (FNV-1a), so that a fleet spreads over the
 * interval and each agent keeps its place through restarts.
 * @returns whole seconds, 0 up to the interval.
 */
export function phaseSecondsOf(agent: string, intervalSeconds: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(agent)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % intervalSeconds;
}
