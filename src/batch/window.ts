// The ordered window: many units of work under way at once, results handed out in input order, memory bounded.
import { onAbort } from '../http/clock.ts';
