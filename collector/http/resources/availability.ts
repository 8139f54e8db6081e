import Type from 'typebox';
import { LayerSchema } from '../../../shared/probe-schema.ts';
import type { Availability } from '../../obligations/availability/availability.ts';
import { readAvailability } from '../../obligations/availability/read-availability.ts';
import { breathe } from '../../obligations/backup-history/breathe.ts';
import { badQuery } from '../query.ts';
import { type ApiView, instant, type Resource } from '../resource.ts';
import { askedLinks } from './asked-links.ts';
import { askedSpans, availabilityParameters } from './availability-query.ts';
import { Amount, Instant } from './fields.ts';

const row = Type.Object({
  pd: Type.String(),
  site: Type.String(),
  layer: LayerSchema,
  period: Type.String({ description: "an hour, a day or a month of the Pemda's zone" }),
  from: Instant,
  until: Instant,
  upSeconds: Type.Number(),
  downSeconds: Type.Number(),
  unknownSeconds: Type.Number({ description: 'nobody knows; what was before the first probe is not counted' }),
  maintenanceSeconds: Type.Number({ description: 'planned work, counted in none of the other three' }),
  availabilityRatio: Type.Union([Type.Number(), Type.Null()], { description: 'up, of up and down' }),
  coverageRatio: Type.Union([Type.Number(), Type.Null()], {
    description: 'known, of the time outside planned work',
  }),
  upRoundCount: Type.Integer(),
  downRoundCount: Type.Integer(),
  unknownRoundCount: Type.Integer(),
  lossRatio: Amount,
  roundTripMeanSeconds: Amount,
  roundTripMaxSeconds: Amount,
  revision: Type.Integer({ description: 'how often hours were changed after they were complete, by late reports' }),
  restatedAt: Instant,
});

/** More rows than any page shows; what is asked for is narrowed down. */
const mostRows = 20_000;

export const availabilityResource: Resource<typeof row> = {
  name: 'availability',
  summary: 'How long the links of each site were up, down and unknown, hour by hour, day by day or month by month',
  row,
  query: availabilityParameters,
  async rows(view, query) {
    const spans = askedSpans(query, view.config.timezone, view.nowMs);
    const links = await askedLinks(view, query);
    if (links.length * spans.length > mostRows) {
      throw badQuery(
        'pd',
        `More than ${mostRows} rows are asked for: name a pd, a site or a layer, or a shorter time.`,
      );
    }
    const found = [];
    for (const link of links) {
      const figures = await readAvailability(view, link, spans);
      for (const [at, { name, fromMs, untilMs }] of spans.entries()) {
        const each = figures[at];
        if (each === undefined) continue;
        const { pd, site, layer } = link;
        const times = { from: instant(view, fromMs), until: instant(view, untilMs) };
        found.push({ pd, site, layer, period: name, ...times, ...figuresOf(view, each) });
      }
      await breathe();
    }
    return found;
  },
};

function figuresOf(view: ApiView, { restatedAtMs, ...figures }: Availability) {
  return {
    ...figures,
    availabilityRatio: figures.availabilityRatio ?? null,
    coverageRatio: figures.coverageRatio ?? null,
    lossRatio: figures.lossRatio ?? null,
    roundTripMeanSeconds: figures.roundTripMeanSeconds ?? null,
    roundTripMaxSeconds: figures.roundTripMaxSeconds ?? null,
    restatedAt: instant(view, restatedAtMs),
  };
}
