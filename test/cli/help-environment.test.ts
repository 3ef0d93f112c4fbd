// `loanq help environment` names every variable that makes a profile: a name that is guessed wrong is refused.
import { expect, test } from 'vitest';
import { topicText } from '../../src/cli/help-topics.ts';
import { variableName } from '../../src/config/env-profile.ts';
import { credentialNames, unpublishedPaths } from '../../src/core/provider.ts';
import { allProviders, providers } from '../../src/providers/index.ts';

const text = topicText('environment');

test.each((await allProviders(providers)).map(provider => [provider.name, provider] as const))('%s', (_, provider) => {
  const settings = Object.entries(provider.settings ?? {}).flatMap(([name, { type }]) =>
    type === 'paths' ? unpublishedPaths(provider).map(path => `${name}-${path}`) : [name],
  );
  const names = [...credentialNames(provider), ...settings].map(name => variableName(name, provider));
  expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});
