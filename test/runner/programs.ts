// Programs of the system that some tests drive. Where one is missing, the tests that need it say so and are skipped.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether all these programs can be run; names those that are missing, with the Debian packages they come from. */
export function hasPrograms(packages: Readonly<Record<string, string>>): boolean {
  const missing = Object.keys(packages).filter(name => !isThere(name));
  if (missing.length > 0) {
    const debian = new Set(missing.map(name => packages[name]));
    console.warn(`skipped without ${missing.join(', ')} (Debian: ${[...debian].join(' ')})`);
  }
  return missing.length === 0;
}

function isThere(name: string): boolean {
  return pathOf(name) !== '';
}

/** Where a program is; '' where it is missing. */
export function pathOf(name: string): string {
  const paths = (process.env.PATH ?? '').split(delimiter).map(directory => join(directory, name));
  return (
    paths.find(path => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }) ?? ''
  );
}
