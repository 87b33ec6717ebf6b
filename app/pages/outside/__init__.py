"""Referrals by somebody who has no account."""
