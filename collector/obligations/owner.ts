import type { ContactConfig, PantauConfig } from '../config/schema.ts';
import { type OwnerRole, ownerRoles } from '../../shared/states.ts';
import type { Regulation } from './regulation.ts';
import type { Case } from './subjects.ts';

/** Whom an alert asks to act, and how to reach them. */
export interface Owner {
  name: string;
  contacts: ContactConfig[];
}

/**
 * Who must act on what is found of a subject, under the regulation that is cited; pure.
 * @param role what the verdict says, when it is not whom the duty names.
 */
export function ownerOf(
  { obligation, regulation, pd }: Pick<Case, 'obligation' | 'regulation' | 'pd'>,
  config: PantauConfig,
  role: OwnerRole = obligation.owner,
): Owner {
  const diskominfo = ownerFrom(config.pemda.diskominfo);
  const department = config.perangkatDaerah.find(({ id }) => id === pd);
  if (department === undefined) return diskominfo;
  // What Diskominfo runs for itself is looked after by the people whom every alert names.
  if (department.id === config.pemda.diskominfo.pd) {
    return role === 'perangkat-daerah' ? ownerFrom(department) : diskominfo;
  }
  switch (role) {
    case 'diskominfo':
      return diskominfo;
    case 'lan-operator':
      return lanOperatorOf(department, regulation) === 'diskominfo' ? diskominfo : ownerFrom(department);
    case 'joint':
      return bothOf(ownerFrom(department), diskominfo, config.language);
    case 'server-operator':
    case 'perangkat-daerah':
      return ownerFrom(department);
    default:
      throw new Error('unknown role');
  }
}

/** Whoever was asked to act on an incident hears of its end, whatever the verdict says by then. @param name as it has it. */
export function ownerNamed(name: string, judged: Parameters<typeof ownerOf>[0], config: PantauConfig): Owner {
  const own = ownerOf(judged, config);
  if (own.name === name) return own;
  return ownerRoles.map((role) => ownerOf(judged, config, role)).find((owner) => owner.name === name) ?? own;
}

type Operator = 'perangkat-daerah' | 'diskominfo';

/**
 * Who runs the LAN of a department: what the Pemda's register says; else the department itself where the regulation lets
 * a Perangkat Daerah Mandiri TIK do so; else whoever the regulation names.
 */
export function lanOperatorOf(
  { lanOperator, mandiriTik }: Pick<PantauConfig['perangkatDaerah'][number], 'lanOperator' | 'mandiriTik'>,
  { lan }: Pick<Regulation, 'lan'>,
): Operator {
  if (lanOperator !== undefined) return lanOperator.by;
  return mandiriTik && lan?.mandiriTik === true ? 'perangkat-daerah' : (lan?.operator ?? 'diskominfo');
}

function ownerFrom({ name, contacts }: Owner): Owner {
  return { name, contacts: contacts.map((contact) => ({ ...contact })) };
}

function bothOf(one: Owner, other: Owner, language: PantauConfig['language']): Owner {
  const and = language === 'id' ? 'dan' : 'and';
  return { name: `${one.name} ${and} ${other.name}`, contacts: [...one.contacts, ...other.contacts] };
}
