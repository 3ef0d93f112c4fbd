// FinCode FinLend, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import customerRepayments from './customer-repayments.ts';
import pendingRepayments from './pending-repayments.ts';
import { finlend } from './provider.ts';

export default defineProvider({ ...finlend, endpoints: [customerRepayments, pendingRepayments] });
