// Every phrase that the program says, in Chinese.
import type { Phrases } from '../translations.ts';
import { auth } from './words-auth.ts';
import { batch } from './words-batch.ts';
import { cli } from './words-cli.ts';
import { commands } from './words-commands.ts';
import { config } from './words-config.ts';
import { core } from './words-core.ts';
import { decode } from './words-decode.ts';
import { files } from './words-files.ts';
import { guide } from './words-guide.ts';
import { http } from './words-http.ts';
import { keyNames } from './words-key-names.ts';
import { keys } from './words-keys.ts';
import { lookup } from './words-lookup.ts';
import { output } from './words-output.ts';
import { paths } from './words-paths.ts';
import { plan } from './words-plan.ts';
import { providers } from './words-providers.ts';
import { screen } from './words-screen.ts';
import { setup } from './words-setup.ts';
import { sheets } from './words-sheets.ts';
import { watch } from './words-watch.ts';

export default {
  ...auth,
  ...batch,
  ...cli,
  ...commands,
  ...config,
  ...core,
  ...decode,
  ...files,
  ...guide,
  ...http,
  ...keyNames,
  ...keys,
  ...lookup,
  ...output,
  ...paths,
  ...plan,
  ...providers,
  ...screen,
  ...sheets,
  ...watch,
  ...setup,
} satisfies Phrases;
