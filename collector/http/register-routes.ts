import express, { type Express, type Request, type Response } from 'express';
import { AppError, toProblem } from '../../shared/errors.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import { maxAttachmentBytes } from '../registers/attachments.ts';
import type { RegisterDesk } from '../registers/desk.ts';
import {
  exportFile,
  type FileFormat,
  fileFormats,
  templateFile,
  type WrittenFile,
} from '../registers/files/export-file.ts';
import { maxFileBytes } from '../registers/files/read-file.ts';
import { expectRight, importEntries } from '../registers/import-entries.ts';
import { registerKinds } from '../registers/kinds/registry.ts';
import { type SeenMachine, seedHardware } from '../registers/seed-hardware.ts';
import { expectJson } from './json-body.ts';
import { operatorOf } from './operator.ts';
import { badQuery, wholeNumber } from './query.ts';
import { entryRow, readEntryBody } from './register-bodies.ts';

export interface RegisterRoutesDeps {
  desk: RegisterDesk;
  /** Machines that report, for the register of hardware. */
  machines(): Promise<SeenMachine[]>;
}

const base = '/api/v1/registers';
const entryJson = express.json({ type: () => true, limit: '256kb' });
const raw = (limit: number) => express.raw({ type: () => true, limit });

/** What operators enter. Behind the door for operators; thin: everything is decided at the desk. */
export function addRegisterRoutes(app: Express, deps: RegisterRoutesDeps): void {
  const { desk } = deps;
  app.get(base, (_request, response) => {
    const items = registerKinds.map((kind) => {
      const entryCount = desk.options.registers.entries(kind.name).length;
      return { ...kind, entryCount };
    });
    response.json({ items, totalCount: items.length });
  });
  addFileRoutes(app, deps);
  addEntryRoutes(app, desk);
  addAttachmentRoutes(app, desk);
}

/** Before those of entries: an entry is not called as these are. */
function addFileRoutes(app: Express, { desk, machines }: RegisterRoutesDeps): void {
  const { registers, config } = desk.options;
  app.get(`${base}/:register/export`, async (request, response) => {
    const kind = desk.kind(request.params.register);
    const entries = ofDepartment(request, registers.entries(kind.name), desk);
    const { language, timezone } = config();
    send(response, await exportFile(kind, entries, formatOf(request), { language, timezone }));
  });
  app.get(`${base}/:register/template`, async (request, response) => {
    const kind = desk.kind(request.params.register);
    send(response, await templateFile(kind, formatOf(request), config().language));
  });
  app.post(`${base}/:register/import`, raw(maxFileBytes), async (request, response) => {
    const kind = desk.kind(request.params.register);
    const apply = isApplied(request);
    const result = await importEntries(desk, kind, bytesOf(request), { apply, actor: operatorOf(response) });
    if (apply && result.problemCount > 0) sendProblems(response, result);
    else response.json(result);
  });
  app.post(`${base}/hardware/seed`, async (request, response) => {
    const result = await seedHardware(desk, await machines(), {
      apply: isApplied(request),
      actor: operatorOf(response),
    });
    response.json(result);
  });
}

function addEntryRoutes(app: Express, desk: RegisterDesk): void {
  const { registers, config } = desk.options;
  app.get(`${base}/:register`, (request, response) => {
    const kind = desk.kind(request.params.register);
    const limit = wholeNumber(request.query, 'limit', { least: 1, most: 1000, otherwise: 100 });
    const offset = wholeNumber(request.query, 'offset', { least: 0, most: 1e9, otherwise: 0 });
    const entries = ofDepartment(request, registers.entries(kind.name), desk);
    const items = entries.slice(offset, offset + limit).map((entry) => entryRow(entry, config().timezone));
    response.json({ items, totalCount: entries.length });
  });
  app.post(`${base}/:register`, expectJson, entryJson, async (request, response) => {
    const kind = desk.kind(request.params.register);
    const input = readEntryBody(request.body);
    const entry = await desk.put(kind, input, operatorOf(response));
    response.status(input.id === undefined ? 201 : 200).json(entryRow(entry, config().timezone));
  });
  app.get(`${base}/:register/:id`, (request, response) => {
    const kind = desk.kind(request.params.register);
    response.json(entryRow(desk.entry(kind, request.params.id), config().timezone));
  });
  app.delete(`${base}/:register/:id`, async (request, response) => {
    const kind = desk.kind(request.params.register);
    const revision = wholeNumber(request.query, 'revision', { least: 1, most: 1e9, otherwise: 0 });
    if (revision === 0) throw badQuery('revision', 'Send the revision of the entry that you have read.');
    await desk.remove(kind, request.params.id, revision, operatorOf(response));
    response.status(204).end();
  });
  app.get(`${base}/:register/:id/history`, async (request, response) => {
    const kind = desk.kind(request.params.register);
    const revisions = await registers.history(kind.name, request.params.id);
    if (revisions.length === 0) desk.entry(kind, request.params.id);
    const items = revisions.map(({ revision, pd, values, attachments, removed, atMs, actor }) => ({
      revision,
      pd: pd ?? null,
      values,
      attachments,
      removed,
      enteredAt: formatZonedRfc3339(atMs, config().timezone),
      enteredBy: actor,
    }));
    response.json({ items, totalCount: items.length });
  });
}

function addAttachmentRoutes(app: Express, desk: RegisterDesk): void {
  const path = `${base}/:register/:id/attachments`;
  app.post(path, raw(maxAttachmentBytes), async (request, response) => {
    const kind = desk.kind(request.params.register);
    const name = typeof request.query['name'] === 'string' ? request.query['name'] : '';
    const file = { name, bytes: bytesOf(request) };
    const { sha256, name: kept, sizeBytes } = await desk.attach(kind, request.params.id, file, operatorOf(response));
    response.status(201).json({ sha256, name: kept, sizeBytes });
  });
  app.get(`${path}/:sha256`, async (request, response) => {
    const kind = desk.kind(request.params.register);
    const { sha256 } = request.params;
    const isOfEntry = desk.entry(kind, request.params.id).attachments.includes(sha256);
    if (!isOfEntry) throw new AppError('not-found', 'The entry has no such attachment.', { status: 404 });
    const { row, bytes } = await desk.options.attachments.read(sha256);
    send(response, { name: row.name, mediaType: 'application/octet-stream', bytes });
  });
}

function ofDepartment<Entry extends { pd: string | undefined }>(
  request: Request,
  entries: readonly Entry[],
  desk: RegisterDesk,
): readonly Entry[] {
  const { pd } = request.query;
  if (pd === undefined) return entries;
  const found = entries.filter((entry) => entry.pd === pd);
  if (found.length === 0 && (typeof pd !== 'string' || !desk.names().departments.includes(pd))) {
    throw badQuery('pd', 'There is no such department.');
  }
  return found;
}

function formatOf(request: Request): FileFormat {
  const given = request.query['format'] ?? 'xlsx';
  const found = fileFormats.find((format) => format === given);
  if (found === undefined) throw badQuery('format', `format must be ${fileFormats.join(' or ')}.`);
  return found;
}

function isApplied(request: Request): boolean {
  const given = request.query['apply'] ?? 'false';
  if (given === 'true' || given === 'false') return given === 'true';
  throw badQuery('apply', 'apply must be true or false.');
}

function bytesOf(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The problem document names the first cell; all of them stand beside it. */
function sendProblems(response: Response, result: Awaited<ReturnType<typeof importEntries>>): void {
  try {
    expectRight(result);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { problems, problemCount } = result;
    response.status(error.status).type('application/problem+json');
    response.send(JSON.stringify({ ...toProblem(error), problems, problemCount }));
  }
}

/** Saved, never shown: a browser must not run what somebody has uploaded. */
function send(response: Response, { name, mediaType, bytes }: WrittenFile): void {
  const plain = name.replaceAll(/[^A-Za-z0-9._ -]/g, '_');
  const star = encodeURIComponent(name).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  response.set({
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${star}`,
    'content-security-policy': "default-src 'none'; sandbox",
  });
  response.send(Buffer.from(bytes));
}
