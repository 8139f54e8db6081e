import { mkdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { messageOf } from '../../../shared/errors.ts';
import type { PantauConfig } from '../../config/schema.ts';
import { judgedCoverage } from '../../coverage/judged-coverage.ts';
import { canonicalJson } from '../../ledger/canonical-json.ts';
import { sha256 } from '../../ledger/entry-hash.ts';
import type { DocumentRow, NewDocument, PrintedCheckpoint } from '../../store/documents-port.ts';
import type { MonthSource } from '../../store/month-source.ts';
import { officeOf, placeAndDay, signatureOf } from '../office.ts';
import { type DocumentFormat, type FormatFailure, writeDocument } from '../write-document.ts';
import { buildReport, type Edition, reportName } from './build-report.ts';
import { changesBetween } from './changes.ts';
import { isEmptyMonth } from './empty-month.ts';
import type { MonthFigures } from './figures.ts';
import { readMonth } from './read-month.ts';
import type { ReportView } from './report-view.ts';
import { createScribe } from './scribe.ts';

export interface ReportOrder {
  config: PantauConfig;
  source: MonthSource;
  /** `2026-10` */
  month: string;
  /** A report of each of these departments; one of the whole Pemda when absent. */
  pds?: readonly string[] | undefined;
  /** Beside the one of the whole Pemda, one of each department. */
  perDepartment?: boolean;
  formats: readonly DocumentFormat[];
  /** Absolute. */
  folder: string;
  /** The same below the data folder, when it is there. */
  keptIn?: string | undefined;
  madeBy: string;
  nowMs: number;
  /** Signs the ledger as it is now, for the last page; a failure is told and keeps no report from being made. */
  signLedger?(): Promise<void>;
  /** Keeps what was made: called once for each report. */
  register(document: NewDocument, figures: string): void;
  onProgress?(line: string): void;
}

export interface MadeReport {
  name: string;
  /** 0 for a month that is not over. */
  revision: number;
  /** How many figures are not what they were in the revision before. */
  changeCount: number;
  /** False when the figures are those of a revision that was made before. */
  isNew: boolean;
  files: string[];
  /** Nothing was recorded in the month. */
  isEmpty: boolean;
  /** The forms that could not be written; what is not there is not registered. */
  failures: FormatFailure[];
}

/** Reads a month and writes its reports; what is not over is written as provisional and is no revision of anything. */
export async function makeReports(order: ReportOrder): Promise<MadeReport[]> {
  const { config, source, month, pds, nowMs, onProgress } = order;
  const say = (done: number, total: number) => onProgress?.(`${done} of ${total} departments read`);
  const figures = await readMonth({ config, source, month, pds, nowMs, onProgress: say });
  await sign(order);
  mkdirSync(order.folder, { recursive: true, mode: 0o750 });
  const made: MadeReport[] = [];
  if (pds === undefined) made.push(await makeOne(order, figures, undefined));
  for (const pd of pds ?? (order.perDepartment === true ? config.perangkatDaerah.map(({ id }) => id) : [])) {
    made.push(await makeOne(order, figuresOf(figures, pd), pd));
    onProgress?.(`${made.length} reports written`);
  }
  return made;
}

async function sign({ signLedger, onProgress }: ReportOrder): Promise<void> {
  try {
    await signLedger?.();
  } catch (error) {
    onProgress?.(`the ledger could not be signed (${messageOf(error)}); the last page names an older checkpoint`);
  }
}

/** The part of one department. */
function figuresOf(figures: MonthFigures, pd: string): MonthFigures {
  const departments = figures.departments.filter((each) => each.pd === pd);
  return { ...figures, departments, common: { verdicts: [], incidents: [] } };
}

async function makeOne(order: ReportOrder, figures: MonthFigures, pd: string | undefined): Promise<MadeReport> {
  const { config, source, formats, folder, madeBy, month } = order;
  const text = canonicalJson(figures);
  const figuresHash = sha256(text);
  const name = reportName(figures.month, pd, config.language);
  const isProvisional = figures.soFarUntilMs !== undefined;
  const known = isProvisional ? [] : source.documentsNamed(name);
  const view = viewOf(config, figures, pd);
  const edition = await editionOf(order, { known, figuresHash, view, pd, isProvisional });
  const document = buildReport(view, edition);
  const { files, failures } = await writeDocument(document, folder, formats, edition.madeAtMs);
  const { revision, madeAtMs, checkpoint } = edition;
  const changeCount = edition.changes.length;
  const row: NewDocument = {
    name,
    month,
    pd,
    revision,
    figuresHash,
    madeAtMs,
    madeBy,
    checkpoint,
    changeCount,
    files: files.map(fileOf),
    folder: order.keptIn,
  };
  if (!isProvisional && !isKnown(row, known)) order.register(row, text);
  const isNew = !known.some((each) => each.revision === revision);
  return { name: document.name, revision, changeCount, isNew, isEmpty: isEmptyMonth(figures), files, failures };
}

function viewOf(config: PantauConfig, figures: MonthFigures, pd: string | undefined): ReportView {
  const verdicts = figures.departments.flatMap((each) => each.verdicts.map((verdict) => ({ ...verdict, pd: each.pd })));
  const coverage = pd === undefined ? judgedCoverage(config, verdicts) : undefined;
  return { config, figures, coverage, scribe: createScribe(config.language, config.timezone) };
}

/** Of figures that were told before, the edition is the same as then, to the moment at which it was made. */
async function editionOf(
  { config, source, nowMs }: ReportOrder,
  given: {
    known: readonly DocumentRow[];
    figuresHash: string;
    view: ReportView;
    pd: string | undefined;
    isProvisional: boolean;
  },
): Promise<Edition> {
  const { known, figuresHash, view, pd, isProvisional } = given;
  const last = known.at(-1);
  const isSame = last?.figuresHash === figuresHash;
  const first = isSame ? known.find(({ revision }) => revision === last.revision) : undefined;
  const revision = first?.revision ?? (last?.revision ?? 0) + 1;
  const before = known.findLast((each) => each.revision < revision);
  const old = before === undefined ? undefined : source.figuresOf(before.key);
  const office = officeOf(config);
  const year = view.figures.month.slice(0, 4);
  return {
    revision: isProvisional ? 0 : revision,
    madeAtMs: first?.madeAtMs ?? nowMs,
    figuresHash,
    changes: old === undefined ? [] : changesBetween(JSON.parse(old) as MonthFigures, view),
    checkpoint: first === undefined ? await printedCheckpoint(source) : first.checkpoint,
    pd,
    letterhead: office.letterhead,
    signatures: [
      signatureOf(office, 'kepalaBidang', ['']),
      signatureOf(office, 'kepalaDiskominfo', [placeAndDay(office, year)]),
    ],
  };
}

async function printedCheckpoint(source: MonthSource): Promise<PrintedCheckpoint | undefined> {
  const latest = await source.latestCheckpoint();
  if (latest === undefined) return undefined;
  const { seq, hash, atMs } = latest;
  const newerCount = (await source.lastRecord()) - seq;
  return { seq, hash, atMs, ...(newerCount > 0 ? { newerCount } : {}) };
}

function fileOf(path: string): NewDocument['files'][number] {
  const bytes = readFileSync(path);
  return { file: basename(path), sha256: sha256(bytes), sizeBytes: bytes.length };
}

/** Whether the same files of the same revision were registered before. */
function isKnown({ revision, files, folder }: NewDocument, known: readonly DocumentRow[]): boolean {
  const before = known.filter((each) => each.revision === revision && each.folder === folder);
  const hashes = new Set(before.flatMap((each) => each.files.map((file) => file.sha256)));
  return files.every((file) => hashes.has(file.sha256));
}
