// `loanq help environment` names every variable that makes a profile: a name that is guessed wrong is refused.
import { expect, test } from 'vitest';
import { topicText } from '../../src/cli/help-topics.ts';
import { variableNames } from '../../src/config/env-profile.ts';
import { credentialNames, shapeOf } from '../../src/config/shape.ts';
import { allProviders, providers } from '../../src/providers/index.ts';

const text = topicText('environment');

test.each((await allProviders(providers)).map(provider => [provider.name, shapeOf(provider)] as const))('%s', (_, shape) => {
  const settings = Object.entries(shape.settings ?? {}).flatMap(([name, { type, choices = [] }]) =>
    type === 'paths' ? choices.map(path => `${name}-${path}`) : [name],
  );
  const names = variableNames([...credentialNames(shape), ...settings], shape);
  expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});
