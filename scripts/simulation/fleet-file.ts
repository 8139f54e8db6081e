import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { AppError } from '../../shared/errors.ts';

const FleetFileSchema = Type.Object(
  {
    /** How often a simulation has used this fleet: each time its agents get new sessions. */
    startCount: Type.Integer({ minimum: 0 }),
    /** Seed of the first agent; the others count up from it. */
    seed: Type.Integer(),
    bootedAtMs: Type.Integer({ minimum: 0 }),
    collectorPublicKey: Type.String(),
    /** Enrolled agents in the order of their seeds. */
    agents: Type.Array(
      Type.Object(
        { pd: Type.String(), node: Type.String(), privateKeyPem: Type.String() },
        { additionalProperties: false },
      ),
      { maxItems: 100_000 },
    ),
  },
  { additionalProperties: false },
);
export type FleetFile = Type.Static<typeof FleetFileSchema>;

function fleetPath(dataFolder: string): string {
  return join(dataFolder, 'simulated-fleet.json');
}

/** Whether simulated agents were ever enrolled from this folder. */
export function hasFleetFile(dataFolder: string): boolean {
  return existsSync(fleetPath(dataFolder));
}

/** @throws AppError `data-folder` when the file is there but damaged. */
export function readFleetFile(dataFolder: string): FleetFile | undefined {
  const path = fleetPath(dataFolder);
  if (!existsSync(path)) return undefined;
  const file = parse(readFileSync(path, 'utf8'));
  if (Value.Check(FleetFileSchema, file)) return file;
  throw new AppError('data-folder', `${path} is damaged; remove it to start with new simulated agents.`);
}

/** The file holds private keys: mode 600. */
export function writeFleetFile(dataFolder: string, file: FleetFile): void {
  writeFileAtomically(fleetPath(dataFolder), JSON.stringify(file));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
