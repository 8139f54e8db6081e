import { systemClock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { suggestName } from '../config/nearest-name.ts';
import type { PantauConfig } from '../config/schema.ts';
import { readRegisters } from '../registers/read-registers.ts';
import { databaseIn } from '../data-folder.ts';
import { withDecrees } from '../obligations/with-decrees.ts';
import { readWhy } from '../obligations/why/read-why.ts';
import type { Why } from '../obligations/why/schema.ts';
import { whyText } from '../obligations/why/why-text.ts';
import { regulationsOf } from '../obligations/regulations/registry.ts';
import { openVerdictArchive, type VerdictArchive } from '../store/sqlite/verdict-archive.ts';
import type { VerdictChange } from '../store/verdict-history-port.ts';
import type { Command } from './command.ts';
import { existingSource } from './config-source.ts';
import { momentForm, readMoment } from './moment.ts';
import { commandLine } from './command-line.ts';

const { wrongUsage, parse } = commandLine('why');

const usage = `Usage: pantau-collector why OBLIGATION [--pd ID] [--subject NAME] [--at TIME] [--json]
                            [--config FILE] [--data DIR]

Says why a verdict is what it is: the law, the rule, its parameters and where each comes from, the facts, the records
that it rests on (whose signatures are checked now), and what its grade is capped by. The collector may be running
meanwhile.

  pantau-collector why lebong-19-1-pencadangan-berkala --pd dinkes --subject simpus
  pantau-collector why lebong-19-1-pencadangan-berkala --pd dinkes --at 2026-10-31T23:59

  OBLIGATION       the id of a duty, as in /api/v1/obligations
  --pd ID          only this department
  --subject NAME   only this dataset, site or area
  --at TIME        as it stood then: ${momentForm};
                   numbers are shown as they are set now
  --json           as JSON
  --config FILE    the configuration; as for "serve"
  --data DIR       the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help           show this text

Exit code: 0 when a verdict was found, 1 when there is none, 2 for wrong usage.
`;

const options = {
  pd: { type: 'string' },
  subject: { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

export const why: Command = {
  name: 'why',
  summary: 'say why a verdict is what it is, from the law to the records',
  usage,
  run: async (args, io) => {
    const wanted = readArguments(args);
    const source = existingSource(wanted, io);
    const config = source.read();
    checkNames(config, wanted);
    const atMs = momentOf(wanted.at, config.timezone);
    const archive = openVerdictArchive(databaseIn(source.dataFolder));
    try {
      const found = await explained(archive, config, { ...wanted, atMs });
      if (found.length === 0) throw new AppError('no-verdict', 'There is no such verdict at that time.');
      if (wanted.json === true) io.stdout(`${JSON.stringify(found, undefined, 2)}\n`);
      else io.stdout(found.map((each) => whyText(each, config)).join(`\n${'─'.repeat(72)}\n\n`));
      return 0;
    } finally {
      archive.close();
    }
  },
};

interface Wanted {
  obligation: string;
  pd?: string | undefined;
  subject?: string | undefined;
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parse(args, { options, allowPositionals: true });
  const [obligation, ...rest] = positionals;
  if (obligation === undefined || rest.length > 0) throw wrongUsage('name one duty by its id');
  const { config, data } = values;
  return { ...values, config, data, obligation };
}

function checkNames(config: PantauConfig, { obligation, pd }: Wanted): void {
  const duties = regulationsOf(config).flatMap(({ obligations }) => obligations.map(({ id }) => id));
  if (!duties.includes(obligation)) {
    throw wrongUsage(
      `there is no duty "${obligation}" in the regulations of the configuration; ${suggestName(obligation, duties)}`,
    );
  }
  const departments = config.perangkatDaerah.map(({ id }) => id);
  if (pd !== undefined && ![...departments, config.pemda.diskominfo.pd].includes(pd)) {
    throw wrongUsage(`there is no department "${pd}"; ${suggestName(pd, departments)}`);
  }
}

function momentOf(text: string | undefined, timezone: string): number {
  const atMs = text === undefined ? systemClock.nowMs() : readMoment(text, timezone);
  if (atMs !== undefined) return atMs;
  throw wrongUsage(`--at "${text}" must look like ${momentForm}`);
}

async function explained(
  archive: VerdictArchive,
  configured: PantauConfig,
  wanted: Wanted & { atMs: number },
): Promise<Why[]> {
  const { obligation, pd, subject, atMs } = wanted;
  const registerRows = async () => (await archive.registers.load()).rows;
  const config = withDecrees(configured, { registers: await readRegisters({ registerRows }), nowMs: atMs });
  const found: Why[] = [];
  for (const change of await archive.verdictHistory.at(atMs, { obligation, pd })) {
    if (subject !== undefined && !isSubject(change, subject)) continue;
    const asked = { verdict: change.verdict, judgedAtMs: change.atMs, atMs };
    const chain = await readWhy(asked, config, archive);
    if (chain !== undefined) found.push(chain);
  }
  return found;
}

/** By its whole name, or by that of the dataset or site alone. */
function isSubject({ verdict }: VerdictChange, name: string): boolean {
  return verdict.subject === name || verdict.subject === `${verdict.pd}/${name}`;
}
