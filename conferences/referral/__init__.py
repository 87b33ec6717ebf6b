"""A referral until it is sent, and what is told of it afterwards."""
