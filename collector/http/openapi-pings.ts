const text = (example: string) => ({ 'text/plain': { schema: { type: 'string' }, example } });
const refused = {
  400: {
    description: 'A part of the address or query does not fit; the body says which',
    content: text('invalid url format'),
  },
  404: { description: 'No dataset has this address', content: text('not found') },
  429: { description: 'Too many calls; `Retry-After` says how long to wait' },
  503: { description: 'Nothing was stored; send it again' },
};
const answers = { 200: { description: 'It is on disk', content: text('OK') }, ...refused };

const inPath = (name: string, schema: object, description: string) => ({
  name,
  in: 'path',
  required: true,
  schema,
  description,
});
const inQuery = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });

const uuid = inPath('uuid', { type: 'string', format: 'uuid' }, 'printed by "pantau-collector ping-url"');
const action = inPath(
  'action',
  { anyOf: [{ enum: ['start', 'fail', 'log'] }, { type: 'integer', minimum: 0, maximum: 255 }] },
  'what happened, or the exit status of the job; success when the address ends before it',
);
const byName = [
  inPath('pingKey', { type: 'string', pattern: '^[a-z0-9]{22}$' }, 'the key of the department'),
  inPath('slug', { type: 'string' }, '<pd>_<dataset>'),
];
const run = [
  inQuery('rid', { type: 'string', format: 'uuid' }, 'names the run: its start and its end have the same'),
  inQuery(
    'ts',
    { type: 'string' },
    'when it happened, when that is not now: RFC 3339 with a zone, or seconds since 1970',
  ),
];

/** The addresses at which jobs report, as Healthchecks and Uptime Kuma have them. Every method counts. */
export function pingPaths(): Record<string, unknown> {
  return {
    '/ping/{uuid}': ping('A job succeeded', [uuid]),
    '/ping/{uuid}/{action}': ping(
      'A job began, failed, wrote something or ended; /ping/{pingKey}/{slug} says that one succeeded',
      [uuid, action],
    ),
    '/ping/{pingKey}/{slug}/{action}': ping('The same by the name of the dataset', [...byName, action]),
    '/api/push/{uuid}': push(),
  };
}

function ping(summary: string, path: readonly unknown[]) {
  const operation = { summary, security: [], parameters: [...path, ...run], responses: answers };
  const body = {
    description: 'What the job wrote; the first 10 000 bytes are kept',
    content: { '*/*': { schema: { type: 'string' } } },
  };
  return { get: operation, head: operation, post: { ...operation, requestBody: body } };
}

function push() {
  const status = inQuery('status', { type: 'string', default: 'up' }, 'up; everything else is a failure');
  const msg = inQuery(
    'msg',
    { type: 'string' },
    'start: a run begins; finish or other words: it succeeded; fail: it failed',
  );
  const operation = {
    summary: 'The same in the form of an Uptime Kuma push',
    security: [],
    parameters: [uuid, status, msg, ...run],
    responses: { ...refused, 200: { description: 'It is on disk' } },
  };
  return { get: operation, post: operation };
}
