import { expect, it } from 'vitest';
import { certificateValid } from '../../collector/obligations/rules/certificate-valid.ts';
import { wanQualityParams } from '../../collector/obligations/rules/network/wan-quality.ts';
import { panelsOf, queriesOf } from '../../dashboards/expressions.ts';
import {
  certificateWarnDays,
  lossLimit,
  lossSteps,
  lossWarnRatio,
  roundTripLimits,
  roundTripSteps,
  slowSeconds,
} from '../../dashboards/panels/judged-limits.ts';
import { boards } from '../../dashboards/registry.ts';

it('draws the lines by which the collector judges', () => {
  expect({ lossWarnRatio, ...slowSeconds }).toEqual({
    lossWarnRatio: wanQualityParams.lossWarnRatio.default,
    fiber: wanQualityParams.fiberSlowSeconds.default,
    radio: wanQualityParams.radioSlowSeconds.default,
    cellular: wanQualityParams.cellularSlowSeconds.default,
    satellite: wanQualityParams.satelliteSlowSeconds.default,
  });
  expect(certificateWarnDays).toBe(certificateValid.params?.['warnDays']?.default);
});

it.each([
  ['pantau_link_loss_ratio', lossSteps, lossLimit],
  ['pantau_link_round_trip_seconds', roundTripSteps, roundTripLimits],
] as const)('draws the same lines wherever %s is shown, and says whose they are', (metric, steps, limit) => {
  const shown = boards
    .flatMap((board) => panelsOf(board.build()))
    .filter((panel) => queriesOf(panel).some(({ expr }) => expr.includes(metric)));
  const drawn = shown.map(({ fieldConfig }) => fieldConfig?.defaults.thresholds?.steps.slice(1));

  expect(shown.length).toBeGreaterThan(1);
  expect(drawn).toEqual(shown.map(() => steps.map(([value, color]) => ({ value, color }))));
  expect(shown.filter(({ description = '' }) => !description.includes(limit))).toEqual([]);
});
