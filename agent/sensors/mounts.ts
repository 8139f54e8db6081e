/** One line of /proc/self/mounts. Texts hold bytes (latin1), because a path in Linux need not be UTF-8. */
export interface Mount {
  device: string;
  mount: string;
  type: string;
  readOnly: boolean;
  /** Served by another machine or process, which may never answer. */
  remote: boolean;
}

/** Images that are full by nature; their free space says nothing. */
const imageTypes = new Set(['squashfs', 'iso9660', 'udf', 'erofs', 'cramfs', 'romfs']);
/** Storage whose device is not a path under /dev. */
const localTypes = new Set(['zfs', 'ubifs', 'jffs2', 'yaffs2', 'bcachefs', 'btrfs', 'rootfs']);
const remoteTypes = new Set(
  'nfs nfs4 cifs smb3 smbfs ceph 9p virtiofs lustre afs beegfs gpfs gfs2 ocfs2 glusterfs'.split(' '),
);
const remoteFuse = /^fuse\.(sshfs|glusterfs|s3fs|s3ql|rclone|ceph|ceph-fuse|mfs|juicefs|curlftpfs|davfs|goofys)$/;
const localFuse = /^(fuseblk|fuse\.(mergerfs|unionfs|ntfs-3g|exfat|zfs))$/;
/** Folders in which systems and container engines mount things for themselves. */
const plumbing =
  /^\/(dev|proc|sys|snap|run(?!\/media\/)|var\/lib\/(docker|containers|containerd|kubelet|lxcfs)\/.*)(\/|$)/;

/**
 * The filesystems worth watching: on a block device, on the network, or the root itself (which is an overlay on
 * routers and in containers). A device mounted in several places (bind mounts, subvolumes) counts once, at its
 * shortest path; a mount that another one covers does not count.
 * @param text content of /proc/self/mounts read as latin1.
 */
export function parseMounts(text: string): Mount[] {
  const visible = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const mount = parseLine(line);
    if (mount !== undefined) visible.set(mount.mount, mount);
  }
  const byDevice = new Map<string, Mount>();
  for (const mount of visible.values()) {
    if (!isStorage(mount)) continue;
    const key = `${mount.type} ${mount.device}`;
    const known = byDevice.get(key);
    if (known === undefined || mount.mount.length < known.mount.length) byDevice.set(key, mount);
  }
  return [...byDevice.values()];
}

function parseLine(line: string): Mount | undefined {
  const [device, mount, type, options] = line.split(' ').map(decodeOctal);
  if (device === undefined || !mount?.startsWith('/') || !type || options === undefined) return undefined;
  const remote = remoteTypes.has(type) || remoteFuse.test(type);
  return { device: device === '' ? type : device, mount, type, readOnly: options.split(',').includes('ro'), remote };
}

function isStorage({ device, mount, type, remote }: Mount): boolean {
  if (imageTypes.has(type)) return false;
  if (mount === '/') return type !== 'tmpfs' && type !== 'ramfs';
  if (plumbing.test(mount)) return false;
  return remote || localTypes.has(type) || localFuse.test(type) || device.startsWith('/dev/');
}

/** The kernel writes space, tab, newline, backslash and hash as three octal digits. */
export function decodeOctal(text: string): string {
  return text.replaceAll(/\\([0-3][0-7]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
