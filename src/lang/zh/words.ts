// Every phrase that the program says, in Chinese.
import type { Phrases } from '../translations.ts';
import { core } from './words-core.ts';

export default { ...core } satisfies Phrases;
