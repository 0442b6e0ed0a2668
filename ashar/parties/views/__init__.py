"""Pages of parties: who acts for whom; the bodies themselves."""
