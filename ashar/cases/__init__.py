"""The spine: one run of a procedure for one subject, and the one door for every move."""
