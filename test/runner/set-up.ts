// Runs before each test file. The files of a worker share their modules, so what ends with a file is registered here and not in a module.
import { afterAll } from 'vitest';
import { putAway } from '../runner/left-overs.ts';

afterAll(putAway);
