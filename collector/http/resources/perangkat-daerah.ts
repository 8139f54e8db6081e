import Type from 'typebox';
import { withDecrees } from '../../obligations/with-decrees.ts';
import type { Resource } from '../resource.ts';

const row = Type.Object({
  pd: Type.String(),
  name: Type.String(),
  mandiriTik: Type.Boolean(),
  siteCount: Type.Integer(),
  datasetCount: Type.Integer(),
  nodeCount: Type.Integer(),
  breachedCount: Type.Integer(),
  openIncidentCount: Type.Integer(),
});

export const perangkatDaerahResource: Resource<typeof row> = {
  name: 'perangkat-daerah',
  summary: 'Departments with what is watched and what is wrong',
  row,
  rows: ({ config, fleet, judging, registers, nowMs }) =>
    withDecrees(config, { registers, nowMs }).perangkatDaerah.map((pd) => ({
      pd: pd.id,
      name: pd.name,
      mandiriTik: pd.mandiriTik,
      siteCount: pd.sites.length,
      datasetCount: pd.datasets.length,
      nodeCount: fleet.agentsOf(pd.id).length,
      breachedCount: judging.verdicts().filter((verdict) => verdict.pd === pd.id && verdict.status === 'breached')
        .length,
      openIncidentCount: judging.openIncidents().filter((incident) => incident.pd === pd.id).length,
    })),
};
