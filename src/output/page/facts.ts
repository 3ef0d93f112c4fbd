// What a page says of itself at its head: whoever gets it as an attachment has seen no command line.
import type { Language } from '../../core/formats.ts';

/** Where a result is from. */
export interface ResultFacts {
  /** Of the provider, as people call it. */
  readonly system: string;
  readonly endpoint: string;
  readonly summary: string;
  readonly profile?: string;
  readonly hosts: readonly string[];
  /** As the profile names it: production. */
  readonly environment?: string;
  /** The file that a saved answer was read from. */
  readonly saved?: string;
  readonly isMadeUp: boolean;
  readonly at: Date;
  /** What a list has more of than the rows; asked once they are there. */
  readonly part?: () => { readonly rows: number; readonly total?: number | undefined } | undefined;
  /** Keys of which there are no rows; asked once all were asked for. */
  readonly undelivered?: () => { readonly missing: number; readonly failed: number };
  /** The command that made it, to be pasted; nothing secret or personal is in it. */
  readonly command?: string;
}

/** The same with how its values are shown. */
export interface PageFacts extends ResultFacts {
  readonly masked: boolean;
  /** Name of the zone of times. */
  readonly zone: string;
  readonly language: Language;
}
