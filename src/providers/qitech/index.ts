// QI Tech, assembled. A new endpoint is one file and one line here.
import { defineProvider } from '../../core/provider.ts';
import cardReservation from './card-reservation.ts';
import cardReservationByRequest from './card-reservation-by-request.ts';
import events from './events.ts';
import instrumentEntry from './instrument-entry.ts';
import invoice from './invoice.ts';
import postpaidInvoice from './postpaid-invoice.ts';
import postpaidInvoices from './postpaid-invoices.ts';
import { qitech } from './provider.ts';
import wallet from './wallet.ts';
import walletEntry from './wallet-entry.ts';

export default defineProvider({
  ...qitech,
  endpoints: [
    walletEntry,
    invoice,
    instrumentEntry,
    wallet,
    cardReservation,
    cardReservationByRequest,
    events,
    postpaidInvoices,
    postpaidInvoice,
  ],
});
