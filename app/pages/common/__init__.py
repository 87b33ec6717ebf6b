"""What pages of several rooms share: the frame of a draft, one way to decide, forms."""
