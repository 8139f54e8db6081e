import type { ReportRestoreTest } from '../../shared/report-schema.ts';
import { readJournal, restoreTestsFolderOf } from './journal.ts';

const name = /^[a-z0-9][a-z0-9-]{0,62}$/;
const runId = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;
// oxlint-disable-next-line no-control-regex -- control characters are what no report carries
const printable = /^[^\u0000-\u001f\u007f]+$/;
const maxCheckCount = 16;

/**
 * What the restore tests of these datasets found, oldest first, as `pantau-agent restore-test` left it. Each is named
 * by its `runId` for ever. Checked by hand, because one entry that breaks the report's schema would cost the whole
 * report and the running agent does not hold the schema library; what does not fit is left out.
 */
export function readRestoreTests(dataFolder: string, datasets: readonly string[]): ReportRestoreTest[] {
  return [...new Set(datasets)]
    .flatMap((dataset) =>
      readJournal(restoreTestsFolderOf(dataFolder, dataset)).flatMap(({ id, value }) => {
        const test = parseRestoreTest(value);
        return test !== undefined && test.dataset === dataset && test.runId === id ? [test] : [];
      }),
    )
    .toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
}

/** @returns undefined for what is not exactly a restore test. Fields that a report does not know are dropped. */
export function parseRestoreTest(value: unknown): ReportRestoreTest | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { dataset, drill, outcome, startedAt, completedAt, ...others } = value as Record<string, unknown>;
  if (!isText(dataset, name) || !isText(drill, name) || !isText(others['runId'], runId)) return undefined;
  if ((outcome !== 'ok' && outcome !== 'failed') || !isInstant(startedAt) || !isInstant(completedAt)) return undefined;
  const optional = optionalFields(others);
  if (optional === undefined) return undefined;
  return { dataset, drill, runId: others['runId'], outcome, startedAt, completedAt, ...optional };
}

type Optional = Pick<ReportRestoreTest, 'reason' | 'objectName' | 'objectId' | 'fileCount' | 'sizeBytes' | 'checks'>;

function optionalFields({ reason, objectName, objectId, fileCount, sizeBytes, checks }: Record<string, unknown>) {
  const fields = { reason, objectName, objectId, fileCount, sizeBytes, checks };
  const fits =
    isShort(reason, 256) &&
    isShort(objectName, 1024) &&
    isShort(objectId, 128) &&
    isCount(fileCount) &&
    isCount(sizeBytes) &&
    areChecks(checks);
  if (!fits) return undefined;
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) as Optional;
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

/** Also one that the calendar knows: a month 13 is none. */
function isInstant(value: unknown): value is string {
  return isText(value, instant) && !Number.isNaN(Date.parse(value));
}

function isShort(value: unknown, maxLength: number): boolean {
  return value === undefined || (isText(value, printable) && value.length <= maxLength);
}

function isCount(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0);
}

function areChecks(value: unknown): boolean {
  if (value === undefined) return true;
  return (
    Array.isArray(value) &&
    value.length <= maxCheckCount &&
    value.every((each) => each !== undefined && isShort(each, 200))
  );
}
