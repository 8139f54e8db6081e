import { noise } from '../noise.ts';
import { perangkatDaerahNames } from '../perangkat-daerah-names.ts';

/** What may be wrong with a dataset; each is a night's work of somebody. */
export type DatasetTrouble = 'overdue' | 'failed' | 'not-arrived' | 'empty';

export interface LengkapDataset {
  id: string;
  trouble?: DatasetTrouble;
  /** The last restore test; none was ever told of when absent. */
  restoreTest?: 'passed' | 'failed' | 'overdue';
  /** Whether copies of it are carried on to the DRC. */
  isOffsite: boolean;
}

/** `dead`: neither power nor link. `unstable`: it comes and goes. `lossy`: two packets of five are lost. */
export type SiteTrouble = 'dead' | 'unstable' | 'lossy';

export interface LengkapSite {
  id: string;
  name: string;
  /** The first three numbers of its network. */
  network: string;
  medium: 'fiber' | 'radio' | 'cellular' | 'satellite';
  area?: string;
  /** A site without one is not connected to the Jaringan Intra. */
  hasRouter: boolean;
  approvedMbps: { down: number; up: number };
  /** Mean use of the approved bandwidth. */
  usedRatio: number;
  trouble?: SiteTrouble;
}

/** `outside`: it reports by another line. `lan`: its gateway does not answer. `disk`: little space, and a disk that became read-only. */
export type NodeTrouble = 'outside' | 'lan' | 'disk';

export interface LengkapDepartment {
  id: string;
  name: string;
  mandiriTik: boolean;
  /** The first is where its servers stand. */
  sites: LengkapSite[];
  datasets: LengkapDataset[];
  /** Of its second server; of its first where it has only one and there is no router. */
  nodeTrouble?: NodeTrouble;
  /** A target that does not answer when asked from here. */
  deadLayer?: 'spl' | 'internet' | 'jip';
  /** Its machines lose their link for a while and then send what they spooled. */
  isReturning?: boolean;
}

/** The troubles of one department; what is absent is well. */
interface Part {
  mandiriTik?: boolean;
  datasets?: [DatasetTrouble | undefined, DatasetTrouble | undefined];
  restoreTests?: [LengkapDataset['restoreTest'], LengkapDataset['restoreTest']];
  withoutDatasets?: boolean;
  withoutRouter?: boolean;
  siteTrouble?: SiteTrouble;
  secondSite?: SiteTrouble | 'well';
  usedRatio?: number;
  nodeTrouble?: NodeTrouble;
  deadLayer?: LengkapDepartment['deadLayer'];
  isReturning?: boolean;
}

/** The first departments have among them everything that can be wrong. */
const cast: readonly Part[] = [
  { restoreTests: ['passed', 'overdue'] },
  {
    mandiriTik: true,
    datasets: [undefined, 'not-arrived'],
    restoreTests: ['passed', undefined],
    secondSite: 'unstable',
    usedRatio: 1.2,
    deadLayer: 'jip',
  },
  {
    datasets: ['failed', undefined],
    restoreTests: [undefined, 'failed'],
    nodeTrouble: 'outside',
    deadLayer: 'spl',
    secondSite: 'lossy',
  },
  { datasets: ['overdue', 'empty'], nodeTrouble: 'disk', deadLayer: 'internet', usedRatio: 0.9 },
  { siteTrouble: 'dead', restoreTests: ['passed', undefined] },
  { withoutDatasets: true, withoutRouter: true, nodeTrouble: 'outside' },
  { isReturning: true, secondSite: 'well' },
  { nodeTrouble: 'lan' },
];

/** Among many departments a few have a trouble each, most have none. */
const others: readonly Part[] = [
  { datasets: ['overdue', undefined] },
  { usedRatio: 1.1 },
  { siteTrouble: 'dead' },
  { datasets: [undefined, 'failed'] },
  { siteTrouble: 'unstable' },
  { nodeTrouble: 'disk' },
  { datasets: ['not-arrived', undefined] },
];
const troubledEvery = 9;

function partOf(index: number): Part {
  const own = cast[index];
  if (own !== undefined) return own;
  const restoreTests: Part = { restoreTests: ['passed', index % 3 === 0 ? 'passed' : undefined] };
  const rank = index - cast.length;
  return rank % troubledEvery === 0
    ? { ...restoreTests, ...others[(rank / troubledEvery) % others.length] }
    : restoreTests;
}

/** @param count 1 to 900; from eight departments on everything is there that Pantau can tell of. */
export function lengkapDepartments(count: number): LengkapDepartment[] {
  return perangkatDaerahNames(count).map(({ id, name, datasets }, index) => {
    const part = partOf(index);
    const { mandiriTik = false, nodeTrouble, deadLayer, isReturning } = part;
    return {
      id,
      name,
      mandiriTik,
      sites: sitesOf(index, part),
      datasets: part.withoutDatasets === true ? [] : datasetsOf(datasets, index, part),
      ...(nodeTrouble && { nodeTrouble }),
      ...(deadLayer && { deadLayer }),
      ...(isReturning && { isReturning }),
    };
  });
}

const areas = ['Muara Aman', 'Tubei', 'Topos', 'Rimbo Pengadang'];
const media = ['fiber', 'fiber', 'radio', 'cellular', 'satellite'] as const;

function sitesOf(index: number, part: Part): LengkapSite[] {
  const { withoutRouter = false, siteTrouble, secondSite, usedRatio = 0.2 + 0.4 * noise(index, 51) } = part;
  const network = (from: number) => `10.${from + Math.floor(index / 250)}.${index % 250}`;
  const area = areas[index % areas.length] ?? '';
  const main: LengkapSite = {
    id: index === 0 ? 'pusat-data' : 'kantor',
    name: index === 0 ? 'Pusat Data' : 'Kantor',
    network: network(20),
    medium: index === 0 ? 'fiber' : (media[index % media.length] ?? 'fiber'),
    ...(index === 0 ? {} : { area }),
    hasRouter: !withoutRouter,
    approvedMbps: index === 0 ? { down: 200, up: 200 } : { down: 20, up: 10 },
    usedRatio,
    ...(siteTrouble && { trouble: siteTrouble }),
  };
  if (secondSite === undefined) return [main];
  const branch = { id: 'cabang', name: 'Kantor Cabang', network: network(40), medium: 'radio', area } as const;
  const line = { hasRouter: true, approvedMbps: { down: 10, up: 5 }, usedRatio: 0.35 };
  return [main, { ...branch, ...line, ...(secondSite === 'well' ? {} : { trouble: secondSite }) }];
}

function datasetsOf(ids: readonly string[], index: number, { datasets = [undefined, undefined], restoreTests }: Part) {
  return ids.slice(0, 2).map((id, place): LengkapDataset => {
    const [trouble, restoreTest] = [datasets[place], restoreTests?.[place]];
    return {
      id,
      ...(trouble && { trouble }),
      ...(restoreTest && { restoreTest }),
      isOffsite: (index + place) % 4 !== 3,
    };
  });
}
