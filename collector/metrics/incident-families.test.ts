import { expect, it } from 'vitest';
import { cause } from '../incidents/actions/cause.ts';
import { fullWorld, worldStartsAtMs } from './full-world.test-kit.ts';
import { pageOf } from './page-of.test-kit.ts';

it('shows of each open incident what it is about, when it was opened, and since when the fault is', async () => {
  const { bench } = await fullWorld();
  const [incident, ...others] = bench.judging.openIncidents();
  const lines = (await pageOf(bench)).split('\n');

  expect(others).toEqual([]);
  const labels = `{pd="dinkes",site="",subject="gagal",incident="${incident?.id}",kind="backup",cause="job-failed",owner="Dinas Kesehatan",severity="critical",state="open"}`;
  // The run that failed was two hours ago; it was told with the second report.
  expect(lines.filter((line) => line.startsWith('pantau_incident_'))).toEqual([
    `pantau_incident_opened_timestamp_seconds${labels} ${worldStartsAtMs / 1000 + 60}`,
    `pantau_incident_began_timestamp_seconds${labels} ${worldStartsAtMs / 1000 - 7200}`,
  ]);
});

it('names the cause that a person stated, as the API does', async () => {
  const { bench } = await fullWorld();
  const incident = bench.judging.openIncidents()[0]?.id ?? '';
  await bench.judging.operate({ incident, action: cause, body: { cause: 'storage-full' }, actor: 'siti' });
  const lines = (await pageOf(bench)).split('\n').filter((line) => line.startsWith('pantau_incident_'));

  expect(lines.map((line) => /cause="([^"]*)"/.exec(line)?.[1])).toEqual(['storage-full', 'storage-full']);
});
