// Ekuaibao, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import loan from './loan.ts';
import { ekuaibao } from './provider.ts';
import repaymentRecords from './repayment-records.ts';

export default defineProvider({ ...ekuaibao, endpoints: [repaymentRecords, loan] });
