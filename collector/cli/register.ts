import { AppError } from '../../shared/errors.ts';
import type { Command } from './command.ts';
import { attachFile } from './register/attach.ts';
import { exportRegister, fillTemplate } from './register/export.ts';
import { importRegister } from './register/import.ts';
import { listRegisters } from './register/list.ts';
import { seedRegister } from './register/seed.ts';

const usage = `Usage: pantau-collector register list|template|export|import|seed|attach …

What no probe can see is entered in registers: audits, plans, approvals, waivers and more. Offices fill in a CSV file or a
workbook; a collector that is running takes over within seconds what is read in here.

  list [NAME]             the registers, or the entries of one
  template NAME           an empty file to be filled in
  export NAME             the entries as a file, which may be changed and read in again
  import NAME FILE        reads a file in: all of it, or nothing when a cell is wrong. It only tells what would change,
                          until --apply is given. A row with an entry's ID changes that entry; what is not in the file
                          stays as it is
  seed hardware           proposes entries for machines that report and are not in the register; with --apply makes them
  attach NAME ENTRY FILE  attaches a file of at most 20 MiB to an entry

  --format csv|xlsx  of a file that is written; xlsx when absent
  --output FILE      where to write; NAME.xlsx in this folder when absent
  --pd ID            only entries of this department
  --apply            change it, and do not only tell
  --by NAME          who does it; import --apply, seed --apply and attach need it. 2 to 64 letters,
                     digits, dots, dashes or underscores, as operators are called
  --config FILE      the configuration; as for "serve"
  --data DIR         the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help             show this text

Exit code: 0 ok, 1 when something in the file is wrong, 2 for wrong usage.
`;

const actions = {
  list: listRegisters,
  template: fillTemplate,
  export: exportRegister,
  import: importRegister,
  seed: seedRegister,
  attach: attachFile,
};

export const register: Command = {
  name: 'register',
  summary: 'what people enter: as files to fill in and to read in',
  usage,
  run: async ([action = '', ...args], io) => {
    const known = Object.entries(actions).find(([name]) => name === action);
    if (known !== undefined) return known[1](args, io);
    const words = Object.keys(actions)
      .join(', ')
      .replace(/, (?=[^,]*$)/, ' or ');
    throw new AppError('usage', `register: say ${words}; see "pantau-collector register --help".`);
  },
};
