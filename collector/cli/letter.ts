import { systemClock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { databaseIn } from '../data-folder.ts';
import { letters } from '../documents/letters/kinds/registry.ts';
import { letterFacts } from '../documents/letters/letter-facts.ts';
import type { LetterSource } from '../store/letter-source.ts';
import { openLetterSource } from '../store/sqlite/letter-source.ts';
import type { Command } from './command.ts';
import { existingSource } from './config-source.ts';
import { type LetterArguments, readLetterArguments, wrongUsage } from './letter/arguments.ts';
import { writeLetter } from './letter/write-letter.ts';

const kinds = letters.map(({ name, summary }) => `  ${name.padEnd(28)}${summary}`).join('\n');

const usage = `Usage: pantau-collector letter KIND --pd ID [--obligation ID] [--order N] [--out PATH] [--format LIST]
       pantau-collector letter KIND --pd ID --dataset ID [--out PATH] [--format LIST]
       pantau-collector letter KIND --incident ID [--out PATH] [--format LIST]

Drafts a letter or a record from what the collector knows now, in formal Indonesian. The collector may be running
meanwhile, and nothing is sent: number, day, deadline and signature are left free, and a person checks and signs it.

${kinds}

  --pd ID          the department that it goes to, or that it is about
  --obligation ID  only what was found of this duty
  --dataset ID     for berita-acara-uji-pemulihan: the dataset that was restored
  --incident ID    the incident, as /api/v1/incidents has it
  --order N        for surat-teguran: the first (1), second or third reprimand; 1 when absent
  --out PATH       a folder that is there, or the name of a file that ends in .pdf or .html; the working folder when
                   absent
  --format LIST    pdf, html or both with a comma between them; pdf when absent
  --config FILE    the configuration; as for "serve". Its "documents" holds letterhead, place and officials
  --data DIR       the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help           show this text

Only what the department itself must act on is in a letter to it, and no letter says more than the grade of a verdict.

Exit code: 0 when it was written, 1 when the facts bear no such letter or it failed, 2 for wrong usage.
`;

export const letter: Command = {
  name: 'letter',
  summary: 'draft a letter or a record on what was found',
  usage,
  run: async (args, io) => {
    const wanted = readLetterArguments(args);
    const place = existingSource(wanted, io);
    const config = place.read();
    const source = openLetterSource(databaseIn(place.dataFolder));
    try {
      const pd = wanted.pd ?? (await departmentOf(source, wanted));
      const ids = config.perangkatDaerah.map(({ id }) => id);
      if (!ids.includes(pd)) throw wrongUsage(`--pd "${pd}" is not known; known: ${ids.join(', ')}`);
      const nowMs = systemClock.nowMs();
      const facts = await letterFacts(source, config, { ...wanted, pd, nowMs });
      if (wanted.incident !== undefined && facts.incident === undefined) {
        throw new AppError(
          'no-letter',
          `The duty or the subject of incident "${wanted.incident}" is no longer configured.`,
        );
      }
      const draft = wanted.letter.build(facts);
      if ('refusal' in draft)
        throw new AppError('no-letter', `No ${wanted.letter.name} was written: ${draft.refusal}.`);
      const caution = wanted.letter.caution?.(facts);
      if (caution !== undefined) io.stderr(`${caution}.\n`);
      const { files, failures } = await writeLetter(draft, wanted, io.workingFolder, nowMs);
      for (const file of files) io.stdout(`${file}\n`);
      for (const { format, reason } of failures) io.stderr(`The ${format} could not be written: ${reason}.\n`);
      return failures.length === 0 ? 0 : 1;
    } finally {
      source.close();
    }
  },
};

async function departmentOf(source: LetterSource, { incident: id = '' }: LetterArguments): Promise<string> {
  const incident = await source.incidents.incident(id);
  if (incident === undefined) throw new AppError('not-found', `There is no incident "${id}".`);
  return incident.pd;
}
