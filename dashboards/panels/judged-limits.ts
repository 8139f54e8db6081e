import { colours } from './colours.ts';
import { lowest, type Steps } from './panel.ts';

/** What the collector judges by unless it is set otherwise (collector/obligations/rules); the boards draw no other line. */
export const lossWarnRatio = 0.1;
export const slowSeconds = { fiber: 0.05, radio: 0.1, cellular: 0.3, satellite: 0.9 } as const;
export const certificateWarnDays = 30;

const daySeconds = 86_400;

export const lossSteps: Steps = [
  [lowest, colours.good],
  [lossWarnRatio, colours.warning],
];

/** One line for each medium: none is worse than another. */
export const roundTripSteps: Steps = [
  [lowest, colours.good],
  ...Object.values(slowSeconds).map((seconds) => [seconds, colours.warning] as const),
];

/** What has ended is broken; what ends soon is not yet. */
export const certificateSteps: Steps = [
  [lowest, colours.bad],
  [0, colours.warning],
  [certificateWarnDays * daySeconds, colours.good],
];

const { fiber, radio, cellular, satellite } = slowSeconds;
const milliseconds = (seconds: number): string => `${seconds * 1000} ms`;

export const lossLimit = `Garis ${lossWarnRatio * 100} % (bawaan aplikasi): batas penilaian jalur WAN, atas rata-rata beberapa putaran.`;
export const roundTripLimits = `Garis (bawaan aplikasi): batas penilaian jalur WAN atas rata-rata beberapa putaran, ${milliseconds(fiber)} untuk serat optik, ${milliseconds(radio)} untuk radio, ${milliseconds(cellular)} untuk seluler, dan ${milliseconds(satellite)} untuk satelit atau media yang belum didaftarkan.`;
export const certificateLimit = `Batas warna: sudah berakhir, dan kurang dari ${certificateWarnDays} hari lagi (bawaan aplikasi).`;
