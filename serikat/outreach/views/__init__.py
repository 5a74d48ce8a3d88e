"""Pages: subscriptions for everybody (`public`), the desk of broadcasts, audiences and topics."""
