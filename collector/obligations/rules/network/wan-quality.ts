import type { LinkMedium, LinkView } from '../../site-facts.ts';
import type { Params, ParamSpec } from '../../rule.ts';

/** So many rounds must be in an average before it says anything. */
const leastRoundCount = 6;
/** What was called slow or lossy is better again only well below the number that made it so. */
const leaveShare = { loss: 0.5, slow: 0.8 };

/** Ours ("bawaan aplikasi"): no regulation gives a figure for the quality of a line. */
export const wanQualityParams = {
  lossWarnRatio: { default: 0.1, docs: 'this share of lost packets, on average, makes a line a poor one' },
  fiberSlowSeconds: { default: 0.05, docs: 'a round trip that is slow over fiber' },
  radioSlowSeconds: { default: 0.1, docs: 'a round trip that is slow over radio' },
  cellularSlowSeconds: { default: 0.3, docs: 'a round trip that is slow over a cellular network' },
  satelliteSlowSeconds: { default: 0.9, docs: 'a round trip that is slow by satellite, or where `link` is not set' },
} as const satisfies Record<string, ParamSpec>;

export interface Quality {
  lossRatio: number | undefined;
  roundTripSeconds: number | undefined;
  lossWarnRatio: number;
  slowSeconds: number;
  isLossy: boolean;
  isSlow: boolean;
  /** Not bad any more, but not good enough to call it over. */
  isNearlyLossy: boolean;
  isNearlySlow: boolean;
}

export function qualityOf({ averages }: LinkView, medium: LinkMedium | undefined, params: Params): Quality {
  const isKnown = averages.roundCount >= leastRoundCount;
  const lossRatio = isKnown ? averages.lossRatio : undefined;
  const roundTripSeconds = isKnown ? averages.roundTripSeconds : undefined;
  const slowSeconds = positive(params, `${medium ?? 'satellite'}SlowSeconds`);
  const lossWarnRatio = positive(params, 'lossWarnRatio');
  return {
    lossRatio,
    roundTripSeconds,
    lossWarnRatio,
    slowSeconds,
    isLossy: (lossRatio ?? 0) >= lossWarnRatio,
    isSlow: (roundTripSeconds ?? 0) >= slowSeconds,
    isNearlyLossy: lossRatio === undefined || lossRatio >= lossWarnRatio * leaveShare.loss,
    isNearlySlow: roundTripSeconds === undefined || roundTripSeconds >= slowSeconds * leaveShare.slow,
  };
}

/** A value that makes no sense is not used: the default is. */
function positive(params: Params, name: string): number {
  const value = params[name];
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  return wanQualityParams[name as keyof typeof wanQualityParams].default;
}
