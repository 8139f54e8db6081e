import { fileFormats, mediaTypes } from '../registers/files/export-file.ts';
import { registerKinds } from '../registers/kinds/registry.ts';
import { EntryBody, EntryRow } from './register-bodies.ts';

const problem = {
  description: 'What is wrong, as an RFC 9457 problem document',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const json = (description: string, schema: unknown) => ({ description, content: { 'application/json': { schema } } });
const binary = { type: 'string', format: 'binary' };

const register = {
  name: 'register',
  in: 'path',
  required: true,
  schema: { type: 'string', enum: registerKinds.map(({ name }) => name) },
};
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const pd = { name: 'pd', in: 'query', schema: { type: 'string' }, description: 'only entries of this department' };
const apply = {
  name: 'apply',
  in: 'query',
  schema: { type: 'boolean', default: false },
  description: 'change it; otherwise it is only told what would change',
};
const format = { name: 'format', in: 'query', schema: { type: 'string', enum: [...fileFormats], default: 'xlsx' } };
const file = {
  description: 'A file',
  content: Object.fromEntries(Object.values(mediaTypes).map((type) => [type, { schema: binary }])),
};
const body = (description: string) => ({
  required: true,
  description,
  content: { 'application/octet-stream': { schema: binary } },
});
const page = (items: unknown) => ({
  type: 'object',
  properties: { items: { type: 'array', items }, totalCount: { type: 'integer' } },
});
const wrong = { 401: problem, 404: problem, 422: problem };

/** Registers, as the API describes them. */
export function registerPaths(): Record<string, unknown> {
  const base = '/api/v1/registers';
  return {
    [base]: {
      get: {
        summary: 'The registers with their columns',
        responses: { 200: json('All of them', page({ type: 'object' })), 401: problem },
      },
    },
    [`${base}/{register}`]: {
      get: {
        summary: 'Entries in the order in which they were first entered',
        parameters: [
          register,
          pd,
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 } },
          { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
        ],
        responses: { 200: json('One page of entries', page(EntryRow)), ...wrong },
      },
      post: {
        summary: 'Make an entry, or change one that has been read',
        parameters: [register],
        requestBody: { required: true, content: { 'application/json': { schema: EntryBody } } },
        responses: {
          200: json('The entry as it was changed', EntryRow),
          201: json('The new entry', EntryRow),
          409: { ...problem, description: 'Somebody has changed or removed it meanwhile' },
          413: problem,
          415: problem,
          ...wrong,
        },
      },
    },
    ...entryPaths(base),
    ...filePaths(base),
  };
}

function entryPaths(base: string): Record<string, unknown> {
  const one = [register, inPath('id')];
  return {
    [`${base}/{register}/{id}`]: {
      get: { summary: 'One entry', parameters: one, responses: { 200: json('The entry', EntryRow), ...wrong } },
      delete: {
        summary: 'Take an entry out; its history stays',
        parameters: [
          ...one,
          { name: 'revision', in: 'query', required: true, schema: { type: 'integer', minimum: 1 } },
        ],
        responses: { 204: { description: 'Done' }, 409: problem, ...wrong },
      },
    },
    [`${base}/{register}/{id}/history`]: {
      get: {
        summary: 'Every state of an entry: who entered what and when, also of one that was removed',
        parameters: one,
        responses: { 200: json('Oldest first', page({ type: 'object' })), ...wrong },
      },
    },
    [`${base}/{register}/{id}/attachments`]: {
      post: {
        summary: 'Attach a file of at most 20 MiB',
        parameters: [...one, { name: 'name', in: 'query', schema: { type: 'string' }, description: 'of the file' }],
        requestBody: body('The bytes of the file'),
        responses: { 201: json('How it is kept', { type: 'object' }), 413: problem, ...wrong },
      },
    },
    [`${base}/{register}/{id}/attachments/{sha256}`]: {
      get: {
        summary: 'A file that is attached to the entry, with the same bytes as it was uploaded',
        parameters: [...one, inPath('sha256')],
        responses: {
          200: { description: 'The file', content: { 'application/octet-stream': { schema: binary } } },
          ...wrong,
        },
      },
    },
  };
}

function filePaths(base: string): Record<string, unknown> {
  return {
    [`${base}/{register}/export`]: {
      get: {
        summary: 'The register as a file',
        parameters: [register, format, pd],
        responses: { 200: file, ...wrong },
      },
    },
    [`${base}/{register}/template`]: {
      get: {
        summary: 'An empty file to be filled in',
        parameters: [register, format],
        responses: { 200: file, ...wrong },
      },
    },
    [`${base}/{register}/import`]: {
      post: {
        summary: 'Read a CSV file or an XLSX workbook in: all of it, or nothing when a cell is wrong',
        parameters: [register, apply],
        requestBody: body('The file, at most 5 MiB and 10 000 rows'),
        responses: { 200: json('What it changes, or would change', { type: 'object' }), 413: problem, ...wrong },
      },
    },
    [`${base}/hardware/seed`]: {
      post: {
        summary: 'Propose entries for machines that report and that the register does not know',
        parameters: [apply],
        responses: { 200: json('The entries', { type: 'object' }), 401: problem },
      },
    },
  };
}
