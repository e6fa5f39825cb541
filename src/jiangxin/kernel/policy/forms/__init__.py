"""What people type when they write a policy: input into the plain tree of a draft."""
