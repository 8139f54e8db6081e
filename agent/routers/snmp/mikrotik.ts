import type { ReportRouter } from '../../../shared/report-schema.ts';
import { mikrotik } from './oids.ts';
import { readColumns } from './read-columns.ts';
import type { SnmpSession } from './session.ts';
import { countOf, numberOf, textOf, type Varbind } from './values.ts';

/** What RouterOS tells beside the standards. */
export type MikrotikFacts = Pick<ReportRouter, 'temperatureCelsius' | 'voltageVolts'> & {
  version?: string | undefined;
  serial?: string | undefined;
  board?: string | undefined;
};

type Gauge = Partial<Record<keyof typeof mikrotik.gauges, Varbind>>;

/** Units of the gauge table. */
const celsius = 1;
const tenthsOfVolt = 3;
/** The air inside says more of the room than the processor does. */
const temperatureNames = ['temperature', 'board-temperature', 'board-temperature1', 'cpu-temperature'];
const voltageNames = ['voltage', 'psu-voltage', 'psu1-voltage'];
const gaugeLimits = { varbindsPerAnswer: 24, rows: 64, questions: 12 };

export function isMikrotik(objectId: string | undefined, description: string | undefined): boolean {
  return objectId?.startsWith(`${mikrotik.enterprise}.`) === true || description?.startsWith('RouterOS') === true;
}

/** @throws SnmpProblem of the session. */
export async function readMikrotik(session: SnmpSession): Promise<MikrotikFacts> {
  const { version, serial, board, voltage, temperature } = mikrotik;
  const values = await session.get([version, serial, board, voltage, temperature]);
  const { rows } = await readColumns(session, mikrotik.gauges, gaugeLimits);
  const gauges = [...rows.values()];
  return {
    version: textOf(values[0], 64),
    serial: textOf(values[1], 64),
    board: textOf(values[2], 64),
    ...withinRange({
      voltageVolts: tenths(countOf(values[3])) ?? tenths(gaugeOf(gauges, tenthsOfVolt, voltageNames)),
      temperatureCelsius: tenths(numberOf(values[4])) ?? gaugeOf(gauges, celsius, temperatureNames),
    }),
  };
}

const tenths = (value: number | undefined) => (value === undefined ? undefined : value / 10);

/** The gauge of a unit with the best name; when none has such a name the first one. */
function gaugeOf(gauges: readonly Gauge[], unit: number, names: readonly string[]): number | undefined {
  const fitting = gauges.filter((gauge) => numberOf(gauge.unit) === unit && numberOf(gauge.value) !== undefined);
  const rank = ({ name }: Gauge) => {
    const place = names.indexOf(textOf(name, 64) ?? '');
    return place === -1 ? names.length : place;
  };
  return numberOf(fitting.toSorted((a, b) => rank(a) - rank(b))[0]?.value);
}

/** A sensor that is broken says things that no report may hold. */
function withinRange({
  voltageVolts,
  temperatureCelsius,
}: {
  voltageVolts?: number | undefined;
  temperatureCelsius?: number | undefined;
}) {
  return {
    ...(temperatureCelsius !== undefined && temperatureCelsius >= -100 && temperatureCelsius <= 300
      ? { temperatureCelsius }
      : {}),
    ...(voltageVolts !== undefined && voltageVolts >= 0 && voltageVolts <= 1000 ? { voltageVolts } : {}),
  };
}
