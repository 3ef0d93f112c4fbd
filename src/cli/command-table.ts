// The hand-written commands: their place in the tree. What they do is loaded only when one is called.
import type { CalledCommand } from '../commands/index.ts';
import type { Options } from '../plan/options.ts';

/** A hand-written command as called, with the global options. */
export interface CalledWithOptions extends CalledCommand {
  readonly options: Options;
}

export interface CommandEntry {
  /** commander's usage: name and arguments. */
  readonly usage: string;
  readonly summary: string;
  readonly options?: readonly (readonly [flags: string, about: string])[];
  readonly help?: string;
}

export const commandTable: readonly CommandEntry[] = [
  {
    usage: 'auth <action>',
    summary: 'Credentials: status, login, logout',
    options: [['--check', 'with status: ask the provider, with one harmless call']],
    help: 'status   where each secret comes from, and how long a token is valid\nlogin    obtain a token now (with --profile)\nlogout   revoke the token where the provider documents it, and delete it (with --profile)',
  },
  {
    usage: 'config <action>',
    summary: 'Show, create or check the configuration: path, init, list, check',
    help: 'path   where the configuration is looked for, and which file is used\ninit   create one, asking for what is needed\nlist   profiles and where each secret comes from\ncheck  read everything a lookup would read, send nothing',
  },
  {
    usage: 'endpoints',
    summary: 'Every endpoint with its method, path and documentation',
  },
  {
    usage: 'explain [code]',
    summary: 'What a code means: repayment types, states, provider error codes, exit codes',
  },
  {
    usage: 'sandbox',
    summary: 'Serve the embedded sandbox on loopback until interrupted',
    options: [
      ['--port <n>', 'first port; each provider takes the next one (default: free ports)'],
      ['--latency <ms>', 'delay of every answer'],
      ['--fault-rate <share>', 'share of answers that fail, from 0 to 1'],
    ],
  },
  {
    usage: 'help [topic]',
    summary: 'Help on a topic: output, exit-codes, environment, profiles, batch, options',
  },
];
