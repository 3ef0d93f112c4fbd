// `loanq config init`: asks for one profile and writes it, readable by its owner only.
import { lstatSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname, extname } from 'node:path';
import { readBaseUrl } from '../../config/base-url.ts';
import { variableName } from '../../config/env-profile.ts';
import { type LocateOptions, locateConfig, newConfigPath } from '../../config/locations.ts';
import { isLiteral, sourceFault } from '../../config/secret-source.ts';
import { profileName } from '../../config/value-faults.ts';
import { type Asking, ask } from '../../console/prompts.ts';
import { ConfigError } from '../../core/errors.ts';
import type { ExitName } from '../../core/exit-codes.ts';
import type { Provider } from '../../core/provider.ts';
import { requiredCredentials } from '../../core/scheme.ts';
import { openFile } from '../../files/atomic-file.ts';
import { checkTarget } from '../../files/target.ts';
import type { Context } from '../../lookup/context.ts';
import { platformOf } from '../../lookup/platform.ts';
import { openConfig } from '../../lookup/profile.ts';
import { loadProvider } from '../../providers/index.ts';
import type { CalledCommand } from '../command.ts';

const hint = 'copy config.example.json to the path "loanq config path" names, or run this in a terminal';

type Draft = Readonly<Record<string, unknown>> & { readonly profiles?: Readonly<Record<string, unknown>> };

/** Whom to ask, and what is already decided. */
export interface InitRequest {
  /** `--config`. */
  readonly config: string | undefined;
  readonly mayPrompt: () => boolean;
}

/** What was set up. */
export interface InitDone {
  readonly provider: string;
  readonly profile: string;
  /** The config file. */
  readonly path: string;
}

/** `loanq config init`. */
export async function initConfig(context: Context, { options, talk }: CalledCommand): Promise<ExitName> {
  await runInit(context, { config: options.config, mayPrompt: talk.mayPrompt });
  return 'ok';
}

/**
 * Adds a profile to the config file, which is created when there is none. Throws UsageError where nobody can be asked, SignalError when
 * the person gives up; then nothing has been written.
 */
export async function runInit(context: Context, { config, mayPrompt }: InitRequest): Promise<InitDone> {
  const asking = { runtime: context.runtime, mayPrompt };
  const { path, exists } = target(context, config);
  const draft = exists ? await readDraft(context, path, config) : {};
  const { provider } = await ask<{ provider: string }>(
    asking,
    [
      {
        type: 'select',
        name: 'provider',
        message: 'Which system?',
        choices: Object.entries(context.providers).map(([value, { title }]) => ({ value, name: title })),
      },
    ],
    hint,
  );
  const literal = await loadProvider(provider, context.providers);
  const { name, baseUrl } = await ask<{ name: string; baseUrl: string }>(
    asking,
    [
      { type: 'input', name: 'name', message: 'Name of the profile?', default: provider, validate: text => checkName(text, draft) },
      { type: 'input', name: 'baseUrl', message: 'Base URL?', default: literal.baseUrl, validate: checkUrl },
    ],
    hint,
  );
  const credentials = await askCredentials(asking, literal, context.runtime.platform);
  const settings = await askSettings(asking, literal);
  const profile = { provider, baseUrl, ...settings, credentials };
  const file = `${JSON.stringify({ ...draft, profiles: { ...draft.profiles, [name]: profile } }, null, 2)}\n`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const sink = await openFile(await checkTarget(path, { clobber: true, uid: context.runtime.uid }));
  try {
    await sink.write(file);
    await sink.commit();
  } catch (error) {
    await sink.abandon();
    throw error;
  }
  context.messages.note(`wrote profile ${name} to ${path}`);
  return { provider, profile: name, path };
}

/** The file to write: the one that is in use, else the one that is named or would be found first. */
function target(context: Context, config: string | undefined): { readonly path: string; readonly exists: boolean } {
  const options = { ...platformOf(context), cwd: context.runtime.cwd, ...(config !== undefined && { configFlag: config }) };
  const wanted = newConfigPath(options);
  if (wanted === undefined) throw new ConfigError('no place for a config file is known', { hint: 'set HOME, or name one with --config' });
  const path = isThere(wanted) ? wanted : (foundPath(options) ?? wanted);
  if (extname(path) !== '.json') {
    const what = isThere(path) ? 'is not JSON, so it is not rewritten' : 'has to end in .json to be written';
    throw new ConfigError(`${path} ${what}`, { hint: 'add the profile by hand, or name another file with --config' });
  }
  return { path, exists: isThere(path) };
}

/** The file a lookup would use; undefined when there is none, also under the name that is asked for. */
function foundPath(options: LocateOptions): string | undefined {
  try {
    return locateConfig(options)?.path;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The configuration so far; it must be valid before something is added. */
async function readDraft(context: Context, path: string, config: string | undefined): Promise<Draft> {
  await openConfig(context, config);
  return JSON.parse(await readFile(path, 'utf8')) as Draft;
}

function checkName(text: string, { profiles }: Draft): true | string {
  if (!profileName.test(text)) return 'letters, digits, - and _ only';
  return profiles !== undefined && Object.hasOwn(profiles, text) ? 'there is a profile of that name' : true;
}

function checkUrl(text: string): true | string {
  const read = readBaseUrl(text);
  return 'url' in read ? true : read.fault;
}

function checkReference(text: string, platform: NodeJS.Platform): true | string {
  if (isLiteral(text)) return 'a reference such as env:NAME, so that the file holds no secret';
  return sourceFault(text, platform) ?? true;
}

function checkAddress(text: string): true | string {
  return text === '' || isIP(text) !== 0 || 'must be an IP address';
}

async function askCredentials(asking: Asking, provider: Provider, platform: NodeJS.Platform): Promise<Record<string, string>> {
  const choices = provider.schemes.map((scheme, value) => ({ value, name: requiredCredentials(scheme).join(' and ') }));
  const { at } =
    choices.length === 1
      ? { at: 0 }
      : await ask<{ at: number }>(asking, [{ type: 'select', name: 'at', message: 'Which credential?', choices }], hint);
  const wanted = provider.schemes.slice(at, at + 1).flatMap(requiredCredentials);
  const credentials: Record<string, string> = {};
  for (const name of wanted) {
    const { source } = await ask<{ source: string }>(
      asking,
      [
        {
          type: 'input',
          name: 'source',
          message: `Where is ${name}? (env:NAME, file:PATH or keyring:ACCOUNT)`,
          default: `env:${variableName(name, provider)}`,
          validate: text => checkReference(text, platform),
        },
      ],
      hint,
    );
    credentials[name] = source;
  }
  return credentials;
}

async function askSettings(asking: Asking, provider: Provider): Promise<Record<string, string>> {
  const settings: Record<string, string> = {};
  for (const [name, setting] of Object.entries(provider.settings ?? {})) {
    if (setting.type !== 'ip') continue;
    const { value } = await ask<{ value: string }>(
      asking,
      [{ type: 'input', name: 'value', message: `${name}? ${setting.about}`, validate: checkAddress }],
      hint,
    );
    if (value !== '') settings[name] = value;
  }
  return settings;
}
