// Ekuaibao, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import corporation from './corporation.ts';
import formStages from './form-stages.ts';
import loan from './loan.ts';
import loanOfForm from './loan-of-form.ts';
import { ekuaibao } from './provider.ts';
import repaymentRecords from './repayment-records.ts';
import requisition from './requisition.ts';

export default defineProvider({ ...ekuaibao, endpoints: [repaymentRecords, loan, loanOfForm, formStages, requisition, corporation] });
