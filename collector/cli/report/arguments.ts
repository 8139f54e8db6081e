import { type DocumentFormat, documentFormats } from '../../documents/write-document.ts';
import { monthPattern } from '../../documents/month/month-name.ts';
import { commandLine } from '../command-line.ts';

const { wrongUsage, parse } = commandLine('report');
export { wrongUsage };

const options = {
  month: { type: 'string' },
  pd: { type: 'string', multiple: true },
  'per-department': { type: 'boolean' },
  out: { type: 'string' },
  format: { type: 'string' },
  'so-far': { type: 'boolean' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

export interface ReportArguments {
  month: string;
  /** Of the whole Pemda when there is none. */
  pds: readonly string[];
  perDepartment: boolean;
  out: string;
  formats: readonly DocumentFormat[];
  isSoFar: boolean;
  config: string | undefined;
  data: string | undefined;
}

export function readReportArguments(args: readonly string[]): ReportArguments {
  const { values } = parse(args, { options });
  const { month, pd = [], out, format, config, data } = values;
  if (month === undefined) throw wrongUsage('say which month with --month 2026-10');
  if (!monthPattern.test(month)) throw wrongUsage(`--month "${month}" must look like 2026-10`);
  if (out === undefined || out === '') throw wrongUsage('say where to write with --out DIR');
  if (pd.length > 0 && values['per-department'] === true) throw wrongUsage('give either --pd or --per-department');
  return {
    month,
    pds: [...new Set(pd)],
    perDepartment: values['per-department'] === true,
    out,
    formats: formatsOf(format),
    isSoFar: values['so-far'] === true,
    config,
    data,
  };
}

function formatsOf(text: string | undefined): DocumentFormat[] {
  if (text === undefined) return [...documentFormats];
  return [...new Set(text.split(','))].map((name) => {
    const found = documentFormats.find((format) => format === name.trim());
    if (found === undefined) throw wrongUsage(`--format "${name}" is none of ${documentFormats.join(', ')}`);
    return found;
  });
}
