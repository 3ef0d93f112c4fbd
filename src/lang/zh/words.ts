// Every phrase that the program says, in Chinese.
import type { Phrases } from '../translations.ts';
import { commands } from './words-commands.ts';
import { config } from './words-config.ts';
import { core } from './words-core.ts';
import { guide } from './words-guide.ts';
import { keys } from './words-keys.ts';
import { paths } from './words-paths.ts';
import { plan } from './words-plan.ts';
import { screen } from './words-screen.ts';

export default {
  ...commands,
  ...config,
  ...core,
  ...guide,
  ...keys,
  ...paths,
  ...plan,
  ...screen,
} satisfies Phrases;
