"""Coming from Excel and Word: lists of past cases, and referral forms, read without trusting the file."""
