// Crego LMS, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import leadPrograms from './lead-programs.ts';
import { crego } from './provider.ts';
import record from './record.ts';
import settlements from './settlements.ts';

export default defineProvider({ ...crego, endpoints: [record, settlements, leadPrograms] });
