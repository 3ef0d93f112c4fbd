// Which hosts are this machine: http is allowed to them, no proxy is used, and no rate is kept by itself.
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** 127/8, ::1, `localhost` and names below it, in any letters, with brackets or a final point. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  const version = isIP(host);
  return host === 'localhost' || host.endsWith('.localhost') || (version !== 0 && loopback.check(host, version === 6 ? 'ipv6' : 'ipv4'));
}
