import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { colours } from './colours.ts';
import { dataSource } from './data-source.ts';

const began = (selector: string): string =>
  `max by (pd, subject, incident, kind, cause, owner, severity) (pantau_incident_began_timestamp_seconds{${selector}}) * 1000`;

/** Not every incident has a subject (a site, a dataset), and of a label that is not there Grafana would write the name. */
const withPlace = (expr: string): string =>
  `label_replace(label_join(${expr}, "place", " / ", "pd", "subject"), "place", "$1", "place", "(.*) / ")`;

/**
 * A mark on every chart since when an open incident is: the value, not the time of the sample, says when. Grafana wants it
 * in milliseconds. Without the incident's state, so that taking it in hand makes no second mark.
 */
export const incidentMarks = (selector: string): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder()
    .name('Insiden')
    .datasource(dataSource)
    .enable(true)
    .iconColor(colours.bad)
    .expr(withPlace(began(selector)))
    .useValueForTime(true)
    .step('60s')
    .titleFormat('Insiden {{place}}')
    .textFormat('Penanggung jawab: {{owner}}. Kode jenis dan penyebab: {{kind}}, {{cause}}.')
    .tagKeys('severity');
