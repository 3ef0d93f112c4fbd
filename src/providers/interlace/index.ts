// Interlace, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import accountNegative from './account-negative.ts';
import accountNegativeBill from './account-negative-bill.ts';
import accountRepayment from './account-repayment.ts';
import accounts from './accounts.ts';
import batchHook from './batch-hook.ts';
import cardSummary from './card-summary.ts';
import cardTransactions from './card-transactions.ts';
import { interlace } from './provider.ts';
import wallets from './wallets.ts';

export default defineProvider({
  ...interlace,
  endpoints: [accountRepayment, accountNegative, accountNegativeBill, batchHook, accounts, wallets, cardTransactions, cardSummary],
});
