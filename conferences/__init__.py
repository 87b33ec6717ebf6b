"""The domain: referrals, conferences and kept promises, along the life of a case."""
