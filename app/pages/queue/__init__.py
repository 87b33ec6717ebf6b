"""The queue, and every decision about a referral."""
