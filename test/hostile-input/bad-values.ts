import { type BadCase, invalid, report, signed, text } from './bad-case.ts';
import { fullEnvelope, type Path, withPart } from './full-envelope.ts';

/** One field with a value that it must not have. */
function field(name: string, path: Path, value: unknown): BadCase {
  return {
    name,
    ...invalid,
    field: `/${path.join('/')}`,
    wire: (agent, nowMs) => signed(agent, JSON.stringify(withPart(fullEnvelope(agent, nowMs), path, value))),
  };
}

/** A piece of the JSON text replaced by one that no value could be written as. */
function literal(
  name: string,
  from: RegExp,
  to: string,
  expected: Pick<BadCase, 'status' | 'code' | 'field'>,
): BadCase {
  return {
    name,
    ...expected,
    wire: (agent, nowMs) => signed(agent, text(agent, nowMs).replace(from, to)),
  };
}

const oneInterface = { name: 'eth0', up: true, receiveBytes: 1, transmitBytes: 1 };

/** Envelopes with a value that must not be there. */
export const badValues: BadCase[] = [
  field('a negative count', ['reports', 0, 'spool', 'queuedCount'], -1),
  field('a negative size', ['reports', 0, 'memory', 'sizeBytes'], -5),
  field('a fraction for a whole number', ['reports', 0, 'cpu', 'count'], 1.5),
  field('a number above what is exact', ['reports', 0, 'interfaces', 0, 'receiveBytes'], 2 ** 60),
  field('a ratio above one', ['reports', 0, 'cpu', 'busyRatio'], 1.01),
  field('the text NaN for a number', ['reports', 0, 'cpu', 'load1'], 'NaN'),
  field('the text Infinity for a number', ['reports', 0, 'cpu', 'load1'], 'Infinity'),
  field('null for a number', ['reports', 0, 'cpu', 'load1'], null),
  field('an uptime of ages', ['reports', 0, 'host', 'uptimeSeconds'], 1e300),
  field('seq 0', ['reports', 0, 'seq'], 0),
  field('a negative seq', ['reports', 0, 'seq'], -7),
  field('a seq between two', ['reports', 0, 'seq'], 1.5),
  field('a seq of 2^60', ['reports', 0, 'seq'], 2 ** 60),
  field('a seq as text', ['reports', 0, 'seq'], '1'),
  field('an interval of 0', ['reports', 0, 'intervalSeconds'], 0),
  field('a session with a path in it', ['reports', 0, 'session'], '../../etc/passwd'),
  field('a session that is too long', ['reports', 0, 'session'], 's'.repeat(25)),
  field('no reports', ['reports'], []),
  field('a report that is null', ['reports', 0], null),
  field(
    '51 reports',
    ['reports'],
    Array.from({ length: 51 }, () => ({})),
  ),
  field('another schema version', ['schema'], 'pantau.report/99'),
  field('an agent id with capitals', ['agent'], 'A'.repeat(16)),
  field('a line break in a name', ['reports', 0, 'probes', 0, 'name'], 'wan\nx 1'),
  field('a control character in a target', ['reports', 0, 'probes', 0, 'target'], 'a\u0000b'),
  field('an escape sequence in a mount', ['reports', 0, 'filesystems', 0, 'mount'], '/\u001b[2J'),
  field('a delete character in a reason', ['reports', 0, 'backups', 0, 'reason'], 'a\u007f'),
  field('an empty name', ['reports', 0, 'interfaces', 0, 'name'], ''),
  field('a name of 100 000 letters', ['reports', 0, 'interfaces', 0, 'name'], 'x'.repeat(100_000)),
  field('a dataset that leaves its folder', ['reports', 0, 'backups', 0, 'dataset'], '../x'),
  field('a hash that is none', ['reports', 0, 'backups', 0, 'sha256'], 'AB'.repeat(32)),
  field('a layer that is not known', ['reports', 0, 'probes', 0, 'layer'], 'moon'),
  field('a state between up and down', ['reports', 0, 'probes', 0, 'state'], 'flapping'),
  field(
    'one interface too many',
    ['reports', 0, 'interfaces'],
    Array.from({ length: 257 }, () => oneInterface),
  ),
  field('an interface without anything', ['reports', 0, 'interfaces', 0], {}),
  field('an inventory row with a hundred fields', ['reports', 0, 'inventory', 'os'], manyFields(100)),
  field('an inventory key with a space', ['reports', 0, 'inventory', 'os', 'a b'], 1),
  field('a month 13', ['sentAt'], '2026-13-01T00:00:00Z'),
  field('an hour 25', ['reports', 0, 'takenAt'], '2026-11-22T25:00:00Z'),
  field('a time without a zone', ['reports', 0, 'takenAt'], '2026-11-22T05:00:00'),
  field('a time with another zone', ['reports', 0, 'takenAt'], '2026-11-22T05:00:00+07:00'),
  field('a year with six digits', ['reports', 0, 'host', 'bootedAt'], '+010000-01-01T00:00:00Z'),
  field('an unknown field', ['reports', 0, 'extra'], 1),
  field('an unknown field deep inside', ['reports', 0, 'host', 'kernel'], 'x'),
  field('the field constructor', ['reports', 0, 'constructor'], { prototype: {} }),
  literal('the field __proto__', /"cpu":\{/, '"__proto__":{"polluted":1},"cpu":{', {
    ...invalid,
    field: `${report}/__proto__`,
  }),
  literal('the number 1e400', /"count":2/, '"count":1e400', { ...invalid, field: `${report}/cpu/count` }),
  literal('the same field twice, the last one bad', /"seq":1,/, '"seq":1,"seq":-1,', {
    ...invalid,
    field: `${report}/seq`,
  }),
  literal('NaN', /"count":2/, '"count":NaN', { status: 400, code: 'not-json' }),
  literal('Infinity', /"count":2/, '"count":Infinity', { status: 400, code: 'not-json' }),
  literal('a hexadecimal number', /"count":2/, '"count":0x10', { status: 400, code: 'not-json' }),
  literal('a comma too many', /\}$/, ',}', { status: 400, code: 'not-json' }),
  literal('a second document', /$/, '{}', { status: 400, code: 'not-json' }),
];

function manyFields(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, index]));
}
