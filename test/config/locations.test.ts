import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configCandidates, locateConfig, newConfigPath, resolvePath, stateDir } from '../../src/config/locations.ts';
import { refusal, scratchDirectory, writeMode } from './scratch.ts';

const root = scratchDirectory();
const linux = { platform: 'linux', cwd: '/somewhere' } as const;

function homeWith(name: string, files: readonly string[]): string {
  const home = join(root, name);
  mkdirSync(join(home, '.config/loanq'), { recursive: true });
  for (const file of files) writeMode(join(home, file), '{}');
  return home;
}

describe('search order', () => {
  it('looks into the config directory, then the home directory', () => {
    expect(configCandidates({ env: {}, home: '/home/u', platform: 'linux' })).toEqual([
      '/home/u/.config/loanq/config.json',
      '/home/u/.config/loanq/config.yaml',
      '/home/u/.config/loanq/config.yml',
      '/home/u/.loanqrc',
      '/home/u/.loanqrc.json',
      '/home/u/.loanqrc.yaml',
      '/home/u/.loanqrc.yml',
    ]);
  });

  it('takes the first that exists', () => {
    const home = homeWith('first', ['.loanqrc.yml', '.loanqrc', '.config/loanq/config.yml']);
    expect(locateConfig({ ...linux, env: {}, home })).toEqual({ path: join(home, '.config/loanq/config.yml'), explicit: false });
  });

  it('uses XDG_CONFIG_HOME, but ignores a relative one', () => {
    const home = homeWith('xdg', ['.config/loanq/config.json']);
    const other = homeWith('other', ['.config/loanq/config.json']);
    const at = (dir: string) => locateConfig({ ...linux, env: { XDG_CONFIG_HOME: dir }, home })?.path;
    expect(at(join(other, '.config'))).toBe(join(other, '.config/loanq/config.json'));
    expect(at('.config')).toBe(join(home, '.config/loanq/config.json'));
    expect(at('')).toBe(join(home, '.config/loanq/config.json'));
  });

  it('knows no place without a home, rather than the working directory', () => {
    expect(configCandidates({ env: {}, home: '', platform: 'linux' })).toEqual([]);
    expect(configCandidates({ env: {}, home: 'relative', platform: 'linux' })).toEqual([]);
    expect(locateConfig({ ...linux, env: {}, home: '' })).toBeUndefined();
    expect(configCandidates({ env: { XDG_CONFIG_HOME: '/etc/xdg' }, home: '', platform: 'linux' })).toHaveLength(3);
  });

  it('finds nothing under a home that is no directory', () => {
    expect(locateConfig({ ...linux, env: {}, home: '/dev/null' })).toBeUndefined();
  });

  it('finds a dangling link, so that reading it fails rather than another file being used', () => {
    const home = homeWith('dangling', ['.loanqrc']);
    const link = join(home, '.config/loanq/config.json');
    symlinkSync('/nowhere/config.json', link);
    expect(locateConfig({ ...linux, env: {}, home })?.path).toBe(link);
  });

  it('uses %APPDATA%\\loanq on Windows', () => {
    const windows = {
      env: { APPDATA: 'C:\\Users\\u\\AppData\\Roaming', XDG_CONFIG_HOME: '/x' },
      home: 'C:\\Users\\u',
      platform: 'win32',
    } as const;
    expect(configCandidates(windows).slice(0, 4)).toEqual([
      'C:\\Users\\u\\AppData\\Roaming\\loanq\\config.json',
      'C:\\Users\\u\\AppData\\Roaming\\loanq\\config.yaml',
      'C:\\Users\\u\\AppData\\Roaming\\loanq\\config.yml',
      'C:\\Users\\u\\.loanqrc',
    ]);
    expect(stateDir(windows)).toBe('C:\\Users\\u\\AppData\\Roaming\\loanq\\state');
  });
});

describe('an explicit file', () => {
  const home = homeWith('explicit', ['.loanqrc', 'a.json', 'b.json']);
  const options = { ...linux, home };

  it('replaces the search; the flag wins over the variable', () => {
    const env = { LOANQ_CONFIG: join(home, 'b.json') };
    expect(locateConfig({ ...options, env })).toEqual({ path: join(home, 'b.json'), explicit: true });
    expect(locateConfig({ ...options, env, configFlag: join(home, 'a.json') })).toEqual({ path: join(home, 'a.json'), explicit: true });
    expect(locateConfig({ ...options, env: { LOANQ_CONFIG: '' } })?.path).toBe(join(home, '.loanqrc'));
  });

  it('may be relative or begin with ~/', () => {
    expect(locateConfig({ ...options, env: {}, cwd: home, configFlag: 'a.json' })?.path).toBe(join(home, 'a.json'));
    expect(locateConfig({ ...options, env: { LOANQ_CONFIG: '~/b.json' } })?.path).toBe(join(home, 'b.json'));
  });

  it('must exist', async () => {
    expect(await refusal(() => locateConfig({ ...options, env: {}, configFlag: '/no/such.json' }))).toBe(
      'the config file /no/such.json, named by --config, does not exist',
    );
    expect(await refusal(() => locateConfig({ ...options, env: { LOANQ_CONFIG: '/no/such.json' } }))).toBe(
      'the config file /no/such.json, named by LOANQ_CONFIG, does not exist',
    );
    expect(await refusal(() => locateConfig({ ...options, env: {}, configFlag: '' }))).toBe('--config names no file');
  });

  it('need not exist to be written', () => {
    expect(newConfigPath({ ...options, env: {}, configFlag: '/no/such.json' })).toBe('/no/such.json');
    expect(newConfigPath({ ...options, env: {} })).toBe(join(home, '.config/loanq/config.json'));
    expect(newConfigPath({ ...options, env: {}, home: '' })).toBeUndefined();
  });
});

describe('the state directory', () => {
  it('follows XDG_STATE_HOME when it is absolute', () => {
    expect(stateDir({ env: {}, home: '/home/u', platform: 'linux' })).toBe('/home/u/.local/state/loanq');
    expect(stateDir({ env: { XDG_STATE_HOME: '/var/s' }, home: '/home/u', platform: 'linux' })).toBe('/var/s/loanq');
    expect(stateDir({ env: { XDG_STATE_HOME: 'state' }, home: '/home/u', platform: 'linux' })).toBe('/home/u/.local/state/loanq');
    expect(stateDir({ env: {}, home: '', platform: 'linux' })).toBeUndefined();
  });
});

describe('paths', () => {
  it('start at the base, or at home for ~/', async () => {
    const at = { home: '/home/u', platform: 'linux' } as const;
    expect(resolvePath('key.pem', '/etc/loanq', at)).toBe('/etc/loanq/key.pem');
    expect(resolvePath('../key.pem', '/etc/loanq', at)).toBe('/etc/key.pem');
    expect(resolvePath('/key.pem', '/etc/loanq', at)).toBe('/key.pem');
    expect(resolvePath('~/key.pem', '/etc/loanq', at)).toBe('/home/u/key.pem');
    expect(resolvePath('~other/key.pem', '/etc/loanq', at)).toBe('/etc/loanq/~other/key.pem');
    expect(await refusal(() => resolvePath('~/key.pem', '/etc', { ...at, home: '' }))).toBe(
      'a path begins with ~, but the home directory is not known | set HOME or write the whole path',
    );
  });
});
