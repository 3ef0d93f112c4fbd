// Names of profiles, for shell completion: quick, without a word about what is wrong, and without reading any secret.

import { LoanqError } from '../core/errors.ts';
import type { ExitName } from '../core/exit-codes.ts';
import type { Context } from '../lookup/context.ts';
import { openConfig } from '../lookup/profile.ts';
import { printLines } from '../output/destination.ts';

/** One a line with its host behind a TAB; of one provider, or of all. A broken configuration has none. */
export async function printProfileNames(context: Context, provider: string | undefined, file: string | undefined): Promise<ExitName> {
  return printLines(context, await namesOf(context, provider, file));
}

async function namesOf(context: Context, provider: string | undefined, file: string | undefined): Promise<string[]> {
  try {
    const config = await openConfig(context, file);
    const entries = [...(config?.profiles.values() ?? [])];
    const own = entries.filter(
      entry => provider === undefined || !Object.hasOwn(context.providers, provider) || entry.provider === provider,
    );
    return own.map(entry => `${entry.name}\t${new URL(entry.open().baseUrl).host}`);
  } catch (error) {
    if (error instanceof LoanqError) return [];
    throw error;
  }
}
