import { describe, expect, it } from 'vitest';
import { dayMs, machine, measured, measuredAtMs as nowMs, measuredRecord } from '../measured-facts.test-kit.ts';
import type { Judgement, MachineView, Params } from '../rule.ts';
import { hardwareInventoryComplete } from './hardware-inventory-complete.ts';
import { department } from './registers/department-facts.test-kit.ts';
import { reference, register } from './registers/register.test-kit.ts';

const recheckAtMs = nowMs + 3_600_000;
const server = machine({ record: measuredRecord(1) });
const router = machine({ node: 'router-1', isRouter: true, inventoryAtMs: undefined, record: measuredRecord(2) });
const stale = machine({ node: 'server-2', inventoryAtMs: nowMs - 8 * dayMs, record: measuredRecord(3) });
const row = (node: string, more: Record<string, string> = {}) => ({
  pd: 'dinkes',
  node,
  name: `Mesin ${node}`,
  ...more,
});

function judge(machines: MachineView[], rows: ReturnType<typeof row>[] = [], params: Params = {}): Judgement {
  const registers = rows.length === 0 ? register() : register({ hardware: rows });
  return hardwareInventoryComplete.judge(department({ registers, measured: measured({ machines }) }), params, nowMs);
}

const finding = { status: 'breached', exceeded: 'finding', sinceAtMs: nowMs, recheckAtMs } as const;

describe('hardware-inventory-complete', () => {
  it('is met by young inventories while the register is not kept', () => {
    expect(judge([server, router])).toEqual({
      status: 'compliant',
      reasonCode: 'inventoried',
      reasonArgs: { machineCount: 1, staleAfterDays: 7 },
      evidence: [measuredRecord(1)],
      recheckAtMs,
    });
  });

  it('asks for every machine in the register once that is kept', () => {
    expect(judge([server, router], [row('server-1'), row('router-1')])).toEqual({
      status: 'compliant',
      reasonCode: 'registered',
      reasonArgs: { machineCount: 2, staleAfterDays: 7 },
      evidence: [reference('hardware', 1), reference('hardware', 2), measuredRecord(1)],
      recheckAtMs,
    });
    expect(judge([server, router], [row('server-1')])).toEqual({
      ...finding,
      reasonCode: 'not-in-register',
      reasonArgs: { nodes: 'router-1' },
      evidence: [measuredRecord(2)],
    });
  });

  it('asks for asset numbers where the duty does', () => {
    const rows = [row('server-1', { assetNumber: '02.06.01' }), row('router-1')];

    expect(judge([server, router], rows).status).toBe('compliant');
    expect(judge([server, router], rows, { needsAssetNumber: true })).toEqual({
      ...finding,
      reasonCode: 'no-asset-number',
      reasonArgs: { names: 'Mesin router-1' },
      evidence: [reference('hardware', 2)],
    });
  });

  it('accuses nobody of a server that is silent', () => {
    expect(judge([server, stale])).toEqual({
      status: 'no-evidence',
      reasonCode: 'inventory-missing',
      endsBreach: true,
      reasonArgs: { nodes: 'server-2', staleAfterDays: 7 },
      evidence: [],
      recheckAtMs,
    });
    expect(judge([server, stale], [], { staleAfterDays: 9 }).status).toBe('compliant');
    expect(judge([router]).reasonCode).toBe('no-server');
  });
});
