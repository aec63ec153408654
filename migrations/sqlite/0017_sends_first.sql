-- Messages leave before our own questions, however many of those wait.

create index outbox_sends on outbox (n) where kind = 'send';
