import type { PantauConfig } from '../config/schema.ts';
import { loadCollectorKeys } from '../data-folder.ts';
import { pingPath, pushPath } from '../intake/parse-ping.ts';
import { type PingAddress, pingAddressesOf, pingSecretOf } from '../intake/ping-addresses.ts';
import { publicUrl } from '../public-address.ts';
import type { Command } from './command.ts';
import { existingSource } from './config-source.ts';
import { commandLine } from './command-line.ts';

const { wrongUsage, parse } = commandLine('ping-url');

const usage = `Usage: pantau-collector ping-url [--pd ID] [--dataset ID] [--url URL] [--json]

Prints where a job reports that it ran: one address for each dataset, which nothing need be set up for. Whoever knows
an address can speak for its dataset, so hand each one only to those who run that job.

  --pd ID          only this department
  --dataset ID     only datasets with this id
  --url URL        address of the collector; listen.publicUrl or the listening address when absent
  --json           print a JSON list of {pd, dataset, url, slugUrl, pushUrl}
  --config FILE    the configuration; as for "serve"
  --data DIR       the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help           show this text

A job calls <address>/start when it begins and <address> when it is done, <address>/fail or <address>/<exit status>
when it failed. Add ?ts=<time with zone> to report a run later. The same protocol as Healthchecks: borgmatic, runitor
and other clients of it work unchanged. For what pushes to Uptime Kuma there is an address of that form.
`;

const options = {
  pd: { type: 'string' },
  dataset: { type: 'string' },
  url: { type: 'string' },
  json: { type: 'boolean' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

interface Shown {
  pd: string;
  dataset: string;
  url: string;
  slugUrl: string;
  pushUrl: string;
}

export const pingUrl: Command = {
  name: 'ping-url',
  summary: 'print the addresses at which jobs report that they ran',
  usage,
  run: async (args, io) => {
    const wanted = readArguments(args);
    const source = existingSource(wanted, io);
    const config = source.read();
    checkNames(source.path, config, wanted);
    const secret = pingSecretOf(loadCollectorKeys(source.dataFolder).privateKey);
    const base = wanted.url ?? publicUrl(config, config.listen.port);
    const shown = pingAddressesOf(secret, config)
      .filter(({ pd, dataset }) => (wanted.pd ?? pd) === pd && (wanted.dataset ?? dataset) === dataset)
      .map((address) => shownOf(address, base));
    if (wanted.json) io.stdout(`${JSON.stringify(shown, undefined, 2)}\n`);
    else io.stdout(shown.map(described).join('\n') + certificateNote(config, source.dataFolder));
    return 0;
  },
};

function readArguments(args: readonly string[]) {
  const { values } = parse(args, { options });
  const { pd, dataset, url, json = false, config, data } = values;
  if (url !== undefined && !/^https?:\/\/[^\s/]+$/.test(url)) {
    throw wrongUsage(`--url "${url}" must look like https://10.1.1.5:8420`);
  }
  return { pd, dataset, url, json, config, data };
}

function checkNames(
  path: string,
  { perangkatDaerah }: PantauConfig,
  wanted: { pd?: string | undefined; dataset?: string | undefined },
) {
  const departments = perangkatDaerah.filter(({ id }) => wanted.pd === undefined || id === wanted.pd);
  if (departments.length === 0) {
    const known = perangkatDaerah.map(({ id }) => id).join(', ');
    throw wrongUsage(`no department "${wanted.pd}" in ${path}; known: ${known}`);
  }
  const ids = departments.flatMap(({ datasets }) => datasets.map(({ id }) => id));
  const where = wanted.pd === undefined ? 'any department' : wanted.pd;
  if (ids.length === 0)
    throw wrongUsage(`there is no dataset in ${where}; add one under datasets in the configuration`);
  if (wanted.dataset !== undefined && !ids.includes(wanted.dataset)) {
    const known = [...new Set(ids)].join(', ');
    throw wrongUsage(`there is no dataset "${wanted.dataset}" in ${where}; known: ${known}`);
  }
}

function shownOf({ pd, dataset, uuid, pingKey, slug }: PingAddress, base: string): Shown {
  const url = `${base}${pingPath}${uuid}`;
  return { pd, dataset, url, slugUrl: `${base}${pingPath}${pingKey}/${slug}`, pushUrl: `${base}${pushPath}${uuid}` };
}

function described({ pd, dataset, url, slugUrl, pushUrl }: Shown): string {
  return [
    `${pd}/${dataset}`,
    `  address      ${url}`,
    `  by name      ${slugUrl}`,
    `  shell        my-backup; curl -fsS -m 10 --retry 5 -o /dev/null "${url}/$?"`,
    `  borgmatic    hooks: { healthchecks: { ping_url: "${url}" } }`,
    `  Uptime Kuma  ${pushUrl}?status=up&msg=OK`,
    '',
  ].join('\n');
}

/** Callers other than our agents know nothing of the certificate that the collector made for itself. */
function certificateNote({ tls }: PantauConfig, dataFolder: string): string {
  if (!tls.enabled || tls.certificateFile !== undefined) return '';
  return (
    `\nThe certificate is the collector's own. Copy ${dataFolder}/tls/certificate.pem to the machines that call, and\n` +
    'name it there: curl --cacert FILE; for borgmatic REQUESTS_CA_BUNDLE=FILE in its environment.\n'
  );
}
