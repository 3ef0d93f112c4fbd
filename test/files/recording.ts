// Notes what reaches the disk and in which order: a file system that does everything and writes down the name of it.
// In a test: vi.mock('node:fs/promises', async importActual => recording(await importActual()));
import type * as FileSystem from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';

/** `sync out.csv.partial`, `rename out.csv.partial out.csv`, … since the last `takeSteps`. */
let steps: string[] = [];

export function takeSteps(): string[] {
  const taken = steps;
  steps = [];
  return taken;
}

function note(...words: readonly string[]): void {
  steps.push(words.join(' '));
}

function recorded(handle: FileHandle, name: string): FileHandle {
  for (const method of ['write', 'writeFile', 'appendFile', 'chmod', 'datasync', 'sync'] as const) {
    const original = Reflect.get(handle, method);
    const noting = (...args: unknown[]): unknown => {
      note(method, name);
      return Reflect.apply(original, handle, args);
    };
    Object.assign(handle, { [method]: noting });
  }
  return handle;
}

export function recording(actual: typeof FileSystem): typeof FileSystem {
  return {
    ...actual,
    open: async (path, flags, mode) => recorded(await actual.open(path, flags, mode), basename(String(path))),
    rename: async (from, to) => {
      note('rename', basename(String(from)), basename(String(to)));
      await actual.rename(from, to);
    },
    unlink: async path => {
      note('unlink', basename(String(path)));
      await actual.unlink(path);
    },
  };
}
