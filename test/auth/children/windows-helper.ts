// Says how a helper would be started on Windows: the platform is claimed, and what would be started is printed instead.
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

Object.defineProperty(process, 'platform', { value: 'win32' });
childProcess.spawn = ((command: string, args: readonly string[], { windowsVerbatimArguments, shell }: childProcess.SpawnOptions) => {
  process.stdout.write(JSON.stringify({ command, args, windowsVerbatimArguments, shell }));
  process.exit();
}) as never;
syncBuiltinESMExports();

const { runHelper } = await import('../../../src/auth/helper-process.ts');
const argv = process.argv.slice(2);
await runHelper(argv, { env: {}, cwd: '/', limitMs: 1000, maxBytes: 10, platform: 'win32', killGroup: () => undefined });
