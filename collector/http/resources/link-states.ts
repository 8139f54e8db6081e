import Type from 'typebox';
import { LayerSchema } from '../../../shared/probe-schema.ts';
import { readTimeline } from '../../obligations/availability/read-availability.ts';
import { statesOf } from '../../obligations/availability/states-of.ts';
import { breathe } from '../../obligations/backup-history/breathe.ts';
import { badQuery } from '../query.ts';
import { instant, type Resource } from '../resource.ts';
import { askedLinks } from './asked-links.ts';
import { askedPeriod, linkParameters } from './availability-query.ts';
import { Instant, StateText } from './fields.ts';

const row = Type.Object({
  pd: Type.String(),
  site: Type.String(),
  layer: LayerSchema,
  state: StateText,
  from: Instant,
  until: Instant,
});

const mostRows = 20_000;

export const linkStatesResource: Resource<typeof row> = {
  name: 'link-states',
  summary: 'When the links of each site were up, down and unknown, one row for each stretch of time',
  row,
  query: linkParameters,
  async rows(view, query) {
    const period = askedPeriod(query, view.config.timezone, view.nowMs);
    const found = [];
    for (const link of await askedLinks(view, query)) {
      const { pd, site, layer, sinceMs } = link;
      const past = { fromMs: Math.max(period.fromMs, sinceMs), untilMs: Math.min(period.untilMs, view.nowMs) };
      for (const { state, fromMs, untilMs } of statesOf(await readTimeline(view, link, past), past)) {
        found.push({ pd, site, layer, state, from: instant(view, fromMs), until: instant(view, untilMs) });
      }
      if (found.length > mostRows) {
        throw badQuery(
          'from',
          `More than ${mostRows} rows are asked for: name a pd, a site or a layer, or a shorter time.`,
        );
      }
      await breathe();
    }
    return found;
  },
};
