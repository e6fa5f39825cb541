"""Reading what policies say: profiles, answers for one person, who is served."""
