// cosmiconfig's data loaders and nothing else of it, as a module of their own that is loaded only when a config file is read.
import { defaultLoadersSync } from 'cosmiconfig';

export const loadJson = defaultLoadersSync['.json'];
export const loadYaml = defaultLoadersSync['.yaml'];
