import { AppError } from '../../shared/errors.ts';
import type { Command } from './command.ts';
import { ledgerCheckpoint } from './ledger/checkpoint.ts';
import { ledgerExport } from './ledger/export.ts';
import { ledgerKey } from './ledger/key.ts';

const usage = `Usage: pantau-collector ledger export|key|checkpoint …

The ledger keeps every verdict, what it rests on, and what was done, in a chain that shows any later change. Another
machine checks it with nothing but the exported file and the collector's public key: see "pantau-collector verify --help".

  ledger export --output FILE [--from TIME] [--to TIME] [--without-bodies]

    --output FILE     where to write; - for the standard output
    --from TIME       the first moment: 2026-11-01T07:00:00+07:00, or a day or a time of the Pemda's zone such as
                      2026-11-01; the beginning when absent
    --to TIME         the first moment that is left out; up to now when absent
    --without-bodies  leave out the signed reports themselves: the file is smaller, and the agents' signatures cannot
                      be checked in it

  ledger key          print the collector's public key. Hand it to whoever is to verify, by another way than the file

  ledger checkpoint [--new]

    --new             sign the ledger as it is now, when something was added since the last checkpoint

Each of them takes

  --config FILE    the configuration; as for "serve"
  --data DIR       the data folder of the collector, which may be running; $PANTAU_DATA or ./data when absent
  --help           show this text
`;

const actions = { export: ledgerExport, key: ledgerKey, checkpoint: ledgerCheckpoint };

export const ledger: Command = {
  name: 'ledger',
  summary: 'export the ledger, print its public key or its latest checkpoint',
  usage,
  run: async ([action = '', ...args], io) => {
    const known = Object.entries(actions).find(([name]) => name === action);
    if (known !== undefined) return known[1](args, io);
    throw new AppError('usage', 'ledger: say export, key or checkpoint; see "pantau-collector ledger --help".');
  },
};
