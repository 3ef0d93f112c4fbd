// A name server that does not answer, as behind a VPN that is down: the system's own look-up, which nothing can stop, must not hold the
// process for long after everything has been said. Here the system is told to wait for 150 seconds.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { hasOtherUser } from '../runner/other-user.ts';
import { configFor } from '../runner/profiles.ts';
import { hasPrograms } from '../runner/programs.ts';
import { runShell } from '../runner/run.ts';

const home = await sharedHome();
await home.configure(configFor('crego', 'https://crego.invalid-host.example'));
const file = await home.write('resolv.conf', 'nameserver 127.0.0.1\noptions timeout:30 attempts:5\n', 0o644);
const nameserver = join(import.meta.dirname, 'children/silent-nameserver.cjs');

function hasNetworkOfItsOwn(): boolean {
  if (!hasOtherUser || !hasPrograms({ unshare: 'util-linux', ip: 'iproute2', mount: 'mount' })) return false;
  try {
    execFileSync('unshare', ['--mount', '--net', 'sh', '-c', 'ip link set lo up'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('skipped: no network of its own can be had here');
    return false;
  }
}

const lookUp = (more: string) =>
  runShell(
    `exec unshare --mount --net sh -c 'mount --bind "$0" /etc/resolv.conf && ip link set lo up && exec "$NODE" "$@"' \
       ${file} ${nameserver} "$LAUNCHER" crego record 229fe24c-d840-48dc-959a-e0ff1479df35 --retries 0 ${more}`,
    { home, limitMs: 45_000 },
  );

describe.runIf(hasNetworkOfItsOwn())('a name that nobody looks up', () => {
  it('is a temporary failure, and the process ends', async () => {
    const { code, stderr } = await lookUp('');
    expect(stderr).toMatch(/^error: crego record .*crego\.invalid-host\.example/);
    expect(code).toBe(25);
  });

  it('does not hold a run behind its deadline', async () => {
    const { code, stderr } = await lookUp('--deadline 1');
    expect(stderr).toBe('error: crego record 229fe24c-d840-48dc-959a-e0ff1479df35: the deadline of 1 s has passed\n');
    expect(code).toBe(28);
  });
});
