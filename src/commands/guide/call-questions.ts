// What the guide asks to put one call together: under which profile, of which endpoint, and with which keys and parameters.
import { askField, type FieldPlace } from '../../console/field.ts';
import { type Endpoint, instantAbout, type Key, optionName, type Param } from '../../core/endpoint.ts';
import { LoanqError } from '../../core/errors.ts';
import { checkKey, isList, mainKey, trimKey } from '../../core/keys.ts';
import { keyWithin } from '../../core/pasted-key.ts';
import type { Provider } from '../../core/provider.ts';
import { say, sayingOf, type Words } from '../../core/say.ts';
import { named, short } from './choices.ts';
import type { KnownSystem } from './systems.ts';

export function askProfile(place: FieldPlace, { provider, choice }: KnownSystem): Promise<string> {
  return askField(place, {
    message: say`Under which profile of ${provider.title}?`,
    offer: text =>
      named(
        place,
        text,
        choice.map(name => ({ value: name, name })),
      ),
  });
}

/** What of a system; undefined: nothing of it. */
export function askEndpoint(place: FieldPlace, { title, endpoints }: Provider): Promise<Endpoint | undefined> {
  const offers = endpoints.map(endpoint => ({ value: endpoint, name: endpoint.name, note: noteOf(endpoint) }));
  return askField<Endpoint | undefined>(place, {
    message: say`What of ${title}?`,
    offer: text => [...named<Endpoint | undefined>(place, text, offers), { value: undefined, name: say`Back` }],
  });
}

function noteOf(endpoint: Endpoint): Words {
  const main = mainKey(endpoint);
  return main === undefined || isList(endpoint) ? endpoint.summary : say`${endpoint.summary} (${sayingOf(main.key.grammar.name)})`;
}

/** One key of a lookup, or for the last one several. */
export function askKeys(place: FieldPlace, endpoint: Endpoint, parameter: string, key: Key, samples: boolean): Promise<readonly string[]> {
  const isMain = mainKey(endpoint)?.parameter === parameter && key.many !== undefined;
  const word = key.arg.replaceAll('-', ' ');
  const grammar = sayingOf(key.grammar.name);
  const sample = samples ? endpoint.exampleKeys?.[0]?.[parameter] : undefined;
  return askField<readonly string[]>(place, {
    message: isMain ? say`Which ${word}? (${grammar})` : say`Of which ${word.replace(/s$/, '')}? (${grammar})`,
    offer: text => {
      const keys = keysIn(text, key);
      if (keys.length === 0) return sample === undefined ? [] : [{ value: [sample], name: sample, note: say`an example` }];
      const [first = ''] = keys;
      return [{ value: isMain ? keys : keys.slice(0, 1), name: keys.length > 1 && isMain ? say`${keys.length} keys` : short(first) }];
    },
    refuse: keys => faultOf(() => keys.forEach(given => void checkKey(parameter, key, given))),
  });
}

/** Words of a text as keys, and what surrounds a pasted one left out. */
function keysIn(text: string, { grammar }: Key): string[] {
  const words = text.split(/[\s,;，；]+/).map(trimKey);
  return [
    ...new Set(words.filter(word => word !== '').map(word => (grammar.pattern.test(word) ? word : (keyWithin(grammar, word) ?? word)))),
  ];
}

/** A parameter that a call cannot be made without. */
export function askParam(place: FieldPlace, parameter: string, param: Param): Promise<string> {
  const { choices } = param;
  return askField<string>(place, {
    message: say`${optionName(parameter)}: ${sayingOf(param.about)}${param.instant ? ` (${instantAbout(param.instant)})` : ''}`,
    offer: text => {
      if (choices !== undefined)
        return named(
          place,
          text,
          choices.map(value => ({ value, name: value })),
        );
      return text.trim() === '' ? [] : [{ value: text.trim(), name: text.trim() }];
    },
  });
}

function faultOf(check: () => void): Words | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof LoanqError) return error.said;
    throw error;
  }
}
