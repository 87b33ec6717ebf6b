"""The form until it is sent, and what happens to it afterwards."""
