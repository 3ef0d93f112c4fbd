// What the reader of an option throws for a value that it does not take; the command line adds which option that was.
import { inEnglish, type Words } from '../core/say.ts';

export class InvalidValue extends Error {
  constructor(readonly said: Words) {
    super(inEnglish(said));
  }
}
