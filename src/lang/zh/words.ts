// Every phrase that the program says, in Chinese.
import type { Phrases } from '../translations.ts';
import { core } from './words-core.ts';
import { guide } from './words-guide.ts';
import { screen } from './words-screen.ts';

export default { ...core, ...guide, ...screen } satisfies Phrases;
