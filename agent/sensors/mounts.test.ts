import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOctal, parseMounts } from './mounts.ts';

const mountsOf = (...lines: string[]) => parseMounts(`${lines.join('\n')}\n`).map(({ mount }) => mount);

describe('parseMounts', () => {
  it('keeps filesystems on block devices and on the network', () => {
    expect(
      mountsOf(
        '/dev/vda1 / ext4 rw,relatime 0 0',
        '/dev/mapper/vg-data /srv/data xfs rw 0 0',
        'tank/home /home zfs rw,xattr 0 0',
        '10.0.0.5:/export /mnt/nfs nfs4 rw,vers=4.2 0 0',
        '//nas/backup /mnt/nas cifs rw 0 0',
        'user@host:/ /mnt/ssh fuse.sshfs rw 0 0',
      ),
    ).toEqual(['/', '/srv/data', '/home', '/mnt/nfs', '/mnt/nas', '/mnt/ssh']);
  });

  it('leaves out what has no storage of its own, images, and the plumbing of containers', () => {
    expect(
      mountsOf(
        'proc /proc proc rw 0 0',
        'tmpfs /run tmpfs rw 0 0',
        'tmpfs /tmp tmpfs rw 0 0',
        'cgroup2 /sys/fs/cgroup cgroup2 rw 0 0',
        '/dev/loop3 /snap/core/1 squashfs ro 0 0',
        '/dev/sr0 /media/cdrom iso9660 ro 0 0',
        'overlay /var/lib/docker/overlay2/ab/merged overlay rw 0 0',
        '/dev/sda2 /var/lib/kubelet/pods/x ext4 rw 0 0',
        'portal /run/user/1000/doc fuse.portal rw 0 0',
        'systemd-1 /proc/sys/fs/binfmt_misc autofs rw 0 0',
      ),
    ).toEqual([]);
  });

  it('keeps the root also where it is an overlay, as on routers and in containers', () => {
    expect(mountsOf('overlayfs:/overlay / overlay rw 0 0', 'tmpfs /tmp tmpfs rw 0 0')).toEqual(['/']);
  });

  it('counts a device that is mounted in several places once, at its shortest path', () => {
    expect(
      mountsOf('/dev/sda1 /etc/hosts ext4 rw 0 0', '/dev/sda1 /srv ext4 rw 0 0', '/dev/sda1 /srv/www ext4 rw 0 0'),
    ).toEqual(['/srv']);
  });

  it('leaves out a filesystem that another one covers', () => {
    expect(mountsOf('/dev/sda1 /data ext4 rw 0 0', 'tmpfs /data tmpfs rw 0 0')).toEqual([]);
    expect(mountsOf('/dev/sda1 /data ext4 rw 0 0', '/dev/sdb1 /data xfs rw 0 0')).toEqual(['/data']);
  });

  it('tells read-only by the whole option, not by a part of one', () => {
    const [first, second] = parseMounts('/dev/a1 /a ext4 ro,relatime 0 0\n/dev/b1 /b ext4 rw,errors=remount-ro 0 0\n');
    expect([first?.readOnly, second?.readOnly]).toEqual([true, false]);
  });

  it('decodes the octal escapes of the kernel', () => {
    expect(mountsOf(String.raw`/dev/sda1 /mnt/data\040lama\134x ext4 rw 0 0`)).toEqual(['/mnt/data lama\\x']);
  });

  it('reads back every path that the kernel can escape', () => {
    const escape = (path: string) =>
      path.replaceAll(/[ \t\n\\#]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from(' \t\n\\#/ab0417é')) }), (path) => {
        expect(decodeOctal(escape(path))).toBe(path);
      }),
    );
  });

  it('survives any content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const { mount, type } of parseMounts(text)) expect(mount.startsWith('/') && type !== '').toBe(true);
      }),
    );
    expect(mountsOf('', ' ', '/dev/sda1', '/dev/sda1 /', '/dev/sda1 / ext4', 'x y z w')).toEqual([]);
  });
});
