// Where answers come from, and which configuration is meant. Decided before a profile is opened.
import { section } from './section.ts';

export type Source =
  /** A saved answer; `-` is standard input. No profile is needed. */
  | { readonly kind: 'saved'; readonly file: string }
  /** The embedded sandbox under a profile of its own. */
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'profile'; readonly name: string | undefined; readonly config: string | undefined; readonly tokenCache: boolean };

export const planSource = section(['input', 'sandbox', 'profile', 'config', 'noTokenCache'], (options): Source => {
  if (options.input !== undefined) return Object.freeze({ kind: 'saved', file: options.input });
  if (options.sandbox) return Object.freeze({ kind: 'sandbox' });
  return Object.freeze({ kind: 'profile', name: options.profile, config: options.config, tokenCache: !options.noTokenCache });
});
