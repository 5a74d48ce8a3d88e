"""What comes before a case: conversations by every channel, reports with their access codes, consultations, calls and visitors.

Nouns: conversation (one address on one channel), report (laporan), access code (kode akses), consultation (konsultasi), public answer, call, visit.
Leaves to others: addresses and sending (messaging), persons (people), what a case becomes (casework, to come), many receivers (outreach).
"""
