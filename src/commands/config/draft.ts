// The config file that is added to: found, read before anything is asked, and written as a whole at the end.
import { lstatSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { type LocateOptions, locateConfig, newConfigPath } from '../../config/locations.ts';
import { ConfigError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import { openFile } from '../../files/atomic-file.ts';
import { checkTarget } from '../../files/target.ts';
import type { Context } from '../../lookup/context.ts';
import { platformOf } from '../../lookup/platform.ts';
import { openConfig } from '../../lookup/profile.ts';

/** The file as it is: what is not understood here is kept. */
export interface Draft {
  readonly profiles?: Readonly<Record<string, { readonly provider: string }>>;
  readonly defaults?: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

export interface DraftFile {
  readonly path: string;
  readonly draft: Draft;
}

/** What is added. */
export interface Addition {
  readonly name: string;
  readonly profile: Readonly<Record<string, unknown>> & { readonly provider: string };
  /** The profile of that provider to ask when none is named; undefined leaves that as it is. */
  readonly preferred: string | undefined;
}

/** The file to write: the one that is in use, else the one that is named or would be found first. It must be valid before it is added to. */
export async function openDraft(context: Context, config: string | undefined): Promise<DraftFile> {
  const options = { ...platformOf(context), cwd: context.runtime.cwd, ...(config !== undefined && { configFlag: config }) };
  const wanted = newConfigPath(options);
  if (wanted === undefined)
    throw new ConfigError(say`no place for a config file is known`, { hint: say`set HOME, or name one with --config` });
  const path = isThere(wanted) ? wanted : (foundPath(options) ?? wanted);
  if (extname(path) !== '.json') {
    const hint = say`add the profile by hand, or name another file with --config`;
    const [isNot, hasTo] = [say`${path} is not JSON, so it is not rewritten`, say`${path} has to end in .json to be written`];
    throw new ConfigError(isThere(path) ? isNot : hasTo, { hint });
  }
  return { path, draft: await readDraft(context, path, config) };
}

/** Adds to the file as it is by now. Throws ConfigError or WriteError; then it is as it was. */
export async function writeAddition(
  context: Context,
  { path }: DraftFile,
  config: string | undefined,
  { name, profile, preferred }: Addition,
): Promise<void> {
  const draft = await readDraft(context, path, config);
  if (hasProfile(draft, name)) throw new ConfigError(say`profile ${name} has been written meanwhile by another run`);
  const defaults = preferred === undefined ? {} : { defaults: { ...draft.defaults, [profile.provider]: preferred } };
  const text = `${JSON.stringify({ ...draft, ...defaults, profiles: { ...draft.profiles, [name]: profile } }, null, 2)}\n`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const sink = await openFile(await checkTarget(path, { clobber: true, uid: context.runtime.uid }));
  try {
    await sink.write(text);
    await sink.commit();
  } catch (error) {
    await sink.abandon();
    throw error;
  }
}

export function hasProfile({ profiles }: Draft, name: string): boolean {
  return profiles !== undefined && Object.hasOwn(profiles, name);
}

async function readDraft(context: Context, path: string, config: string | undefined): Promise<Draft> {
  if (!isThere(path)) return {};
  await openConfig(context, config);
  return JSON.parse(await readFile(path, 'utf8')) as Draft;
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
