// Interlace, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import accountNegative from './account-negative.ts';
import accountNegativeBill from './account-negative-bill.ts';
import accountRepayment from './account-repayment.ts';
import accounts from './accounts.ts';
import batchHook from './batch-hook.ts';
import budget from './budget.ts';
import budgets from './budgets.ts';
import cardSummary from './card-summary.ts';
import cardTransactions from './card-transactions.ts';
import cards from './cards.ts';
import infinityTransactions from './infinity-transactions.ts';
import negativeCards from './negative-cards.ts';
import { interlace } from './provider.ts';
import wallets from './wallets.ts';

export default defineProvider({
  ...interlace,
  endpoints: [
    accountRepayment,
    accountNegative,
    accountNegativeBill,
    batchHook,
    accounts,
    wallets,
    cards,
    cardSummary,
    cardTransactions,
    negativeCards,
    budgets,
    budget,
    infinityTransactions,
  ],
});
