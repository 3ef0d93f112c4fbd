// Finds and loads the configuration in a process of its own and prints what came of it.
import { loadConfig } from '../../../src/config/config.ts';
import { locateConfig } from '../../../src/config/locations.ts';
import { providerTable } from '../providers.ts';

const { env, platform } = process;
const home = env.HOME ?? '';
const located = locateConfig({ env, home, platform, cwd: process.cwd() });
const config = located && (await loadConfig(located.path, { providers: providerTable, home, platform, uid: process.getuid?.() ?? 0 }));
process.stdout.write(JSON.stringify({ path: located?.path, profiles: [...(config?.profiles.keys() ?? [])] }));
