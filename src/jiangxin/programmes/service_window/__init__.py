"""Legal-person certificates of grassroots unions."""
