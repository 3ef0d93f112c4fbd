// Ekuaibao, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import corporation from './corporation.ts';
import form from './form.ts';
import formByCode from './form-by-code.ts';
import formStages from './form-stages.ts';
import forms from './forms.ts';
import loan from './loan.ts';
import loanOfForm from './loan-of-form.ts';
import location from './location.ts';
import messageFailures from './message-failures.ts';
import { ekuaibao } from './provider.ts';
import repaymentRecords from './repayment-records.ts';
import repayments from './repayments.ts';
import requisition from './requisition.ts';
import requisitions from './requisitions.ts';
import staff from './staff.ts';
import staffs from './staffs.ts';

export default defineProvider({
  ...ekuaibao,
  endpoints: [
    repaymentRecords,
    repayments,
    loan,
    loanOfForm,
    form,
    formByCode,
    forms,
    formStages,
    requisition,
    requisitions,
    staff,
    staffs,
    corporation,
    messageFailures,
    location,
  ],
});
