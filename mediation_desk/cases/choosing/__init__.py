"""The parties choose: shortlist, rounds, disclosure and objection around one case."""
