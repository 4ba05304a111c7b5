//! What a stored book leaves out, and gets back when it is needed.

use super::{Book, Invoice, Posting};

impl Book {
    /// Takes out what has a place of its own by now: the postings, and the invoices that nothing can change any more. Those that are
    /// open, charged, ordered, or pay for the running period stay.
    pub fn take_settled(&mut self) -> Vec<Posting> {
        let needed = [
            self.attempt.map(|attempt| attempt.invoice),
            self.order.as_ref().map(|order| order.invoice),
            self.subscription.as_ref().and_then(|one| one.paid_by).map(|line| line.invoice),
        ];
        self.invoices.retain(|invoice| invoice.is_open() || needed.contains(&Some(invoice.number)));
        std::mem::take(&mut self.ledger.postings)
    }

    /// Gives it back an invoice that it left out, for [`Self::received`].
    pub fn recall(&mut self, invoice: Invoice) {
        if self.invoice(invoice.number).is_none() {
            let place = self.invoices.partition_point(|other| other.number < invoice.number);
            self.invoices.insert(place, invoice);
        }
    }
}
