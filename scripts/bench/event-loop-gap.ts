// Loaded into a collector with `--import`: the longest times for which its event loop did nothing else. The first
// SIGUSR2 begins, each further one writes what was found so far to the file in PANTAU_BENCH_GAP_FILE.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const path = process.env['PANTAU_BENCH_GAP_FILE'] ?? '';
const beatMs = 2;
const longMs = 50;
const keptGapCount = 10;
const nanosecondsPerMs = 1e6;

/** Time on processors: of the thread that runs the event loop, and of all threads, such as the garbage collector's. */
const cpuMs = () => {
  const own = process.threadCpuUsage();
  const all = process.cpuUsage();
  return { own: (own.user + own.system) / 1000, all: (all.user + all.system) / 1000 };
};

const delay = monitorEventLoopDelay({ resolution: 1 });
let gaps: { gapMs: number; ownCpuMs: number; allCpuMs: number; atMs: number }[] = [];
let longGapCount = 0;
let beganMs = 0;
let lastMs = 0;
let lastCpuMs = cpuMs();

function onBeat(): void {
  const nowMs = performance.now();
  const nowCpuMs = cpuMs();
  const gapMs = nowMs - lastMs - beatMs;
  if (gapMs > longMs) longGapCount += 1;
  if (gaps.length < keptGapCount || gapMs > (gaps.at(-1)?.gapMs ?? 0)) {
    gaps.push({
      gapMs,
      ownCpuMs: nowCpuMs.own - lastCpuMs.own,
      allCpuMs: nowCpuMs.all - lastCpuMs.all,
      atMs: nowMs - beganMs,
    });
    gaps = gaps.toSorted((a, b) => b.gapMs - a.gapMs).slice(0, keptGapCount);
  }
  lastMs = nowMs;
  lastCpuMs = nowCpuMs;
}

function begin(): void {
  beganMs = performance.now();
  lastMs = beganMs;
  lastCpuMs = cpuMs();
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
