// Says whether a context with the authorities of argv[2] trusts the servers at the ports behind it.
import { readFileSync } from 'node:fs';
import { trustedContext } from '../../../src/http/agents.ts';
import { trusts } from '../handshake.ts';

const [file = '', ...ports] = process.argv.slice(2);
const context = trustedContext(readFileSync(file, 'utf8'));
const said: string[] = [];
for (const port of ports) said.push(await trusts(Number(port), context));
process.stdout.write(said.join(' '));
