import type { Params, ParamSpec } from '../../rule.ts';
import type { SizeParams } from './size-band.ts';

/** Ours: a restore test is worth so much time, where the Pemda has set none ("bawaan aplikasi"). */
export const defaultRestoreTestEverySeconds = 90 * 86_400;

/** What the judging of backups works with; all of it ours ("bawaan aplikasi"), none of it law. */
export const backupParams = {
  sizeLearnCount: { default: 3, docs: 'so many earlier backups are needed before a size can be unusual' },
  sizeRecentCount: { default: 10, docs: 'of the earlier backups the newest so many count' },
  sizeMadFactor: { default: 3, docs: 'k of median ± k·MAD, the usual spread of sizes' },
  sizeLowRatio: { default: 0.8, docs: 'below this share of the median a size is unusual, however little sizes vary' },
  sizeHighRatio: { default: 1.5, docs: 'above this share of the median a size is unusual, however little sizes vary' },
  clockToleranceSeconds: { default: 300, docs: 'so much may the clock of an agent differ from the collector' },
} as const satisfies Record<string, ParamSpec>;

export interface BackupSettings {
  size: SizeParams;
  clockToleranceSeconds: number;
}

/** A value of another kind than the default is not used: the configuration check has said so. */
export function backupSettings(params: Params): BackupSettings {
  const number = (name: keyof typeof backupParams): number => {
    const value = params[name];
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : backupParams[name].default;
  };
  return {
    size: {
      learnCount: number('sizeLearnCount'),
      recentCount: number('sizeRecentCount'),
      madFactor: number('sizeMadFactor'),
      lowRatio: number('sizeLowRatio'),
      highRatio: number('sizeHighRatio'),
    },
    clockToleranceSeconds: number('clockToleranceSeconds'),
  };
}
