// Loaded into a collector with `--import`: the longest times for which its event loop did nothing else. The first
// SIGUSR2 begins, each further one writes what was found so far to the file in PANTAU_BENCH_GAP_FILE.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const path = process.env['PANTAU_BENCH_GAP_FILE'] ?? '';
const beatMs = 2;
const longMs = 50;
const keptGapCount = 10;
const nanosecondsPerMs = 1e6;

/** Time of this thread on a processor: what a block did not use it waited, for the disk or for other programs. */
const threadCpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const delay = monitorEventLoopDelay({ resolution: 1 });
let gaps: { gapMs: number; cpuMs: number; atMs: number }[] = [];
let longGapCount = 0;
let beganMs = 0;
let lastMs = 0;
let lastCpuMs = 0;

function onBeat(): void {
  const nowMs = performance.now();
  const cpuMs = threadCpuMs();
  const gapMs = nowMs - lastMs - beatMs;
  if (gapMs > longMs) longGapCount += 1;
  if (gaps.length < keptGapCount || gapMs > (gaps.at(-1)?.gapMs ?? 0)) {
    gaps.push({ gapMs, cpuMs: cpuMs - lastCpuMs, atMs: nowMs - beganMs });
    gaps = gaps.toSorted((a, b) => b.gapMs - a.gapMs).slice(0, keptGapCount);
  }
  lastMs = nowMs;
  lastCpuMs = cpuMs;
}

function begin(): void {
  beganMs = performance.now();
  lastMs = beganMs;
  lastCpuMs = threadCpuMs();
  delay.enable();
  setInterval(onBeat, beatMs).unref();
}

process.on('SIGUSR2', () => {
  if (beganMs === 0) {
    begin();
    return;
  }
  const found = {
    gaps,
    longGapCount,
    histogramMaxMs: delay.max / nanosecondsPerMs,
    p99Ms: delay.percentile(99) / nanosecondsPerMs,
    p50Ms: delay.percentile(50) / nanosecondsPerMs,
  };
  writeFileSync(`${path}.new`, JSON.stringify(found));
  renameSync(`${path}.new`, path);
});
